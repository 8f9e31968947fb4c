"""Values into words: hover, gutter, reports. Pure."""
