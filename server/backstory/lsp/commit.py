"""`backstory/commit`: a commit as a page to read."""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import asdict

from backstory.history.cancel import Cancellation
from backstory.lsp.extensions import COMMIT, Page, RevisionParams
from backstory.lsp.guard import guarded
from backstory.model.names import Revision

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer

FULL_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@guarded
async def commit(server: "BackstoryServer", params: RevisionParams) -> dict[str, object] | None:
    """Return the page about a commit of an open document's repository."""
    document = server.documents.get(params.uri)
    if document is None or not isinstance(document.path, Path) or not FULL_ID.fullmatch(params.revision):
        return None
    path, revision = document.path, Revision(params.revision)
    return asdict(await server.in_background(partial(_page, server, path, revision)))


def register(server: "BackstoryServer") -> None:
    """Answer requests for commits."""
    server.feature(COMMIT)(partial(commit, server))


def _page(server: "BackstoryServer", path: Path, revision: Revision, cancellation: Cancellation) -> Page:
    from backstory.history.commit_text import commit_text  # noqa: PLC0415  # a lean start
    from backstory.redaction.plain_text import terminal_safe  # noqa: PLC0415

    repository = server.queries.repositories.containing(path).repository
    return Page(f"Commit {revision[:7]}", terminal_safe(commit_text(repository, revision, cancellation)))
