"""What a record that is none of ours looks like, in words for a person; never what it says."""

import msgspec

_TOOLS = {
    "Agent Trace": {"version", "files", "timestamp", "id"},
    "whogitit": {"session", "prompts", "files"},
    "agentblame": {"version", "timestamp", "attributions"},
    "Qwen Code": {"version", "generator", "files", "summary"},
    "Kiro's hooks": {"attribution_state", "ai_lines"},
    "source-trace": {"v", "f"},
    "Origin": {"origin"},
    "h5i": {"git_oid", "ai_metadata"},
}
"""Names that stand together at the top of the JSON which tools keep in notes."""

_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def looks_like(text: bytes) -> str:
    """Return a sentence, such as `It looks like plain text.`, on what a text is."""
    start = text[:200].lstrip()
    if not start:
        return "It is empty."
    if b"\0" in start:
        return "It looks like binary data."
    if start.startswith(b"version https://git-lfs"):
        return "It looks like a Git LFS pointer."
    if start.startswith((b"{", b"[")):
        return f"It looks like {_json(text)}."
    if b"\n---\n" in text or text.startswith(b"---\n"):
        return "It looks like an authorship log of git-ai."
    return "It looks like plain text."


def _json(text: bytes) -> str:
    try:
        names = msgspec.json.decode(text, type=dict[str, msgspec.Raw]).keys()
    except msgspec.ValidationError:
        return "JSON of another tool"
    except _BROKEN:
        return "JSON that was cut or damaged"
    return f"JSON of {next((tool for tool, marks in _TOOLS.items() if marks <= names), 'another tool')}"
