"""From a stack trace to the places in today's text that it speaks of."""
