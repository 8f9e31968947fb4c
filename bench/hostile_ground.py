"""Three small repositories: a plain one, a partial clone whose origin is gone, and one whose configuration sets traps.

A trap is a program that writes its name into a file. `sprung` tells which ones ran, and `spring` runs git carelessly,
to show that they do.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

PATH = "payments.py"
NOTE = """payments.py
  0123456789abcdef 2
---
{"schema_version": "authorship/3.0.0",
 "prompts": {"0123456789abcdef": {"agent_id": {"tool": "claude", "id": "1", "model": "claude-opus-4-6"}}}}
"""
IDENTITY = {
    f"GIT_{role}_{kind}": value
    for role in ("AUTHOR", "COMMITTER")
    for kind, value in (("NAME", "Ada Example"), ("EMAIL", "ada@example.com"), ("DATE", "1760000000 +0000"))
}
TRAPS = [
    "alias",
    "askpass",
    "clean",
    "editor",
    "ext",
    "external-diff",
    "fsmonitor",
    "gpg",
    "pager",
    "proxy",
    "smudge",
    "ssh",
    "textconv",
    "upload-pack",
]
HOOKS = ["post-checkout", "post-index-change", "pre-auto-gc", "reference-transaction"]
CARELESS = [
    ["status"],
    ["diff", "HEAD~1"],
    ["log", "-1", "-p"],
    ["blame", PATH],
    ["show", "HEAD"],
    ["cat-file", "-p", "refs/notes/ai:{missing}"],
    ["update-ref", "refs/heads/careless", "HEAD"],
]

CONFIGURATION = """[core]
	repositoryFormatVersion = 1
	bare = false
	fsmonitor = {traps}/fsmonitor
	pager = {traps}/pager
	sshCommand = {traps}/ssh
	gitProxy = {traps}/proxy
	askPass = {traps}/askpass
	editor = {traps}/editor
	hooksPath = {traps}/hooks
	quotePath = true
	abbrev = 4
[extensions]
	partialClone = origin
[remote "origin"]
	url = ext::{traps}/ext %S
	promisor = true
	uploadpack = {traps}/upload-pack
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[alias]
	blame = !{traps}/alias
	notes = !{traps}/alias
	l = !{traps}/alias
[diff]
	external = {traps}/external-diff
	noprefix = true
	mnemonicPrefix = true
[diff "trap"]
	textconv = {traps}/textconv
[filter "trap"]
	clean = {traps}/clean
	smudge = {traps}/smudge
[blame]
	ignoreRevsFile = no-such-file
	showEmail = true
	blankBoundary = true
	date = relative
[log]
	showSignature = true
	date = relative
[gpg]
	program = {traps}/gpg
[pager]
	blame = {traps}/pager
	log = {traps}/pager
[color]
	ui = always
[notes]
	displayRef = refs/notes/*
"""
"""Repository configuration in which everything that can run a program does."""


@dataclass(frozen=True)
class Ground:
    """A repository to work on. `answers` says whether blame can be answered at all."""

    name: str
    folder: Path
    answers: bool


def git(folder: Path, *arguments: str, text: str | None = None) -> str:
    """Answer of a git command, with fixed people and times."""
    command = ["git", "-C", str(folder), *arguments]
    environment = {**os.environ, **IDENTITY}
    done = subprocess.run(command, check=True, input=text, text=True, stdout=subprocess.PIPE, env=environment)
    return done.stdout.strip()


def plain(folder: Path) -> Ground:
    """Write three commits by a person and an agent, with notes and a trailer."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "uploadpack.allowFilter", "true")
    for number, message in enumerate(["payments", "retry", "log\n\nCo-authored-by: Claude <noreply@anthropic.com>"]):
        with (folder / PATH).open("a") as file:
            file.write(f"def step_{number}(): return {number}\n")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", message)
    for revision in ("HEAD~1", "HEAD"):
        git(folder, "notes", "--ref=ai", "add", "-F", "-", revision, text=NOTE + (" " if revision == "HEAD" else ""))
    return Ground("plain", folder, answers=True)


def partial(folder: Path, origin: Path) -> Ground:
    """Clone without blobs, with notes, and take the origin away."""
    away = origin.with_name("away")
    subprocess.run(["git", "clone", "-q", "--filter=blob:none", origin.as_uri(), folder], check=True)
    git(folder, "fetch", "-q", "origin", "refs/notes/*:refs/notes/*")
    origin.rename(away)
    return Ground("partial", folder, answers=False)


def hostile(folder: Path, traps: Path) -> Ground:
    """Turn everything a repository's own configuration can run into a trap, and lose a note that git would fetch."""
    plain(folder)
    write_traps(traps)
    (folder / ".gitattributes").write_text("*.py diff=trap filter=trap\n")
    sign_head(folder)
    lost = git(folder, "rev-parse", f"refs/notes/ai:{git(folder, 'rev-parse', 'HEAD~1')}")
    (folder / ".git/objects" / lost[:2] / lost[2:]).unlink()
    (folder / ".git/config").write_text(CONFIGURATION.format(traps=traps))
    return Ground("hostile", folder, answers=True)


def write_traps(traps: Path) -> None:
    """Write one program per trap, and one per hook."""
    (traps / "hooks").mkdir(parents=True)
    for name in [*TRAPS, *(f"hooks/{hook}" for hook in HOOKS)]:
        (traps / name).write_text(f'#!/bin/sh\necho {name} >>{traps}/sprung\ncat "$1" 2>/dev/null\n')
        (traps / name).chmod(0o755)


def sign_head(folder: Path) -> None:
    """Give HEAD a signature, so that git would call gpg to check it; its note moves with it."""
    header, _, message = git(folder, "cat-file", "commit", "HEAD").partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n aGVsbG8=\n -----END PGP SIGNATURE-----"
    signed = git(folder, "hash-object", "-t", "commit", "-w", "--stdin", text=f"{header}\n{signature}\n\n{message}\n")
    git(folder, "notes", "--ref=ai", "copy", "HEAD", signed)
    git(folder, "update-ref", "refs/heads/main", signed)


def spring(ground: Ground) -> None:
    """Run git as a careless program would, failing or not."""
    missing = git(ground.folder, "rev-parse", "HEAD~1")
    for arguments in CARELESS:
        command = ["git", "-C", str(ground.folder), *(argument.format(missing=missing) for argument in arguments)]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def sprung(traps: Path) -> set[str]:
    """Names of the traps that ran since the last time this was asked."""
    record = traps / "sprung"
    names = set(record.read_text().split()) if record.exists() else set()
    record.unlink(missing_ok=True)
    return names
