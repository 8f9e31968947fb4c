"""Text under `user` in a conversation: what of it a person typed, and whether that says what to do."""

import re

MACHINE_MADE = (
    "<",
    "[request interrupted",
    "[image: source:",
    "[cozempic guard:",
    "[warning] failed to parse",
    "[system notification",
    "[system]",
    "caveat: the messages below were generated",
    "this session is being continued from a previous conversation",
    "base directory for this skill:",
    "continue from where you left off.",
    "launching skill:",
    "stop hook feedback:",
    "pretooluse:",
    "posttooluse:",
    "sessionstart:",
    "userpromptsubmit",
    "todos have been modified successfully",
    "file created successfully at:",
    "user has approved your plan",
    "user has answered your questions:",
    "the user doesn't want to proceed with this tool use",
    "the user doesn't want to take this action",
    "web search results for query:",
    "command running in background with id",
    "tool ran without output or errors",
    "no matches found",
    "no files found",
    "api error:",
    "unknown slash command:",
    "unknown skill:",
)
"""How text begins, in small letters, that harnesses, hooks and tools put under `user`."""

NUDGES = frozenset(
    """
    a absolutely accept accepted again agreed ahead all along alright also and any anyway apply approve approved as at
    back be both but can cannot carry changes check clean cleanup commit commits complete continue cool correct could
    do does doesn't doing don't done dont down everything exactly execute finalize fine finish first fix fixed for from
    go going good got great happen hey hi hmm i i'd if implement implementation in is it it's its just keep left let
    let's lets lgtm like look looks made make me merge more move my need nice no not now of off oh ok okay on one ones
    option options or perfect plan please pls point points problem proceed push quick ready redo remaining resume retry
    right run same so something sounds squash start steps step still stop suggestion suggestions sure task tasks thank
    thanks that that's the them then there these they thing things this those to todo todos too try undo up update use
    very want was way we well what with work works would wrong y ya yea yeah yep yes yet you your yup
    """.split()  # noqa: SIM905 - a paragraph of words is easier to keep in order than a column of them
)
"""Words that name nothing: a short message of these alone leaves the task to an earlier one."""

_NUDGES_IN_OTHER_LANGUAGES = frozenset(
    {"继续", "好的", "好", "是的", "可以", "提交", "ok的", "はい", "続けて", "oui", "weiter", "ja", "sí", "si"}
)
_LONGEST_NUDGE = 12
_PLAN_APPROVED = "implement the plan as specified"
_COMMANDS_ONLY = re.compile(
    r"(?:please )?(?:use|run) (?:the )?[\w./-]+(?: [\w./-]+)? (?:commands?|tools?|scripts?|tasks?)"
)
_COMMAND = re.compile(r"<command-name>\s*(/[^<]*?)\s*</command-name>")
_ARGUMENTS = re.compile(r"<command-args>(.*)</command-args>", re.DOTALL)
_WRAPPED = re.compile(r"\A<(user_query|user_message|user-prompt|user_input)>(.*)</\1>\s*\Z", re.DOTALL)
_ATTACHED = re.compile(
    r"<(system-reminder|image_files|uploaded_documents|attached_files|additional_data|environment_context"
    r"|ide_selection|ide_opened_file|user_info|open_and_recently_viewed_files|timestamp)\b[^<>]{0,500}>"
)
_PLACEHOLDER = re.compile(r"\A(?:\s*\[Image(?: #\d+)?\])+")
_NUMBERED_LINES = re.compile(r"\s*\d+→")
_TOOL_RESULT = re.compile(
    r"the file \S.* has been updated\. here's the result|exit code \d+\s|found \d+ files?\s|\x1b\[|diff --git "
)
_LONGEST_LOOKED_AT = 1 << 20


def typed_text(text: str) -> str | None:
    """Return what a person typed of a message, None when a machine made all of it.

    A slash command is its name and what was typed after it; a command by itself asks for nothing one could quote.
    """
    if len(text) > _LONGEST_LOOKED_AT:
        return None
    text = text.strip()
    wrapped = _WRAPPED.match(text)
    if wrapped:
        text = wrapped[2]
    command = _COMMAND.search(text[:2_000]) if text.startswith("<command-") else None
    if command:
        arguments = _ARGUMENTS.search(text)
        return f"{command[1]} {arguments[1].strip()}" if arguments and arguments[1].strip() else None
    text = _PLACEHOLDER.sub("", _without_attachments(text)).strip()
    return None if not text or _is_machine_made(text) else text


def is_nudge(text: str) -> bool:
    """Tell whether a request only says go on: the one before it set the task."""
    plain = text.strip().lower().replace("’", "'")
    if plain.startswith(_PLAN_APPROVED):
        return True
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", plain[:400])
    if len(words) > _LONGEST_NUDGE or len(plain) > 120:
        return False
    if "".join(words) in _NUDGES_IN_OTHER_LANGUAGES or _COMMANDS_ONLY.fullmatch(plain.rstrip(".! ")):
        return True
    return all(word in NUDGES for word in words) and not re.search(r"[/@#`]|\w\.\w", plain)


def _without_attachments(text: str) -> str:
    """Return the text without what editors and harnesses put beside it, in tags; a tag left open stays as it is."""
    kept: list[str] = []
    unclosed: set[str] = set()
    position = 0
    for opening in _ATTACHED.finditer(text):
        name = opening[1]
        if opening.start() < position or name in unclosed:
            continue
        closing = f"</{name}>"
        end = text.find(closing, opening.end())
        if end < 0:
            unclosed.add(name)
            continue
        kept.append(text[position : opening.start()])
        position = end + len(closing)
    return "".join((*kept, text[position:]))


def _is_machine_made(text: str) -> bool:
    start = text[:200].lower()
    return start.startswith(MACHINE_MADE) or bool(_NUMBERED_LINES.match(text) or _TOOL_RESULT.match(start))
