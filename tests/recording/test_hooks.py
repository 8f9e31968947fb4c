"""Hooks in real repositories, started by real commits: they are put up, run behind git's back, and taken away."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import define
from workplace import Workplace

from backstory.history.repository import discover
from backstory.recording.hook_install import install, plan_install, uninstall
from backstory.recording.hook_place import HookRefusedError, hook_place
from bench.oracle import git_ai as oracle

SERVER = Path(__file__).parents[2] / "server"
FUNCTION = "def capture(order):\n    total = order.total()\n\n    return total\n"
THEIRS = '#!/bin/sh\necho "$0 ran" >> "$(git rev-parse --show-toplevel)/../ran"\n'


@define
class Hooked:
    """A workplace with the hooks; each run of Backstory waits until it is let go, and tells when it is done."""

    place: Workplace
    python: Path

    def install(self, *, with_prompts: bool = False) -> None:
        install(plan_install(hook_place(discover(self.place.root)), str(self.python), with_prompts=with_prompts))

    def uninstall(self) -> list[str]:
        return list(uninstall(hook_place(discover(self.place.root))))

    def let_go(self) -> None:
        """Let the run that waits go on, and return when it has ended."""
        (self.python.parent / "go").write_text("go\n")
        assert (self.python.parent / "done").read_text() == "0\n"

    def commit(self, *options: str, message: str = "work") -> str:
        """Commit, and wait for the record."""
        revision = self.place.commit(message, *options)
        self.let_go()
        return revision

    def lines(self, revision: str = "HEAD") -> dict[str, list[tuple[int, int]]]:
        text = self.place.note(revision)
        entries = oracle.parse(text).entries if text else {}
        return {path: [each for _, ranges in entry for each in ranges] for path, entry in entries.items()}

    def hook(self, name: str = "post-commit") -> Path:
        return self.place.root / ".git" / "hooks" / name


@pytest.fixture
def hooked(place: Workplace, tmp_path: Path) -> Hooked:
    folder = tmp_path / "it's python"
    folder.mkdir()
    os.mkfifo(folder / "go")
    os.mkfifo(folder / "done")
    python = folder / "python"
    python.write_text(
        f'#!/bin/sh\ncd_to="${{0%/*}}"\nread -r _ < "$cd_to/go"\n'
        f'PYTHONPATH="{SERVER}" "{sys.executable}" "$@"\necho "$?" > "$cd_to/done"\n'
    )
    python.chmod(0o755)
    return Hooked(place, python)


def test_a_commit_is_recorded_and_does_not_wait(hooked):
    hooked.install()
    hooked.place.writes("pay.py", FUNCTION)
    hooked.place.commit()  # returns while Backstory is held back: it keeps none of git's pipes open either
    assert hooked.lines() == {}
    hooked.let_go()
    assert hooked.lines() == {"pay.py": [(1, 4)]}
    assert (hooked.place.root / ".git" / "backstory" / "record.log").read_text() == ""


def test_messages_stay_as_they_are(hooked):
    hooked.install()
    hooked.place.writes("pay.py", FUNCTION)
    hooked.commit(message="only these words")
    assert hooked.place.git("log", "-1", "--format=%B").strip() == "only these words"


def test_prompts_are_recorded_when_the_hook_was_asked_to(hooked):
    hooked.install(with_prompts=True)
    hooked.place.asks("add capture")
    hooked.place.writes("pay.py", FUNCTION)
    hooked.commit()
    assert '"text": "add capture"' in hooked.place.note()


def test_a_merge_and_an_amended_commit(hooked):
    hooked.install()
    hooked.place.types("a.txt", "one\n")
    hooked.commit()
    hooked.place.writes("pay.py", FUNCTION)
    hooked.commit()
    hooked.place.types("pay.py", "# by hand\n" + FUNCTION)
    hooked.commit("--amend")
    assert hooked.lines() == {"pay.py": [(2, 5)]}


def test_a_rebase_takes_the_notes_along(hooked):
    place = hooked.place
    hooked.install()
    place.types("pay.py", "# pay\n\n\n# end\n")
    base = hooked.commit()
    place.writes("pay.py", "# pay\n\n\n# end\n" + FUNCTION)
    place.types("pay.py", "# pay\n\n\n# end\n" + FUNCTION + "# by hand\n")
    hooked.commit(message="first")
    place.writes("tax.py", "def tax(order):\n    rate = order.rate()\n    return rate * order.total()\n")
    hooked.commit(message="fixup! first")
    place.git("checkout", "-q", "-b", "other", base)
    place.types("pay.py", "# above\n# above\n# pay\n\n\n# end\n")
    hooked.commit(message="shifts every line")
    place.git("checkout", "-q", "main")
    place.variables["GIT_SEQUENCE_EDITOR"] = "true"
    place.git("rebase", "-q", "-i", "--autosquash", "other")
    hooked.let_go()
    assert place.git("log", "--format=%s").split("\n")[:2] == ["first", "shifts every line"]
    assert hooked.lines() == {"pay.py": [(7, 10)], "tax.py": [(1, 3)]}


def test_a_linked_work_tree_has_the_hooks_too(hooked, tmp_path):
    place = hooked.place
    hooked.install()
    place.types("a.txt", "one\n")
    hooked.commit()
    linked = tmp_path / "linked"
    place.git("worktree", "add", "-q", str(linked))
    place.writes("pay.py", FUNCTION, folder=linked)
    place.git("add", "-A", folder=linked)
    revision = place.commit_staged(folder=linked)
    hooked.let_go()
    assert hooked.lines(revision) == {"pay.py": [(1, 4)]}


def test_a_hook_that_is_there_goes_on_being_run_and_comes_back(hooked, tmp_path):
    hook = hooked.hook()
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(THEIRS)
    hook.chmod(0o755)
    hooked.install()
    hooked.install()
    hooked.place.writes("pay.py", FUNCTION)
    hooked.commit()
    assert (tmp_path / "ran").read_text().count("ran") == 1
    assert hooked.lines() == {"pay.py": [(1, 4)]}
    hooked.uninstall()
    assert hook.read_text() == THEIRS
    assert os.access(hook, os.X_OK)
    assert not hooked.hook("post-rewrite").exists()
    assert not (hooked.place.root / ".git" / "backstory").exists()
    hooked.place.types("a.txt", "one\n")
    hooked.place.commit()
    assert (tmp_path / "ran").read_text().count("ran") == 2


def test_a_hook_that_reads_what_git_rewrote_still_does(hooked, tmp_path):
    hook = hooked.hook("post-rewrite")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f'#!/bin/sh\ncat > "{tmp_path}/rewritten"\n')
    hook.chmod(0o755)
    hooked.install()
    hooked.place.types("a.txt", "one\n")
    before = hooked.commit()
    after = hooked.commit("--amend", message="other words")
    assert (tmp_path / "rewritten").read_text() == f"{before} {after}\n"


def test_a_hook_that_was_switched_off_stays_off(hooked, tmp_path):
    hook = hooked.hook()
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(THEIRS)
    hook.chmod(0o644)
    hooked.install()
    hooked.place.types("a.txt", "one\n")
    hooked.commit()
    assert not (tmp_path / "ran").exists()


def test_a_hook_put_over_ours_is_nobodys_to_take_away(hooked):
    hook = hooked.hook()
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(THEIRS)
    hooked.install()
    hook.write_text("#!/bin/sh\n# another tool's\n")
    hooked.uninstall()
    assert hook.read_text() == "#!/bin/sh\n# another tool's\n"
    with pytest.raises(HookRefusedError, match="somebody replaced the hook"):
        hooked.install()


def test_hooks_of_all_repositories(hooked, tmp_path):
    place = hooked.place
    place.git("config", "--file", str(place.home / ".gitconfig"), "core.hooksPath", "~/hooks")
    hooked.install()
    assert (place.home / "hooks" / "post-commit").exists()
    place.writes("pay.py", FUNCTION)
    hooked.commit()
    assert hooked.lines() == {"pay.py": [(1, 4)]}
    twin = Workplace(tmp_path / "twin", place.home)
    twin.writes("pay.py", FUNCTION)
    twin.commit()  # nobody asked for it there: a run would wait for us, and the next one find it waiting
    assert "stays, because other repositories use it" in hooked.uninstall()[0]
    place.types("a.txt", "one\n")
    place.commit()
    assert (place.home / "hooks" / "post-commit").exists()


@pytest.mark.parametrize("named", [".githooks", "tools/hooks"])
def test_hooks_that_the_repository_brings_along_are_everybodys(hooked, named):
    hooked.place.git("config", "core.hooksPath", named)
    (hooked.place.root / named).mkdir(parents=True)
    with pytest.raises(HookRefusedError, match=f"add one line to {named}/post-commit"):
        hooked.install()
    assert list((hooked.place.root / named).iterdir()) == []


def test_a_link_into_the_work_tree_is_no_way_around(hooked):
    hooks = hooked.place.root / ".git" / "hooks"
    for each in hooks.glob("*") if hooks.exists() else ():
        each.unlink()
    hooks.rmdir() if hooks.exists() else None
    (hooked.place.root / "hooks").mkdir()
    hooks.symlink_to("../hooks")
    with pytest.raises(HookRefusedError, match="brings its hooks along, in hooks"):
        hooked.install()


def test_husky_makes_its_hooks_anew(hooked):
    hooked.place.git("config", "core.hooksPath", ".husky/_")
    with pytest.raises(HookRefusedError, match=r"Husky .* add one line to \.husky/post-commit"):
        hooked.install()


def test_hooks_that_are_switched_off(hooked):
    hooked.place.git("config", "core.hooksPath", os.devnull)
    with pytest.raises(HookRefusedError, match="switched off"):
        hooked.install()


def test_a_python_that_is_gone_costs_no_commit(hooked):
    hooked.install()
    hooked.python.unlink()
    hooked.place.writes("pay.py", FUNCTION)
    assert hooked.place.commit()


def test_a_repository_cannot_bring_its_own_backstory(hooked):
    """What lies in the work tree is not imported, although the hook runs there."""
    hooked.install()
    hooked.place.types("backstory/__init__.py", "raise SystemExit(9)\n")
    hooked.place.types("attrs.py", "raise SystemExit(9)\n")
    hooked.place.writes("pay.py", FUNCTION)
    hooked.commit()
    assert hooked.lines() == {"pay.py": [(1, 4)]}


def test_the_shell_finds_no_fault(hooked):
    hooked.install()
    for name in ("post-commit", "post-rewrite"):
        assert subprocess.run(["sh", "-n", hooked.hook(name)], check=False).returncode == 0
        assert hooked.hook(name).read_bytes().startswith(b"#!/bin/sh\n")
        assert b"\r" not in hooked.hook(name).read_bytes()
