"""When a clone is told to fetch notes."""

import pytest
from attrs import evolve

from backstory.evidence import SOURCES
from backstory.evidence.notes_advice import TRAVELLING, advice_to_fetch
from backstory.evidence.switched_off import switched_off
from backstory.history.repository import discover
from backstory.model.diagnosis import SourceReport
from notation.repository import git

FETCH = "git fetch upstream 'refs/notes/*:refs/notes/*'"
NOTHING = [SourceReport(source.ID, source.NAME, 0, 0, 0, ()) for source in SOURCES]


@pytest.fixture
def clone(tmp_path):
    git(tmp_path, "init", "-q", ".")
    git(tmp_path, "remote", "add", "upstream", "https://example.com/shop")
    return tmp_path


def advised(folder, reports):
    return [each.command for each in advice_to_fetch(discover(folder), reports)]


def with_one(source):
    return [evolve(report, found=1) if report.id == source else report for report in NOTHING]


def test_a_clone_without_any_record_is_told_to_fetch_notes(clone):
    (advice,) = advice_to_fetch(discover(clone), NOTHING)
    assert advice.command == FETCH
    assert "leave them out" in advice.problem
    git(clone, "config", "--add", "remote.upstream.fetch", "+refs/notes/*:refs/notes/*")
    (advice,) = advice_to_fetch(discover(clone), NOTHING)
    assert "the remote may have none" in advice.problem


@pytest.mark.parametrize("source", sorted(TRAVELLING))
def test_one_that_has_records_of_any_recorder_is_not(clone, source):
    assert advised(clone, with_one(source)) == []


@pytest.mark.parametrize("source", sorted({source.ID for source in SOURCES} - TRAVELLING))
def test_records_of_this_machine_or_in_commits_bring_no_notes(clone, source):
    assert advised(clone, with_one(source)) == [FETCH]


def test_nobody_is_told_to_fetch_what_is_not_read(clone):
    assert advised(clone, [switched_off(source) for source in SOURCES]) == []


def test_without_a_remote_there_is_nothing_to_fetch(clone):
    git(clone, "remote", "remove", "upstream")
    assert advised(clone, NOTHING) == []


def test_every_recorder_named_is_a_source():
    assert {source.ID for source in SOURCES} >= TRAVELLING
