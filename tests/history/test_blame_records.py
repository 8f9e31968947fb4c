"""The records of incremental blame, in pieces of any size and with nonsense in them."""

from datetime import UTC, datetime

import pytest

from backstory.history.blame_records import BlameParser, moment
from backstory.history.quoting import unquoted
from backstory.model.history import CommitFacts, Hunk

ONE, TWO = "1" * 40, "2" * 40
RECORDS = f"""{ONE} 3 5 2
author Ada Lovelace
author-mail <ada@example.org>
author-time 1735689600
author-tz +0100
committer
committer-mail <>
committer-time nonsense
committer-tz nonsense
summary filename of a summary
previous {TWO} older name.py
filename "a\\tname.py"
{ONE} 9 1 4
filename other.py
""".encode()


def test_records_are_told():
    facts, first, second = BlameParser().feed(RECORDS)
    assert isinstance(facts, CommitFacts)
    assert (facts.author.name, facts.author.email) == ("Ada Lovelace", "ada@example.org")
    assert (facts.committer.name, facts.committer.email) == (None, None)
    assert facts.authored_at.isoformat() == "2025-01-01T01:00:00+01:00"
    assert facts.committed_at == datetime(1970, 1, 1, tzinfo=UTC)
    assert facts.subject == "filename of a summary"
    assert first == Hunk(ONE, "a\tname.py", 3, 5, 2)
    assert second == Hunk(ONE, "other.py", 9, 1, 4)


@pytest.mark.parametrize("size", [1, 2, 7, 40, 41, 100])
def test_pieces_of_any_size_tell_the_same(size):
    parser = BlameParser()
    pieces = [RECORDS[start : start + size] for start in range(0, len(RECORDS), size)]
    assert [item for piece in pieces for item in parser.feed(piece)] == BlameParser().feed(RECORDS)


def test_the_shallow_border_is_marked():
    facts = BlameParser(frozenset({ONE})).feed(RECORDS)[0]
    assert facts.is_history_cut


@pytest.mark.parametrize(
    ("seconds", "zone", "told"),
    [
        (b"1735689600", b"-0930", "2024-12-31T14:30:00-09:30"),
        (b"1735689600", b"+9999", "2025-01-01T00:00:00+00:00"),
        (b"-1", b"+0000", "1969-12-31T23:59:59+00:00"),
        (b"99999999999999999999", b"+0000", "1970-01-01T00:00:00+00:00"),
        (b"1735689600", b"", "2025-01-01T00:00:00+00:00"),
    ],
)
def test_times_of_any_kind(seconds, zone, told):
    assert moment(seconds, zone).isoformat() == told


@pytest.mark.parametrize(
    ("quoted", "meant"),
    [
        (b"plain name", b"plain name"),
        (b'"a\\tb"', b"a\tb"),
        (b'"caf\\303\\251"', "café".encode()),
        (b'"\\"\\\\\\a\\001"', b'"\\\a\x01'),
        (b'"', b'"'),
        (b'half"', b'half"'),
    ],
)
def test_quoted_names(quoted, meant):
    assert unquoted(quoted) == meant
