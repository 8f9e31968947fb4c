"""What Backstory remembers, on disk: facts that survive, caches that can be made again."""
