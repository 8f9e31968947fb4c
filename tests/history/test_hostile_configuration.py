"""A folder's own configuration runs nothing and connects to nothing, whatever we ask of git."""

import subprocess
from pathlib import Path

import pytest
from attrs import frozen

from backstory.history.blame import blame
from backstory.history.command import git_version
from backstory.history.commits import count_commits, parse_commit, reachable
from backstory.history.files import file_state, file_text
from backstory.history.notes import notes_index, notes_refs
from backstory.history.objects import ObjectReader
from backstory.history.refs import list_refs
from backstory.history.repository import (
    discover,
    fetches_notes,
    head,
    remotes,
    repo_path,
)
from backstory.history.status import repository_state, watch_token
from backstory.model.state import StateCode
from notation.environment import isolated_environment
from notation.repository import RepositoryWriter

HOOKS = ("post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman", "post-checkout")

CONFIG = """
[core]
    fsmonitor = {trap} fsmonitor
    pager = {trap} pager
    editor = {trap} editor
    sshCommand = {trap} ssh
    askPass = {trap} askpass
    gitProxy = {trap} proxy
    alternateRefsCommand = {trap} alternates
    hooksPath = {hooks}
    quotePath = false
[diff]
    external = {trap} external
    noprefix = true
    mnemonicPrefix = true
[diff "trap"]
    textconv = {trap} textconv
    command = {trap} command
[filter "trap"]
    clean = {trap} clean
    smudge = {trap} smudge
[filter "long"]
    process = {trap} process
    required = true
[gpg]
    program = {trap} gpg
[log]
    showSignature = true
[color]
    ui = always
[blame]
    showEmail = true
    coloring = highlightRecent
[i18n]
    logOutputEncoding = UTF-16
[alias]
    blame = "!{trap} alias"
    ls-files = "!{trap} alias"
[pager]
    blame = {trap} pager
[credential]
    helper = "!{trap} credential"
[trace2]
    eventTarget = {markers}/trace
[protocol]
    allow = always
[protocol "ext"]
    allow = always
[protocol "file"]
    allow = always
[protocol "ssh"]
    allow = always
[remote "origin"]
    {remote}
    uploadpack = {trap} uploadpack
"""

PROMISES = """
[extensions]
    partialClone = origin
[remote "origin"]
    promisor = true
    partialclonefilter = blob:none
[blame]
    ignoreRevsFile = no/such/file
"""

REMOTES = {
    "a program": "url = ext::{trap} ext",
    "ssh": "url = ssh://git@example.invalid/x.git",
    "scp": "url = git@example.invalid:x.git",
    "a folder": "url = {elsewhere}",
    "a file URL": "url = file://{elsewhere}",
    "https": "url = https://127.0.0.1:9/x.git",
    "a helper": "vcs = ext\n    url = {trap} ext",
}


@frozen
class Hostile:
    root: Path
    markers: Path
    revision: str

    @property
    def sprung(self) -> set[str]:
        """The traps that ran."""
        return {path.name for path in self.markers.iterdir()}


@pytest.fixture(params=REMOTES)
def hostile(tmp_path: Path, request: pytest.FixtureRequest) -> Hostile:
    """A partial clone with every trap; git is asked without the clone's settings there."""
    return _lay_traps(tmp_path, CONFIG + PROMISES, request.param)


@pytest.fixture
def whole_hostile(tmp_path: Path) -> Hostile:
    """The same with all objects: git is asked with the repository's settings."""
    return _lay_traps(tmp_path, CONFIG, "a program")


def _lay_traps(tmp_path: Path, configuration: str, remote_kind: str) -> Hostile:
    markers, trap, hooks = tmp_path / "markers", tmp_path / "trap", tmp_path / "hooks"
    markers.mkdir()
    hooks.mkdir()
    _program(trap, f'touch "{markers}/$1"\nexit 1')
    for hook in HOOKS:
        _program(hooks / hook, f'touch "{markers}/hook"')
    places = {"trap": trap, "hooks": hooks, "markers": markers, "elsewhere": tmp_path / "elsewhere"}
    with RepositoryWriter(tmp_path / "elsewhere") as history:
        history.commit("elsewhere", {"x": "x\n"})
    remote = REMOTES[remote_kind].format(**places)
    with RepositoryWriter(tmp_path / "hostile", config=configuration.format(remote=remote, **places)) as history:
        files = {
            "a.py": "one\ntwo\n",
            ".gitattributes": "*.py diff=trap filter=trap\n*.txt filter=long\n",
            "b.txt": "b\n",
        }
        history.commit("first", files)
        revision = history.commit("second", {"a.py": "one\nthree\n"})
        history.note(revision, "note\n")
    config = tmp_path / "hostile" / ".git" / "config"  # extensions count from version 1 on
    config.write_text(config.read_text().replace("repositoryformatversion = 0", "repositoryformatversion = 1"))
    return Hostile(tmp_path / "hostile", markers, revision)


def test_nothing_runs_where_objects_are_promised(hostile):
    check_answers(hostile)
    assert [state.code for state in repository_state(discover(hostile.root))] == [StateCode.MISSING_OBJECTS]
    assert hostile.sprung == set()


def test_nothing_runs_where_all_objects_are(whole_hostile):
    check_answers(whole_hostile)
    assert repository_state(discover(whole_hostile.root)) == ()
    assert whole_hostile.sprung == set()


def check_answers(hostile):
    (hostile.root / "a.py").write_text("changed on disk\n")
    repository = discover(hostile.root / "a.py")
    revision, path, reader = head(repository), repo_path(repository, hostile.root / "a.py"), ObjectReader(repository)
    blamed = blame(repository, revision, path)
    assert [(hunk.first, hunk.revision == hostile.revision) for hunk in blamed.hunks] == [(1, False), (2, True)]
    assert [facts.subject for facts in blamed.commits.values()] == ["second", "first"]
    assert file_text(repository, revision, path, reader) == b"one\nthree\n"
    assert [state.code for state in file_state(repository, path)] == [StateCode.FILTERED]
    assert [state.code for state in file_state(repository, "new.py")] == [StateCode.UNTRACKED]
    index = notes_index(repository, *next(iter(notes_refs(repository).items())))
    assert reader.read(index.blobs[revision]) == b"note\n"
    assert reader.read("1" * 40) is None
    assert dict(reader.read_many(["2" * 40, f"{revision}:gone", revision])).keys() == {
        "2" * 40,
        f"{revision}:gone",
        revision,
    }
    assert parse_commit(reader.read(revision), revision).message == "second"
    reader.close()
    assert count_commits(repository, revision) == len(reachable(repository, revision)) == 2
    assert "refs/heads/main" in list_refs(repository)
    assert watch_token(repository) == watch_token(repository)
    assert remotes(repository) == ("origin",)
    assert not fetches_notes(repository, "origin")
    assert git_version()


def test_the_traps_are_real(whole_hostile):
    """The same folder, asked by a git that was not told to be careful."""
    for name in ("a.py", "b.txt"):
        (whole_hostile.root / name).write_text("changed on disk\n")
    for command in (["blame", "HEAD", "--", "a.py"], ["diff", "HEAD~1", "HEAD"], ["diff", "b.txt"], ["diff", "a.py"]):
        _careless_git(whole_hostile.root, *command)
    assert whole_hostile.sprung >= {"fsmonitor", "clean", "process", "textconv", "command"}


@pytest.mark.parametrize("hostile", ["a program"], indirect=True)
def test_the_promise_of_objects_is_a_trap_too(hostile):
    _careless_git(hostile.root, "cat-file", "-p", "1" * 40)
    assert "ext" in hostile.sprung


def test_variables_of_the_caller_change_nothing(plain_weaving, tmp_path, monkeypatch):
    _program(tmp_path / "trap", f'touch "{tmp_path}/sprung"')
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS"):
        monkeypatch.setenv(name, str(tmp_path / "trap"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'alias.blame=!false'")
    assert len(blame(plain_weaving.repository, plain_weaving.third, "new.py").hunks) == 3
    assert not (tmp_path / "sprung").exists()
    assert not (tmp_path / "trace").exists()


def _program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def _careless_git(root: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", *arguments],
        cwd=root,
        env=isolated_environment(root),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
