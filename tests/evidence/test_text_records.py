"""The text index is brought up to date with what changed, and no more; what was done before a cancellation stays."""

import pytest

from backstory.evidence import text_records
from backstory.evidence.quiet import QuietSource
from backstory.evidence.source import silent
from backstory.evidence.text_records import update_text_index
from backstory.history.cancel import Cancellation
from backstory.model.edit import Block, Edit, EditReading, RecordRef
from backstory.model.errors import CancelledError
from backstory.model.evidence import Basis
from backstory.model.line_key import line_key
from backstory.model.origin import Contributor, Origin
from backstory.model.repository import RepositoryIdentity
from backstory.store.cache import open_cache
from backstory.store.text_index import TextIndex


class Source(QuietSource):
    def __init__(self, stamps):
        self.stamps = stamps
        self.read = []
        self.listed = 0
        self.stamp = None
        self.calls_off_at = None

    def records_stamp(self, cancellation):
        cancellation.raise_if_cancelled()
        return self.stamp

    def records(self, cancellation):
        self.listed += 1
        cancellation.raise_if_cancelled()
        return [RecordRef(key, stamp) for key, stamp in self.stamps.items()]

    def edits(self, record, cancellation):
        if record.key == self.calls_off_at:
            cancellation.cancel()
        self.read.append(record.key)
        block = Block((f"a line of record {record.key}{record.stamp}",))
        return EditReading((Edit("s", Basis.MATCHED, Origin(Contributor.AI), None, None, (block,), "", ""),))


@pytest.fixture
def index(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    cache = open_cache(RepositoryIdentity("/clones/shop/.git"))
    yield TextIndex(cache)
    cache.close()


def test_only_what_is_new_or_has_changed_is_read(index):
    source = Source({"a": "1", "b": "1"})
    update_text_index(index, {"s": source}, Cancellation(), silent)
    source.stamps = {"b": "2", "c": "1"}
    update_text_index(index, {"s": source}, Cancellation(), silent)
    assert source.read == ["a", "b", "b", "c"]
    assert index.stamps("s") == {"b": "2", "c": "1"}
    assert [len(index.find([line_key(f"a line of record {key}")])) for key in ("a1", "b1", "b2", "c1")] == [0, 0, 1, 1]


def test_a_build_goes_on_where_it_was_called_off(index, monkeypatch):
    monkeypatch.setattr(text_records, "LINES_AT_ONCE", 1)
    source = Source({"a": "1", "b": "1", "c": "1"})
    source.calls_off_at = "b"
    with pytest.raises(CancelledError):
        update_text_index(index, {"s": source}, Cancellation(), silent)
    source.calls_off_at = None
    update_text_index(index, {"s": source}, Cancellation(), silent)
    assert source.read == ["a", "b", "c"]


def test_records_are_not_even_listed_while_the_sources_stamp_stands(index):
    source = Source({"a": "1"})
    source.stamp = "1"
    for _ in range(2):
        update_text_index(index, {"s": source}, Cancellation(), silent)
    assert source.listed == 1
    source.stamps, source.stamp = {"a": "2"}, "2"
    update_text_index(index, {"s": source}, Cancellation(), silent)
    assert source.read == ["a", "a"]


def test_a_build_that_was_called_off_is_not_taken_for_a_whole_one(index):
    source = Source({"a": "1", "b": "1"})
    source.stamp, source.calls_off_at = "1", "a"
    with pytest.raises(CancelledError):
        update_text_index(index, {"s": source}, Cancellation(), silent)
    source.calls_off_at = None
    update_text_index(index, {"s": source}, Cancellation(), silent)
    assert set(index.stamps("s")) == {"a", "b"}
