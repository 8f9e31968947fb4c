"""Which message was the request: the last thing a person typed before the edit."""

from datetime import UTC, datetime

import pytest

from backstory.evidence.request import Message, last_request
from backstory.evidence.typed_text import MACHINE_MADE, is_nudge, typed_text
from backstory.model.names import RepoPath
from backstory.model.prompt import Prompt


def user(text: str, sent_at: str | None = None) -> Message:
    return Message("user", text, sent_at=sent_at)


def assistant(text: str = "Done.") -> Message:
    return Message("assistant", text)


def tool(name: str, tool_input: str = "{}") -> Message:
    return Message("tool_use", tool=name, tool_input=tool_input)


def edit(path: str = "/home/ann/shop/pay.py") -> Message:
    return tool("Edit", f'{{"file_path":"{path}","new_string":"x"}}')


def asked(*messages: Message, path: str | None = None) -> str | None:
    prompt = last_request(messages, RepoPath(path) if path else None)
    return prompt and prompt.request


def test_the_last_request_before_the_edit() -> None:
    talk = (user("Capture once"), assistant(), user("Retry three times"), edit(), assistant(), user("Now commit"))
    assert asked(*talk) == "Retry three times"


def test_the_edit_of_the_file_asked_about() -> None:
    talk = (user("Retry the capture"), edit(), assistant(), user("Document it"), edit("/home/ann/shop/README.md"))
    assert asked(*talk) == "Document it"
    assert asked(*talk, path="pay.py") == "Retry the capture"
    assert asked(*talk, path="README.md") == "Document it"
    assert asked(*talk, path="unheard_of.py") == "Document it"


def test_a_path_is_told_from_one_that_ends_like_it() -> None:
    talk = (user("One"), edit("/home/ann/shop/pay.py"), user("Two"), edit("/home/ann/shop/prepay.py"))
    assert asked(*talk, path="pay.py") == "One"
    assert asked(user("One"), edit("C:\\\\shop\\\\pay.py"), user("Two"), path="pay.py") == "One"
    assert asked(user("One"), edit("pay.py"), user("Two"), path="pay.py") == "One"


def test_without_any_edit_the_last_request_counts() -> None:
    assert asked(user("Retry the capture"), assistant()) == "Retry the capture"


def test_nobody_asked() -> None:
    assert last_request([]) is None
    assert last_request([assistant(), user("<system-reminder>be brief</system-reminder>"), edit()]) is None


def test_a_nudge_comes_with_the_task_it_nudges() -> None:
    talk = [user("Retry the capture three times"), assistant(), user("yes"), assistant(), user("continue"), edit()]
    assert last_request(talk) == Prompt("continue", task="Retry the capture three times")


def test_a_nudge_alone_is_all_there_is() -> None:
    assert last_request([user("go ahead"), edit()]) == Prompt("go ahead")


def test_when_it_was_asked() -> None:
    aware = last_request([user("Retry", "2026-01-05T11:00:00+01:00")])
    assert aware == Prompt("Retry", asked_at=datetime(2026, 1, 5, 10, tzinfo=UTC))
    for unclear in ("2026-01-05T11:00:00.123456", "yesterday", "", None, "0001-01-01T00:00:00+14:00"):
        assert last_request([user("Retry", unclear)]) == Prompt("Retry")


def with_results(*more: Message) -> list[Message]:
    """A conversation as early imports have it: what tools answered stands under `user`."""
    talk = [user("Retry the capture three times")]
    for number in range(4):
        talk += [assistant("Let me look."), tool("Read"), tool("Bash"), user(f"result {number}"), user("total 0")]
    return [*talk, *more]


def test_results_of_tools_are_not_requests() -> None:
    assert asked(*with_results(edit(), user("it worked"))) == "Retry the capture three times"
    assert asked(*with_results(assistant(), user("And test it"), edit())) == "And test it"


def test_where_no_results_are_kept_a_person_may_interrupt_a_tool() -> None:
    talk = [user("One"), tool("Bash"), assistant(), tool("Bash"), assistant(), tool("Bash"), user("Stop, use pytest")]
    assert asked(*talk, edit()) == "Stop, use pytest"


def test_what_a_skill_says_is_not_a_request() -> None:
    assert (
        asked(user("Fix the build"), tool("Skill"), user("CI tests are failing. Use the…"), edit()) == "Fix the build"
    )


@pytest.mark.parametrize(
    "text",
    [
        *(f"{start}  anything" for start in MACHINE_MADE),
        "     1→import os\n     2→import sys",
        "The file /home/ann/pay.py has been updated. Here's the result of running `cat -n` on a snippet",
        "Exit code 1\nerror",
        "Found 3 files\n/home/ann/pay.py",
        "\x1b[1;33mwarning\x1b[0m",
        "diff --git a/pay.py b/pay.py",
        "<command-name>/clear</command-name>\n<command-message>clear</command-message>\n<command-args></command-args>",
        "<command-message>commit</command-message>\n<command-name>/commit</command-name>",
        "<local-command-stdout>Set model to opus</local-command-stdout>",
        "<task-notification><status>done</status></task-notification>",
        '<teammate-message teammate_id="reviewer">Looks good</teammate-message>',
        "[Request interrupted by user for tool use]",
        "<system-reminder>be brief</system-reminder>",
        "[Image] ",
        "",
        "  \n",
        "x" * 2_000_000,
    ],
    ids=lambda text: text[:40],
)
def test_made_by_machines(text: str) -> None:
    assert typed_text(text) is None


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("  Retry the capture\n", "Retry the capture"),
        ("<user_query>\nRetry the capture\n</user_query>", "Retry the capture"),
        ("<system-reminder>be brief</system-reminder>\nRetry the capture", "Retry the capture"),
        ("[Image #1]\n<image_files>\n1. /tmp/a.png\n</image_files>\nMake it blue", "Make it blue"),
        (
            "<command-name>/plan</command-name>\n<command-args>retry the\ncapture</command-args>",
            "/plan retry the\ncapture",
        ),
        ("error: linking failed, please help", "error: linking failed, please help"),
        ("Compare a < b and [x]", "Compare a < b and [x]"),
        ("@src/pay.py:1-20 remove the fallback", "@src/pay.py:1-20 remove the fallback"),
    ],
    ids=lambda text: text[:40],
)
def test_typed_by_people(text: str, typed: str) -> None:
    assert typed_text(text) == typed


NUDGES = """\
yes
Yes.
y
yep
ok
okay, continue
Continue
continue please
continue...
go
go ahead
do it
please proceed
sounds good, thanks!
implement but don't commit
Implement but don’t commit.
use the mise run commands
run the scripts
fix this
fix it please!
APply it
try again
now try it, please
commit and push
Implement 1, 2 and 3.
okay now let's do 6,7,8,10
lgtm
do all of them
1
2.
Implement the plan as specified, it is attached for your reference. Do NOT edit the plan.
继续
好的
是的
weiter
👍
"""

REQUESTS = """\
Retry the capture
fix the lint
remove green
add a comment above the struct
fix src/pay.py
@pay.py fix
fix #463
yes, and rename capture to charge
make it a oncelock
`foo` please
update README.md
修复测试
Do not retry captures
yes yes yes yes yes yes yes yes yes yes yes yes yes
Implement the following plan: retry the capture
"""


@pytest.mark.parametrize("text", NUDGES.splitlines())
def test_nudges(text: str) -> None:
    assert is_nudge(text)


@pytest.mark.parametrize("text", REQUESTS.splitlines())
def test_requests_that_stand_by_themselves(text: str) -> None:
    assert not is_nudge(text)


def test_attachments_left_open_cost_no_more_than_reading_them() -> None:
    text = "do it <timestamp>" * 60_000  # took minutes when each opening looked for its end anew
    assert typed_text(text) == text.strip()
    assert typed_text("fix <timestamp>9</timestamp>the <ide_selection x>that</ide_selection>tax") == "fix the tax"
