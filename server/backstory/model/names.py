"""Git's nouns as types, so that a path is never passed where a revision is meant."""

from typing import NewType

RepoPath = NewType("RepoPath", str)
"""A path inside the repository, `/`-separated, as git stores it; bytes that are not UTF-8 are surrogate-escaped."""

Revision = NewType("Revision", str)
"""The full hexadecimal id of a commit (40 digits, or 64 in a SHA-256 repository)."""

BlobId = NewType("BlobId", str)
"""The full hexadecimal id of a blob."""
