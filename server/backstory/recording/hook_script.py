"""The hooks' text: shell that every git brings along, on Windows too."""

from attrs import frozen

MARK = "# Backstory's hook: `backstory record install` wrote it, `backstory record uninstall` takes it away."
BEFORE = ".before-backstory"
"""How the name of a hook ends that was here before."""

FOLDER = "backstory"
"""Below the repository's common git directory: what tells the hook that it is wanted here, and its last complaint."""

WANTED = "record"
LOG = "record.log"

_HEAD = f"""#!/bin/sh
{MARK}
# The hook that was here before, NAME{BEFORE}, is run first, and its exit status is this one's.
# Nothing waits for Backstory: it works in the background, and what it complains of goes to
# .git/{FOLDER}/{LOG}.
before=${{0%/*}}/NAME{BEFORE}
folder=$(git rev-parse --git-common-dir)/{FOLDER}
python=PYTHON
status=0
"""

_TAIL = f"""
if test -f "$folder/{WANTED}" && WHEN; then
  FEED(
    trap '' HUP
    test -x "$python" ||
      echo "backstory: $python is gone; run: backstory record install" >&2
    exec "$python" -P -m backstory record --hook NAME $(cat "$folder/{WANTED}") ARGUMENTS
  ) >/dev/null 2>"$folder/{LOG}" &
fi
exit $status
"""

_AFTER_COMMIT = """if test -x "$before"; then "$before" "$@"; status=$?; fi
own=$(git rev-parse --git-dir)
revision=$(git rev-parse --verify --quiet HEAD)
"""

_AFTER_REWRITE = """rewritten=$(cat)
if test -x "$before"; then printf '%s\\n' "$rewritten" | "$before" "$@"; status=$?; fi
"""


@frozen
class Hook:
    """A hook of git's, by its name."""

    name: str
    _body: str
    _when: str
    _arguments: str
    _feed: str

    def text(self, python: str) -> str:
        """Return the script that starts Backstory with this Python."""
        tail = _TAIL.replace("WHEN", self._when).replace("ARGUMENTS", self._arguments).replace("FEED", self._feed)
        text = (_HEAD + self._body + tail).replace("NAME", self.name)
        return text.replace("PYTHON", _quoted(python.replace("\\", "/")), 1)


HOOKS = (
    Hook(
        "post-commit",
        _AFTER_COMMIT,
        # A rebase makes one commit after the other, and tells post-rewrite of all of them when it is done.
        'test -n "$revision" && ! test -d "$own/rebase-merge" && ! test -d "$own/rebase-apply"',
        '"$revision"',
        ": | ",
    ),
    Hook("post-rewrite", _AFTER_REWRITE, 'test "$1" = rebase', "", "printf '%s\\n' \"$rewritten\" | "),
)


def is_ours(text: bytes) -> bool:
    """Tell whether Backstory wrote a hook."""
    return MARK.encode() in text


def _quoted(text: str) -> str:
    """Return a word as the shell reads it."""
    return "'" + text.replace("'", "'\\''") + "'"
