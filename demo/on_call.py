"""The last scene: the service crashes for real, and what it said leads to today's line and to who wrote it."""

import json
from pathlib import Path

from demo.command_line import answer, show
from demo.crash import crash
from demo.editor import Editor
from demo.terminal import caption, code, markdown, progress, say, styled

COMMAND = ("stacktrace", "-", "--at", "HEAD")


def take_the_call(editor: Editor, deployed: Path) -> None:
    """Let HEAD crash in the folder `deployed`, pipe what it said in, and open the suspect."""
    progress("Building the service and letting it work…")
    said = crash(editor.folder, deployed)
    caption("On call: the service, built from HEAD, crashes in its container")
    say("It runs from /app, where the provider's library was updated. In the editor two")
    say("lines were typed since: what was line 14 is another one by now.")
    say()
    for line in said.splitlines():
        say(f"   {line}")
    caption(f"The same, piped into:  backstory {' '.join(COMMAND)}")
    show(editor.folder, *COMMAND, given=said)
    suspect = json.loads(answer(editor.folder, *COMMAND, "--json", given=said))["traces"][0]["suspects"][0]
    caption("The suspect in an editor, at today's line")
    say(f"   {styled('dim', suspect['path'])}")
    code(editor.lines(suspect["path"]), suspect["line"])
    markdown(editor.hover(suspect["path"], suspect["line"]) or "*no hover*")
