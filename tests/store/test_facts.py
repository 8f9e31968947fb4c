from datetime import UTC, datetime

import pytest
from attrs import evolve
from keeping import ROOT, SHOP, asked

from backstory.model.names import Revision
from backstory.model.prompt import Prompt
from backstory.model.repository import RepositoryIdentity
from backstory.store.errors import StoreError
from backstory.store.facts import have_facts
from backstory.store.kept_prompt import line_digest

OTHER_ROOT = Revision("2" * 40)


def test_what_is_kept_is_found_by_the_next_process(opened):
    first = opened.facts()
    assert first.of(SHOP).keep([asked("e1"), asked("e2")]) == 2
    first.close()
    here = opened.facts().of(SHOP)
    assert here.find("claude-code", "e1") == asked("e1")
    assert here.find("codex", "e1") is None
    assert here.all() == (asked("e1"), asked("e2"))


def test_keeping_twice_changes_nothing(opened):
    here = opened.facts().of(SHOP)
    here.keep([asked("e1", "Round up.")])
    assert here.keep([asked("e1", "Something else."), asked("e2")]) == 1
    assert here.find("claude-code", "e1").prompt.request == "Round up."


def test_a_session_is_known_by_its_key_and_by_the_agents_id(opened):
    here = opened.facts().of(SHOP)
    here.keep([asked("e1", session="s_1"), asked("e2", session="s_2")])
    assert here.of_session("s_2") == here.of_session("conversation of s_2") == (asked("e2", session="s_2"),)


def test_little_may_be_known_of_a_request(opened):
    bare = evolve(asked("e1"), prompt=Prompt("Go."), session=None, agent=None, asked_by=None)
    here = opened.facts().of(SHOP)
    here.keep([bare])
    assert here.all() == (bare,)


def test_secrets_are_masked_before_anything_is_stored(opened, state):
    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    facts = opened.facts()
    kept = evolve(asked("e1"), prompt=Prompt(f"Use {secret} here.", f"Task with {secret}"), locator=f"~/{secret}.jsonl")
    facts.of(SHOP).keep([kept])
    found = facts.of(SHOP).find("claude-code", "e1")
    assert found.prompt == Prompt("Use [masked: GitHub token] here.", "Task with [masked: GitHub token]")
    facts.close()
    assert not [path for path in state.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    "text", ["half \ud83d a pair", "broken \udcff byte", "nothing \0 at all", "", "’; DROP TABLE x;--"]
)
def test_any_text_can_be_kept(opened, text):
    here = opened.facts().of(SHOP)
    here.keep([asked(f"key {text}", text)])
    assert len(here.find("claude-code", f"key {text}").prompt.request) == len(text)


def test_moments_are_kept_in_utc(opened):
    here = opened.facts().of(SHOP)
    here.keep([evolve(asked("e1"), kept_at=datetime.fromisoformat("2026-03-02T10:00:00+01:00"))])
    assert here.find("claude-code", "e1").kept_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert here.find("claude-code", "e1").kept_at.tzinfo is UTC


def test_clones_share_facts_and_other_repositories_do_not(opened):
    facts = opened.facts()
    facts.of(SHOP).keep([asked("e1")])
    assert facts.of(evolve(SHOP, clone="/elsewhere/shop/.git")).all()
    of_the_same_name = RepositoryIdentity("/private/shop/.git", OTHER_ROOT, frozenset({OTHER_ROOT}))
    assert facts.of(of_the_same_name).all() == ()


def test_a_shallow_clone_joins_its_repository_once_its_root_is_known(opened):
    facts = opened.facts()
    shallow = RepositoryIdentity("/clones/shallow/.git")
    facts.of(SHOP).keep([asked("e1")])
    facts.of(shallow).keep([asked("e1"), asked("e2")])
    assert len(facts.of(SHOP).all()) == 1
    whole = evolve(SHOP, clone=shallow.clone)
    assert {kept.prompt_key for kept in facts.of(whole).all()} == {"e1", "e2"}
    assert facts.of(whole).keep([asked("e3")]) == 1
    assert {kept.prompt_key for kept in facts.of(SHOP).all()} == {"e1", "e2", "e3"}


def test_the_only_clone_gets_its_root_later(opened):
    facts = opened.facts()
    without_commits = RepositoryIdentity(SHOP.clone)
    facts.of(without_commits).keep([asked("e1")])
    facts.of(SHOP).keep([])
    assert facts.of(evolve(SHOP, clone="/elsewhere/.git")).find("claude-code", "e1")


def test_another_branch_without_common_history_is_still_the_same_repository(opened):
    facts = opened.facts()
    facts.of(SHOP).keep([asked("e1")])
    on_pages_branch = RepositoryIdentity(SHOP.clone, OTHER_ROOT, frozenset({ROOT, OTHER_ROOT}))
    assert facts.of(on_pages_branch).all()


def test_another_repository_in_the_same_place_is_another_one(opened):
    facts = opened.facts()
    facts.of(SHOP).keep([asked("e1")])
    successor = RepositoryIdentity(SHOP.clone, OTHER_ROOT, frozenset({OTHER_ROOT}))
    assert facts.of(successor).all() == ()
    facts.of(successor).keep([asked("e2")])
    assert [kept.prompt_key for kept in facts.of(successor).all()] == ["e2"]
    assert [kept.prompt_key for kept in facts.of(evolve(SHOP, clone="/elsewhere/.git")).all()] == ["e1"]


def test_a_closed_store_says_so(opened):
    facts = opened.facts()
    facts.close()
    with pytest.raises(StoreError, match="closed"):
        facts.of(SHOP).all()
    with pytest.raises(StoreError, match="closed"):
        facts.of(SHOP).keep([asked("e1")])


def test_a_fact_is_flushed_to_the_disk_before_it_counts_as_kept(opened):
    with opened.facts().database.write() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_a_request_that_led_to_more_lines_learns_of_them(opened):
    facts = opened.facts()
    kept = asked("a")
    few, more = frozenset({line_digest("charge()")}), frozenset({line_digest("charge()"), line_digest("  refund()")})
    assert facts.of(SHOP).keep([evolve(kept, lines=few)]) == 1
    assert facts.of(SHOP).keep([evolve(kept, lines=more)]) == 0
    assert facts.of(SHOP).keep([evolve(kept, lines=few)]) == 0
    (found,) = facts.of(SHOP).all()
    assert found.lines == more
    assert line_digest("refund()") in found.lines


def test_whether_anything_was_kept_is_told_without_a_trace(opened):
    assert not have_facts()
    assert not have_facts()
    opened.facts().of(SHOP).keep([asked("a")])
    assert have_facts()
