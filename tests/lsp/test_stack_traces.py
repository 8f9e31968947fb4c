"""Stack traces in logs and pasted texts: links, definitions, hovers, lenses and actions over real sessions."""

import time

import pytest
from editor import MINIMAL, VS_CODE
from pasting import CAPTURE, LIBRARY, QUIET, REFUND, TRACE, actions, definitions, lenses, links, of, paste

ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


def test_frames_are_linked_to_todays_lines_of_their_files(code, shop):
    pay = shop.pay.as_uri()
    assert links(code, paste(code)) == [(REFUND, f"{pay}#5,1"), (CAPTURE, f"{pay}#3,1")]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_link_stands_exactly_on_its_frame(editor, shop, encoding, end):
    editor.initialize({**VS_CODE, "general": {"positionEncodings": [encoding]}}, shop.root)
    editor.wait_for("client/registerCapability")
    text = "é𝄞\n" + TRACE.replace("/app/", "/größe/𝄞/")
    uri = paste(editor, text.replace("\n", end))
    first, *_ = editor.ask("textDocument/documentLink", of(uri))
    start, last = first["range"]["start"], first["range"]["end"]
    assert start["line"] == last["line"] == REFUND + 1
    codec, width = ENCODINGS[encoding], len("a".encode(ENCODINGS[encoding]))
    line = text.split("\n")[start["line"]].encode(codec)
    marked = line[start["character"] * width : last["character"] * width].decode(codec)
    assert "/größe/𝄞/pay.py" in marked
    assert marked.strip() == marked
    assert "refund" not in marked


def test_a_definition_is_found_from_anywhere_on_a_frames_line(code, shop):
    uri = paste(code)
    for character in (0, 10, 200):
        assert definitions(code, uri, CAPTURE, character) == [(shop.pay.as_uri(), 2)]


def test_what_is_no_frame_leads_nowhere(code):
    uri = paste(code)
    assert definitions(code, uri, QUIET) == []
    assert definitions(code, uri, LIBRARY) == []
    assert definitions(code, uri, 99) == []
    assert code.hover(uri, QUIET) is None


def test_an_open_buffer_counts_before_it_is_saved(code, shop):
    pay, uri = code.open(shop.pay), paste(code)
    assert definitions(code, uri, CAPTURE) == [(pay, 2)]
    code.change(pay, (0, 0, 0, 0, "# new\n# lines\n"))
    assert definitions(code, uri, CAPTURE) == [(pay, 4)]
    assert links(code, uri) == [(REFUND, f"{pay}#7,1"), (CAPTURE, f"{pay}#5,1")]
    assert "Claude" in code.hover(uri, CAPTURE)
    assert "Ann" in code.hover(uri, REFUND)


def test_a_file_that_changes_on_disk_is_looked_at_anew(code, shop):
    uri = paste(code)
    assert definitions(code, uri, CAPTURE) == [(shop.pay.as_uri(), 2)]
    shop.pay.write_text("# new\n" + shop.pay.read_text())
    assert definitions(code, uri, CAPTURE) == [(shop.pay.as_uri(), 3)]


def test_the_hover_of_a_frame_tells_its_line_and_the_origin(code):
    words = code.hover(paste(code), CAPTURE)
    assert words.startswith("**pay.py, line 3**")
    assert "Claude Opus 4.6" in words


def test_the_hover_of_a_librarys_frame_says_what_it_is(code):
    words = code.hover(paste(code), LIBRARY)
    assert words
    assert "Claude" not in words


def test_a_text_is_hovered_without_markdown_too(editor, shop):
    editor.initialize(MINIMAL, shop.root)
    assert editor.hover(paste(editor), CAPTURE).startswith("pay.py, line 3")


def test_who_wants_no_hovers_gets_none(editor, shop):
    editor.initialize(MINIMAL, shop.root, options={"hover": "off"})
    assert editor.hover(paste(editor), CAPTURE) is None


def test_a_lens_above_a_trace_tells_what_failed_where_and_whose_that_is(code, shop):
    ((line, command),) = lenses(code, paste(code, "starting\n" + TRACE))
    assert line == 1
    exception, place, *_, origin = command["title"].split(" · ")[:-1]
    assert exception == "json.decoder.JSONDecodeError"
    assert place == "capture (pay.py:3)"
    assert origin == "agent"
    assert command["arguments"] == [{"uri": shop.pay.as_uri(), "line": 2}]


def test_a_trace_of_something_else_has_a_lens_that_says_so(code):
    ((_, command),) = lenses(code, paste(code, TRACE.replace("pay.py", "elsewhere.py")))
    assert command["title"].endswith("no frame is in the open folders")
    assert command["command"] == ""


def test_the_suspect_is_opened(code, shop):
    first, *_ = actions(code, paste(code), CAPTURE)
    assert first["title"].startswith("Open suspect: ")
    code.ask("workspace/executeCommand", {key: first["command"][key] for key in ("command", "arguments")})
    shown = code.wait_for("window/showDocument")
    assert shown["uri"] == shop.pay.as_uri()
    assert shown["selection"]["start"]["line"] in {2, 4}


def test_only_a_trace_has_suspects(code):
    uri = paste(code, "nothing\n" * 30 + TRACE)
    assert actions(code, uri, 0) == []
    assert actions(code, uri, 31, only=["quickfix"]) is None


def test_typing_into_a_text_moves_its_frames(code, shop):
    uri = paste(code)
    assert definitions(code, uri, CAPTURE) == [(shop.pay.as_uri(), 2)]
    code.change(uri, (0, 0, 0, 0, "pasted today\n"))
    assert definitions(code, uri, CAPTURE) == []
    assert definitions(code, uri, CAPTURE + 1) == [(shop.pay.as_uri(), 2)]


def test_a_huge_log_is_read_where_somebody_asks(code, shop):
    noise = "2026-11-23T03:00:00Z INFO request served in 12 ms by worker 7 at /checkout\n" * 40_000
    uri = paste(code, noise + TRACE + noise)
    assert code.ask("textDocument/documentLink", of(uri)) == []
    ((line, command),) = [
        (each["range"]["start"]["line"], each["command"]) for each in code.ask("textDocument/codeLens", of(uri))
    ]
    assert (line, command["command"]) == (0, "")
    assert "larger than 5 MB" in command["title"]
    assert definitions(code, uri, 40_000 + CAPTURE) == [(shop.pay.as_uri(), 2)]
    assert "Claude" in code.hover(uri, 40_000 + CAPTURE)


def test_nobody_waits_while_a_log_is_read(code, shop):
    pay = code.open(shop.pay)
    code.hover(pay, 1)
    uri = paste(code, TRACE * 4_000)
    reading = code.send("textDocument/codeLens", of(uri))
    started = time.monotonic()
    for _ in range(5):
        code.line_state(pay, 1)
    assert time.monotonic() - started < 5
    code.tell("$/cancelRequest", {"id": reading})
    assert code.line_state(pay, 1)["contributor"] == "ai"
    assert code.answer_to(reading)
