"""Commits as they are written, and what is made of those that are broken."""

from datetime import UTC, datetime

import pytest

from backstory.history.commits import Identity, count_commits, parse_commit, reachable
from backstory.history.objects import ObjectReader

REVISION = "1" * 40


def test_a_commit_is_read(weaving):
    reader = ObjectReader(weaving.repository)
    record = parse_commit(reader.read(weaving.third), weaving.third)
    reader.close()
    when = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert record.author == Identity("Bob Stone", "bob@example.com", when)
    assert record.committer == Identity("Ann Lee", "ann@example.com", when)
    assert record.parents == (weaving.second,)
    assert record.message == "Mend\n\nIts body."
    assert len(record.tree) == len(weaving.third)


def test_history_is_counted(weaving):
    assert count_commits(weaving.repository, weaving.third) == 3
    assert reachable(weaving.repository, weaving.second) == {weaving.first, weaving.second}


def test_signatures_and_several_parents():
    raw = (
        b"tree 4b825d\nparent aa\nparent bb\nauthor A <a@x> 1 +0000\ncommitter B <b@x> 2 -0100\n"
        b"gpgsig -----BEGIN\n author Not Me <no@x> 3 +0000\n encoding no\n -----END\n\nSubject\n\nauthor in the body\n"
    )
    record = parse_commit(raw, REVISION)
    assert (record.tree, record.parents) == ("4b825d", ("aa", "bb"))
    assert record.author.name == "A"
    assert record.committer.when.isoformat() == "1969-12-31T23:00:02-01:00"
    assert record.message == "Subject\n\nauthor in the body\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (b"encoding ISO-8859-1\n", "Gr\u00fc\u00dfe"),
        (b"", "Gr\ufffd\ufffde"),
        (b"encoding no-such-thing\n", "Gr\ufffd\ufffde"),
        (b"encoding rot13\n", "Gr\ufffd\ufffde"),
        (b"encoding \xff\n", "Gr\ufffd\ufffde"),
        (b"encoding a\0b\n", "Gr\ufffd\ufffde"),
    ],
)
def test_encodings(encoding, text):
    raw = b"tree a\nauthor Gr\xfc\xdfe <a@x> 1 +0000\ncommitter C <c@x> 1 +0000\n" + encoding + b"\nGr\xfc\xdfe"
    record = parse_commit(raw, REVISION)
    assert (record.author.name, record.message) == (text, text)


@pytest.mark.parametrize(
    ("line", "identity"),
    [
        (b"author A B <a@x> 1 +0000", ("A B", "a@x", True)),
        (b"author <a@x> 1 +0000", (None, "a@x", True)),
        (b"author A <> 1 +0000", ("A", None, True)),
        (b"author A <a> b> 1 +0000", ("A", "a> b", True)),
        (b"author A <a@x>", ("A", "a@x", False)),
        (b"author A <a@x> soon +0000", ("A", "a@x", False)),
        (b"author no mail at all", ("no mail at all", None, False)),
        (b"author", (None, None, False)),
        (b"nothing", (None, None, False)),
    ],
)
def test_broken_identities(line, identity):
    author = parse_commit(b"tree a\n" + line + b"\n\nx", REVISION).author
    assert (author.name, author.email, author.when is not None) == identity


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"no headers", b"\0" * 10])
def test_nothing_is_raised(raw):
    assert parse_commit(raw, REVISION).revision == REVISION
