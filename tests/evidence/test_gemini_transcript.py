"""Gemini CLI's transcripts, as one object and as lines that build it up."""

import json

import pytest

from backstory.evidence.transcripts.gemini import is_gemini, parse_gemini
from backstory.model.edit import Block
from backstory.model.prompt import Speaker

HEAD = {"sessionId": "f763385a", "projectHash": "0" * 64, "startTime": "2026-03-02T09:00:00.000Z"}


def asked(number: int, text: object) -> dict[str, object]:
    return {"id": f"m{number}", "type": "user", "timestamp": f"2026-03-02T09:0{number}:00.000Z", "content": text}


def called(number: int, *calls: dict[str, object]) -> dict[str, object]:
    said = {"id": f"m{number}", "type": "gemini", "timestamp": f"2026-03-02T09:0{number}:00.000Z", "content": "Done."}
    return said | {"model": "gemini-3-pro", "toolCalls": list(calls)}


def call(name: str, status: str = "success", **args: object) -> dict[str, object]:
    return {"id": f"{name}-{len(str(args))}", "name": name, "args": args, "status": status}


MESSAGES = [
    asked(1, "Greet in French"),
    called(2, call("write_file", file_path="hello.txt", content="bonjour\nmonde\n")),
    asked(3, [{"text": "Louder"}]),
    called(
        4,
        call("replace", file_path="hello.txt", old_string="bonjour\nmonde", new_string="BONJOUR\nmonde"),
        call("replace", "error", file_path="hello.txt", old_string="x", new_string="refused"),
        call("run_shell_command", command="ls"),
    ),
    {"id": "m5", "type": "info", "content": "Updated."},
]
WHOLE = json.dumps(HEAD | {"messages": MESSAGES}, indent=2).encode()


def lines(*entries: object) -> bytes:
    return b"".join(json.dumps(entry).encode() + b"\n" for entry in entries)


@pytest.mark.parametrize("content", [WHOLE, lines(HEAD, *MESSAGES), lines(HEAD, {"$set": {"messages": MESSAGES}})])
def test_edits_with_their_requests(content):
    assert is_gemini(content)
    found = parse_gemini(content)
    assert (found.tool, found.session, found.model) == ("gemini", "f763385a", "gemini-3-pro")
    first, second = found.edits
    assert (first.path, first.blocks, first.request.text) == (
        "hello.txt",
        (Block(("bonjour", "monde"), 1),),
        "Greet in French",
    )
    assert (second.blocks, second.request.text) == ((Block(("BONJOUR",), None, ("bonjour",)),), "Louder")
    assert second.is_confirmed
    assert second.at.isoformat() == "2026-03-02T09:04:00+00:00"
    assert [turn.speaker for turn in found.turns[:3]] == [Speaker.HUMAN, Speaker.AGENT, Speaker.TOOL]
    assert found.flaws("entire", "here") == ()


def test_a_message_written_again_takes_the_place_of_the_first():
    found = parse_gemini(lines(HEAD, asked(1, "Greet"), asked(1, "Greet in German")))
    assert [request.text for request in found.requests] == ["Greet in German"]


def test_who_goes_back_drops_what_followed():
    found = parse_gemini(lines(HEAD, *MESSAGES, {"$rewindTo": "m2"}, asked(6, "Softer")))
    assert [request.text for request in found.requests] == ["Greet in French", "Softer"]
    assert len(found.edits) == 1


def test_torn_lines_are_counted():
    found = parse_gemini(lines(HEAD, *MESSAGES) + b'{"id": "m9", "ty')
    assert len(found.edits) == 2
    assert sum(found.unreadable.values()) == 1


def test_other_transcripts_are_not_geminis():
    assert not is_gemini(b'{"type":"user","sessionId":"x"}')
    assert not is_gemini(b"")
