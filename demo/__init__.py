"""What a person sees of Backstory, in a terminal: `make demo`, `make demo REPO=PATH`."""
