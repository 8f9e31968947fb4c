"""The transcripts that Entire keeps are the agents' own: whose they are is told by their content."""

from backstory.evidence.transcripts.gemini import is_gemini, parse_gemini
from backstory.evidence.transcripts.parse import parse
from backstory.evidence.transcripts.transcript import Transcript


def parse_transcript(content: bytes) -> Transcript:
    """Return what a transcript holds. Never raises for what stands in it."""
    return parse_gemini(content) if is_gemini(content) else parse(content.split(b"\n"))
