"""A git on PATH that writes down what it is asked for and, when told, holds blame back until the gate opens."""

import os
import shutil
from pathlib import Path

SCRIPT = """#!/bin/sh
echo "$*" >> '{log}'
case " $* " in *" blame "*) if [ -p '{gate}' ]; then read -r _ < '{gate}'; fi ;; esac
exec '{git}' "$@"
"""


class WatchedGit:
    """The folder with the program; put `environment` into a server's."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._log = folder / "asked"
        self._gate = folder / "gate"
        self._log.touch()
        program = folder / "git"
        program.write_text(SCRIPT.format(log=self._log, gate=self._gate, git=shutil.which("git")))
        program.chmod(0o755)
        self.environment = {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}

    def hold_blame(self) -> None:
        """Let no blame begin from now on."""
        os.mkfifo(self._gate)

    def let_blame_go(self) -> None:
        """Let the blame that waits begin, and every later one."""
        with self._gate.open("w") as gate:
            self._gate.unlink()
            gate.write("go\n")

    @property
    def asked(self) -> list[str]:
        """What git was asked for so far, a line each."""
        return self._log.read_text().splitlines()
