"""A stack trace in a text, and what an editor asks of it."""

from editor import hover_params

TRACE = """\
Traceback (most recent call last):
  File "/app/pay.py", line 5, in refund
    return provider.refund(order)
  File "/app/pay.py", line 3, in capture
    return provider.capture(order)
  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
    raise JSONDecodeError("Expecting value", s, err.value) from None
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)
"""
REFUND, CAPTURE, LIBRARY, QUIET = 1, 3, 5, 0
"""Lines of the trace, 0-based."""


def paste(editor, text=TRACE, name="Untitled-1", language="plaintext"):
    return editor.open(None, text, language, uri=f"untitled:{name}")


def of(uri):
    return {"textDocument": {"uri": uri}}


def links(editor, uri):
    """Return the links of a document, followed: (line, target)."""
    found = editor.ask("textDocument/documentLink", of(uri))
    followed = [editor.ask("documentLink/resolve", each) for each in found or []]
    return [(each["range"]["start"]["line"], each.get("target")) for each in followed]


def definitions(editor, uri, line, character=10):
    found = editor.ask("textDocument/definition", hover_params(uri, line, character))
    return [(each["uri"], each["range"]["start"]["line"]) for each in found or []]


def lenses(editor, uri):
    """Return the lenses of a document in view: (line, command)."""
    found = editor.ask("textDocument/codeLens", of(uri))
    resolved = [editor.ask("codeLens/resolve", each) for each in found or []]
    return [(each["range"]["start"]["line"], each["command"]) for each in resolved]


def actions(editor, uri, line, **context):
    place = {"line": line, "character": 0}
    params = {**of(uri), "range": {"start": place, "end": place}, "context": {"diagnostics": [], **context}}
    return editor.ask("textDocument/codeAction", params)
