"""The tests' own notation: real repositories and stories, written in the words of the domain (README.md)."""
