"""What is forgotten is gone from every file, also while somebody else has them open."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from keeping import NOW, SHOP, asked

from backstory.store.cache_files import cache_files
from backstory.store.errors import NotKeptError, StoreBusyError
from backstory.store.forgetting import forget

CONFIDENCE = "Whatever the Zanzibar ledger says"
"""Stands nowhere but in what is to be forgotten."""


def bytes_left(state):
    """Return the files that hold the text."""
    return [path for path in state.rglob("*") if path.is_file() and CONFIDENCE.encode() in path.read_bytes()]


def fill(facts):
    """Keep many requests of two sessions and two people, so that they share pages of the file."""
    here = facts.of(SHOP)
    here.keep(asked(f"a{number}", f"Plain {number}. " * 30) for number in range(60))
    here.keep(
        asked(f"b{number}", f"{CONFIDENCE} {number}. " * 30, session="s_2", person="Bob Stone") for number in range(60)
    )
    here.keep(asked(f"c{number}", f"Plain {number}. " * 30) for number in range(60))


@pytest.mark.parametrize("who", ["s_2", "conversation of s_2", "Bob Stone", "bob STONE", " Bob@Example.com "])
def test_no_byte_is_left(opened, state, who):
    facts, server = opened.facts(), opened.facts()
    fill(facts)
    assert bytes_left(state)
    assert len(server.of(SHOP).all()) == 180
    forgotten = forget(facts, who)
    assert len(forgotten.prompts) == 60
    assert bytes_left(state) == []
    assert len(server.of(SHOP).all()) == 120
    assert server.of(SHOP).keep([asked("d")]) == 1


@pytest.mark.parametrize("who", ["s_", "Bob", "", "  ", "nobody", "Bob Stone <bob@example.com>"])
def test_only_whole_names_count(opened, who):
    facts = opened.facts()
    fill(facts)
    assert forget(facts, who).prompts == ()


def test_caches_are_emptied_while_they_are_in_use(opened, state, tmp_path):
    cache = opened.cache(evolve(SHOP, clone=str(tmp_path)))
    with cache.write() as connection:
        connection.execute("CREATE TABLE line (text TEXT)")
        connection.executemany("INSERT INTO line VALUES (?)", [(f"{CONFIDENCE} {number}",) for number in range(500)])
    assert bytes_left(state)
    [emptied] = forget(opened.facts(), "nobody").caches
    assert emptied.clone == str(tmp_path)
    assert bytes_left(state) == []
    with cache.read() as connection:
        assert connection.execute("SELECT count(*) FROM line").fetchone() == (0,)
    assert cache_files()[0].clone == str(tmp_path)


def test_damaged_caches_go_too(opened, state):
    cache = opened.cache(SHOP)
    cache.close()
    cache.path.with_name("cache.sqlite3.damaged-2026-01-01").write_text(CONFIDENCE)
    cache.path.write_text(CONFIDENCE * 100)
    forget(opened.facts(), "nobody")
    assert bytes_left(state) == []
    assert cache_files() == ()


def test_a_reader_in_the_middle_is_told_of(opened, state, monkeypatch):
    monkeypatch.setattr("backstory.store.database.BUSY_SECONDS", 0.05)
    facts, server = opened.facts(), opened.facts()
    fill(facts)
    with server.database.read() as connection:
        connection.execute("SELECT * FROM kept_prompt").fetchone()
        with pytest.raises(StoreBusyError):
            forget(facts, "s_2")
    assert forget(facts, "s_2").prompts == ()
    assert bytes_left(state) == []


def test_what_is_not_ours_to_write_is_not_forgotten_silently(opened, state):
    facts = opened.facts()
    facts.close()
    connection = sqlite3.connect(state / "facts.sqlite3")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(NotKeptError):
        forget(opened.facts(), "s_2")


def test_old_requests_go_when_their_days_are_over(opened, state):
    facts = opened.facts()
    facts.of(SHOP).keep([asked("old", CONFIDENCE), evolve(asked("young"), kept_at=NOW + timedelta(days=20))])
    assert facts.retain(30, NOW + timedelta(days=31)) == 1
    assert [kept.prompt_key for kept in facts.of(SHOP).all()] == ["young"]
    assert bytes_left(state) == []


def test_the_choice_of_days_lasts(opened):
    facts = opened.facts()
    facts.retain(30, NOW)
    facts.of(SHOP).keep([asked("old"), evolve(asked("young"), kept_at=datetime.now(UTC))])
    facts.close()
    again = opened.facts()
    assert again.retention_days == 30
    assert [kept.prompt_key for kept in again.of(SHOP).all()] == ["young"]


def test_without_a_limit_requests_stay(opened):
    facts = opened.facts()
    facts.of(SHOP).keep([asked("old")])
    facts.retain(1, NOW)
    assert facts.retain(None, NOW + timedelta(days=9_999)) == 0
    facts.close()
    assert opened.facts().of(SHOP).all()


def test_caches_of_clones_that_are_gone_are_deleted(opened, tmp_path):
    clones = [tmp_path / "one", tmp_path / "other"]
    for clone in clones:
        clone.mkdir()
    opened.cache(evolve(SHOP, clone=str(clones[0]))).close()
    clones[0].rmdir()
    assert cache_files()[0].is_orphan
    opened.cache(evolve(SHOP, clone=str(clones[1]))).close()
    assert [cache.clone for cache in cache_files()] == [str(clones[1])]
