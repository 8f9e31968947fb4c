"""The tour through the demo's own repository: some lines, what an editor shows of each, and a night on call."""

import shutil
from contextlib import closing
from pathlib import Path

from attrs import frozen

from backstory.workspace.queries import Queries
from demo.command_line import annotate, print_annotated, show
from demo.editor import Editor, editor_of
from demo.on_call import take_the_call
from demo.terminal import caption, code, markdown, progress, say, styled
from notation.build import build
from notation.story import read_story

STORY = Path(__file__).with_name("payments.story")


@frozen
class Stop:
    """A line worth a look: the first of `path` that holds `text`."""

    title: str
    path: str
    text: str


STOPS = (
    Stop("An agent wrote it, and what was asked was kept", "shop/payments.py", "idempotency_key"),
    Stop("An agent wrote it, what was asked was not kept", "web/checkout.ts", "await fetch"),
    Stop("A person wrote it, between an agent's lines", "shop/payments.py", "if amount >"),
    Stop("Squashed on the server: only a trailer is left", "shop/webhooks.py", "compare_digest"),
    Stop("A robot wrote it", "requirements.txt", "httpx"),
    Stop("Nobody knows", "shop/payments.py", "import provider"),
    Stop("Typed just now, not committed", "shop/payments.py", "a voucher"),
)


def take_tour(folder: Path) -> None:
    """Write the story's repository into `folder` and show it."""
    progress("Writing a small repository with a story…")
    shutil.rmtree(folder, ignore_errors=True)
    build(read_story(STORY), folder)
    say("A payments service in git. Three people and two agents, Claude Code and Codex,")
    say("worked on it. This is what an editor shows when you point at a line.")
    progress("Starting backstory-lsp…")
    with editor_of(folder) as editor:
        for number, stop in enumerate(STOPS, 1):
            visit(editor, stop, number)
    caption("The whole file:  backstory blame shop/payments.py")
    path = folder / "shop" / "payments.py"
    with closing(Queries()) as queries:
        print_annotated(annotate(queries, path), path)
    caption("What the repository has to tell:  backstory doctor")
    show(folder, "doctor")
    with editor_of(folder) as editor:
        take_the_call(editor, folder.with_name("deployed"))


def visit(editor: Editor, stop: Stop, number: int) -> None:
    """Show one line and its hover; where there is none, what the status bar says."""
    lines = editor.lines(stop.path)
    line = next(index for index, text in enumerate(lines, 1) if stop.text in text)
    caption(f"{number}  {stop.title}")
    say(f"   {styled('dim', stop.path)}")
    code(lines, line)
    hover = editor.hover(stop.path, line)
    markdown(hover or f"*no hover; the status bar says:* **{editor.status(stop.path, line)}**")
