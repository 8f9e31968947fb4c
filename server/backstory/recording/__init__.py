"""What transcripts on this machine say of a commit's lines, written down beside the commit while it is known."""
