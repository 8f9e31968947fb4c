import sqlite3
import threading

import pytest
from attrs import evolve
from keeping import SHOP

from backstory.model.state import StateCode
from backstory.store import database as database_module
from backstory.store.errors import CacheRebuiltError, StoreBusyError, StoreError


def remember(cache, *texts):
    with cache.write() as connection:
        connection.executemany("INSERT INTO about VALUES (?)", [(text,) for text in texts])


def remembered(cache):
    with cache.read() as connection:
        return [text for (text,) in connection.execute("SELECT clone FROM about")]


def test_a_cache_outlives_the_process_that_made_it(opened):
    first = opened.cache(SHOP)
    remember(first, "more")
    first.close()
    again = opened.cache(SHOP)
    assert remembered(again) == [SHOP.clone, "more"]
    assert again.states == ()


def test_each_clone_has_its_own_and_work_trees_share_one(opened, tmp_path):
    shop, fork = (evolve(SHOP, clone=str(tmp_path / name)) for name in ("shop", "fork"))
    (tmp_path / "shop").mkdir()
    remember(opened.cache(shop), "more")
    assert remembered(opened.cache(fork)) == [fork.clone]
    assert remembered(opened.cache(evolve(shop, main_root=None))) == [shop.clone, "more"]


def test_what_raises_undoes_the_block(opened):
    cache = opened.cache(SHOP)

    def half_done():
        with cache.write() as connection:
            connection.execute("INSERT INTO about VALUES ('half')")
            raise LookupError

    with pytest.raises(LookupError):
        half_done()
    assert remembered(cache) == [SHOP.clone]


def test_a_reader_sees_one_moment(opened):
    cache = opened.cache(SHOP)
    with cache.read() as connection:
        connection.execute("SELECT * FROM about").fetchall()
        remember(cache, "later")
        assert connection.execute("SELECT count(*) FROM about").fetchone() == (1,)
    assert remembered(cache) == [SHOP.clone, "later"]


def test_readers_cannot_write(opened):
    with pytest.raises(StoreError, match="readonly"), opened.cache(SHOP).read() as connection:
        connection.execute("DELETE FROM about")


def test_threads_read_and_write_at_once(opened):
    cache = opened.cache(SHOP)
    failures = []

    def work(name):
        try:
            for number in range(25):
                remember(cache, f"{name}{number}")
                remembered(cache)
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(remembered(cache)) == 1 + 6 * 25


def test_waiting_for_another_process_ends(opened, monkeypatch):
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.05)
    cache = opened.cache(SHOP)
    other = sqlite3.connect(cache.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError):
        remember(cache, "more")
    assert remembered(cache) == [SHOP.clone]
    other.close()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"This is no database. " * 1000,
        lambda raw: raw[:5000],
        lambda raw: raw[:100] + bytes(len(raw) - 100),
        lambda raw: raw[:4096] + b"\x07" * (len(raw) - 4096),
    ],
    ids=["garbage", "truncated", "zeros", "broken pages"],
)
def test_a_damaged_cache_is_set_aside_and_made_again(opened, state, damage):
    opened.facts().close()
    facts = (state / "facts.sqlite3").read_bytes()
    cache = opened.cache(SHOP)
    remember(cache, *(f"text {number}" for number in range(1000)))
    path = cache.path
    cache.close()
    path.write_bytes(damage(path.read_bytes()))
    again = opened.cache(SHOP)
    try:
        texts = remembered(again)
    except CacheRebuiltError:
        texts = remembered(again)
    assert texts == [SHOP.clone]
    [told] = again.states
    assert told.code == StateCode.STORE_LIMITED
    [aside] = asides(path)
    assert aside.name in told.reason
    assert (state / "facts.sqlite3").read_bytes() == facts


def asides(path):
    """Return the damaged files beside a cache, without their logs."""
    return [aside for aside in path.parent.glob("*.damaged-*") if not aside.name.endswith(("-wal", "-shm"))]


def test_damage_met_twice_keeps_both(opened):
    for _ in range(2):
        cache = opened.cache(SHOP)
        cache.close()
        cache.path.write_bytes(b"no database at all, " * 500)
    path = opened.cache(SHOP).path
    assert len(asides(path)) == 2


def test_a_newer_cache_is_not_touched(opened):
    cache = opened.cache(SHOP)
    path = cache.path
    cache.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = path.read_bytes()
    instead = opened.cache(SHOP)
    assert instead.path is None
    assert "newer Backstory" in instead.states[0].reason
    remember(instead, "more")
    assert remembered(instead) == [SHOP.clone, "more"]
    assert path.read_bytes() == before


def test_where_the_state_folder_is_no_good_the_cache_folder_serves(opened, state, tmp_path):
    state.parent.write_text("a file where the folder should be")
    cache = opened.cache(SHOP)
    assert cache.path.is_relative_to(tmp_path / "cache" / "backstory")
    assert "cannot be written" in cache.states[0].reason


def test_where_no_folder_is_any_good_memory_serves(opened, state, tmp_path):
    state.parent.write_text("a file where the folder should be")
    (tmp_path / "cache").write_text("here too")
    cache = opened.cache(SHOP)
    assert cache.path is None
    assert "in memory" in cache.states[-1].reason
    remember(cache, "more")
    assert remembered(cache) == [SHOP.clone, "more"]


def test_a_network_file_system_gets_no_log_ahead(opened, monkeypatch):
    monkeypatch.setattr(database_module, "network_file_system", lambda _: "nfs4")
    cache = opened.cache(SHOP)
    remember(cache, "more")
    with cache.read() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not cache.path.with_name("cache.sqlite3-wal").exists()
