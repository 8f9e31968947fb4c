"""Agents' own transcripts: one parser for those on the machine and those that a checkpoint keeps."""
