from attrs import evolve

from backstory.model.diagnosis import Advice, Diagnosis, NamedSession, SourceReport
from backstory.model.evidence import Unreadable
from backstory.model.names import Revision
from backstory.model.origin import Session
from backstory.model.state import State, StateCode
from backstory.views.columns import width_of
from backstory.views.doctor import diagnosed
from backstory.views.paint import unpainted

NOTES = SourceReport(
    "git-ai",
    "git-ai notes",
    found=10_685,
    on_head=2_413,
    read=10_678,
    unreadable=tuple(Unreadable("git-ai", f"refs/notes/ai@000000{each}", "The JSON ends early.") for each in range(7)),
    details=(("sessions", "423"), ("records by tool", "claude 15,851, cursor 5,479, codex 4,801, devin 30, amp 3")),
)
TRAILERS = SourceReport("commit", "commit trailers", 0, 0, 0, (), absence="No commit names an agent or a robot.")


def printed(*sources, advice=(), states=(), head="2860dda1f4b2c3d4e5f60718293a4b5c6d7e8f90"):
    diagnosis = Diagnosis("/src/shop", Revision(head) if head else None, 5_337, "2.43.0", sources, advice, states)
    return list(diagnosed(diagnosis, width=80, paint=unpainted))


def test_a_source_tells_what_was_found_and_what_could_not_be_read():
    assert printed(NOTES) == [
        "/src/shop",
        "HEAD 2860dda · 5,337 commits · git 2.43.0",
        "",
        "git-ai notes · 10,685 found, 2,413 on HEAD, 10,678 read",
        "  sessions         423",
        "  records by tool  claude 15,851, cursor 5,479, codex 4,801, devin 30, amp 3",
        "  7 records could not be read",
        *(f"    refs/notes/ai@000000{each}: The JSON ends early." for each in range(5)),
        "    … 2 more: --json has them all",
        "",
        "Nothing is missing that a command could bring.",
    ]


def test_what_sources_have_in_common_is_told_by_what_each_of_them_is():
    named = frozenset({NamedSession(Session("s_1", None), "claude")})
    quiet = evolve(NOTES, details=(), unreadable=())
    assert printed(evolve(quiet, named=named, joined=3, carried=1_224))[4:6] == [
        "  sessions whose requests another source has  3",
        "  records whose lines are looked for by text  1,224",
    ]
    assert printed(evolve(quiet, named=named))[4:6] == ["  sessions whose requests another source has  0", ""]
    assert printed(evolve(quiet, joined=3))[4:6] == ["  sessions that another source's record names  3", ""]
    assert printed(quiet)[4] == ""


def test_where_there_is_nothing_but_something_to_tell_it_says_why():
    elsewhere = evolve(TRAILERS, details=(("commits of others", "3"),))
    assert printed(elsewhere)[3:6] == [
        "commit trailers · nothing found",
        "  No commit names an agent or a robot.",
        "  commits of others  3",
    ]


def test_sources_of_which_there_is_nothing_to_tell_share_a_line():
    others = [evolve(TRAILERS, name=name) for name in ("Entire checkpoints", "whogitit notes", "aider chat history")]
    off = evolve(TRAILERS, name="Codex transcripts", is_off=True)
    assert printed(TRAILERS, NOTES, off, *others)[-6:-2] == [
        "",
        "Nothing from: commit trailers, Entire checkpoints, whogitit notes, aider chat",
        "  history (--json says why)",
        "Switched off: Codex transcripts",
    ]


def test_advice_is_a_problem_a_command_on_a_line_of_its_own_and_what_it_brings():
    command = "git fetch origin 'refs/notes/*:refs/notes/*' && a command that is longer than any terminal is wide"
    advice = Advice("Notes are not here.", command, "line by line records of agents")
    assert printed(advice=(advice,))[3:] == [
        "What would help",
        "- Notes are not here.",
        f"    {command}",
        "  brings line by line records of agents",
    ]


def test_limits_of_the_repository_come_first():
    states = (State(StateCode.SHALLOW, "This clone is shallow: " + "its history was cut. " * 5),)
    lines = printed(states=states, head=None)
    assert lines[1] == "no commits yet · 5,337 commits · git 2.43.0"
    assert lines[2].startswith("! This clone is shallow:")
    assert all(width_of(line) <= 80 for line in lines)
