"""What loggers and containers write before a line: dates, levels, process names, pod names, quotation marks of mail."""

import re

_DATE = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
_ZONE = r"(?:Z|[ ]?[+-]\d\d:?\d\d|[ ](?:UTC|GMT|CES?T|[ECMP][SD]T)\b)?"
_CLOCK = rf"\d{{1,2}}:\d\d:\d\d(?:[.,:]\d{{1,9}})?{_ZONE}"
_WHEN = rf"{_DATE}(?:[T _-]{_CLOCK})?|\d{{1,2}}[/.-](?:\d{{1,2}}|[A-Z][a-z]{{2}})[/.-]\d{{2,4}}[ :]{_CLOCK}"
_LEVEL = (
    r"(?i:trace|debug|verbose|info|information|notice|log|warn(?:ing)?|error|err|severe|fatal|critical|crit"
    r"|alert|emerg)"
)
_MONTH = r"(?:[A-Z][a-z]{2}|\d{1,2}月)"
_NAME = r"[A-Za-z_][\w./-]{0,60}"

# What may come first.
_STARTS = (
    r">(?=[ \t>]|$)[ ]?",  # a quotation in mail or Markdown
    rf"(?:{_WHEN}),?(?=[ \t\]|:]|$)[ ]?",
    rf"{_CLOCK}(?=[ \t]|$)[ ]?",
    rf"\[(?:{_WHEN}|{_CLOCK})[^\]\n]{{0,60}}\](?=[ \t\[:]|$)[ ]?",
    rf"\[(?:[A-Z][a-z]{{2}}[ ]){{2}}[ ]?\d{{1,2}}[ ]{_CLOCK}(?:[ ]\d{{4}})?\](?=[ \t\[]|$)[ ]?",  # Apache
    # syslog and journald, in English or another language's month
    rf"{_MONTH}[ ]{{1,2}}\d{{1,2}}[ ]{_CLOCK}[ ][\w.:-]{{1,80}}[ ]{_NAME}(?:\[\d+\])?:(?=[ \t]|$)[ ]?",
    r"[IWEF]\d{4}[ ]\d\d:\d\d:\d\d\.\d+[ ]+\d+[ ][\w./-]{1,80}:\d+\](?=[ \t]|$)[ ]?",  # klog, glog
    r"\d\d-\d\d[ ]\d\d:\d\d:\d\d\.\d+[ ]+\d+[ ]+\d+[ ][VDIWEF][ ][^:\n]{1,60}:(?=[ \t]|$)[ ]?",  # logcat
    r"[VDIWEF]/[^(:\n]{1,60}\([ ]{0,5}\d+\):(?=[ \t]|$)[ ]?",  # logcat, brief
    r"\[pod/[\w./-]{1,120}\](?=[ \t]|$)[ ]?",  # kubectl logs --prefix
    rf"\[(?:{_LEVEL}|exec|java|junit|[a-z][\w.-]{{2,30}})\](?=[ \t\[]|$)[ ]?",
    r"[\w.-]{1,80}[ ]{0,40}\|(?=[ \t]|$)[ ]?",  # docker compose
    r"[\w.-]{1,80}[ ]\[(?:out|err)\]:?(?=[ \t]|$)[ ]?",
    rf"{_NAME}(?:\[[\w.]{{1,20}}\])?:(?=\t|[ ]\t|[ ]{{3,}}[^ \d])[ ]?",  # System.err: , amazon-ebs:
    r"System\.(?:err|out):(?=[ ]|$)[ ]?",
)
# What may come after one of those.
_NEXT = (
    *_STARTS,
    rf"\[?{_LEVEL}\]?:?(?=[ \t\[|]|$)[ ]?",
    r"\{[\w./-]{1,80}:\d{1,6}\}(?=[ ]|$)[ ]?",  # Airflow
    r"-(?=[ ]|$)[ ]?",
    r"(?:stdout|stderr)[ ][FP](?=[ ]|$)[ ]?",
    r"\[[\w@#. :/-]{1,60}\](?=[ \t\[:]|$):?[ ]?",
    r"<\d+\.\d+\.\d+>(?=[ \t]|$)[ ]?",
    rf"{_NAME}\[[\w.]{{1,20}}\]:(?=[ \t]|$)[ ]?",  # app[web.1]:
    rf"[\w.-]{{1,60}}[ ]{_NAME}\[\d+\]:(?=[ \t]|$)[ ]?",  # host process[pid]:
    r"\d{1,7}[ ]---[ ]",
)
_PREFIX = re.compile(rf"(?:{'|'.join(_STARTS)})(?:{'|'.join(_NEXT)}){{0,6}}")
_MAYBE = re.compile(r"[ \t]{0,24}[>\[\dA-Za-z_.-]")


def prefix_length(text: str) -> int:
    """Return how many characters at the start of a line are its prefix; the indentation behind it is not."""
    if not _MAYBE.match(text):
        return 0
    blank = len(text) - len(text.lstrip(" \t"))
    found = _PREFIX.match(text, blank)
    if not found:
        return 0
    return found.end()
