"""docs/cli.md says what the command line does: every command, option, status, field and code, and no other."""

import argparse
import importlib
import re
from pathlib import Path

import pytest
from annotations import annotated_file
from answers import answer, attribution, commit, prompt, share
from attrs import evolve

from backstory.cli import main as command_line
from backstory.model.answer import Portion, PromptAnswer, RangeAnswer
from backstory.model.diagnosis import Advice, Diagnosis, SourceReport
from backstory.model.errors import BackstoryError
from backstory.model.evidence import Basis, Unreadable
from backstory.model.lines import LineRange
from backstory.model.located import Candidate, LineState, LocatedFrame, LocatedTrace, Resolved, Suspect
from backstory.model.names import RepoPath
from backstory.model.origin import Contributor
from backstory.model.prompt import Conversation, PromptMissing, Speaker, Turn
from backstory.model.region import Region
from backstory.model.stacktrace import Frame, StackTrace
from backstory.model.state import State, StateCode
from backstory.views.gutter import DOUBTFUL, WORDS
from backstory.views.records import blame_records, doctor_record, line_record, prompt_record, range_record
from backstory.views.trace_record import traces_record

PAGE = (Path(__file__).parent.parent.parent / "docs" / "cli.md").read_text(encoding="utf-8")
STATE = State(StateCode.SHALLOW, "This clone is shallow.", "git fetch --unshallow")
DISPUTE = {"source": "commit", "basis": "declared", "tool": "cursor"}


def section(heading: str) -> str:
    below = PAGE.split(f"\n{heading}\n", 1)[1]
    return re.split(r"^#{1,3} ", below, maxsplit=1, flags=re.MULTILINE)[0]


def first_cells(text: str) -> list[str]:
    rows = [line for line in text.splitlines() if line.startswith("|")]
    named = [re.findall(r"`([^`]+)`", row.split("|")[1]) for row in rows]
    return [name for names in named for name in names]


def fields_named(text: str) -> set[str]:
    """Every field a section names: in the first column, or in braces."""
    inside = {name for group in re.findall(r"\{([^}]*)\}", text) for name in re.findall(r"[a-z_]+", group)}
    return set(first_cells(text)) | inside


def fields_of(record: object) -> set[str]:
    if isinstance(record, dict):
        return set(record) | {field for key, value in record.items() if key != "details" for field in fields_of(value)}
    if isinstance(record, list):
        return {field for each in record for field in fields_of(each)}
    return set()


def line_sample():
    missing = {"missing": "It is not kept.", "command": "backstory doctor"}
    case = answer(attributed={"disputed_by": [DISPUTE]}, asked=missing)
    return evolve(case, region=Region(LineRange(10, 14), case.attribution, share().unit), states=(STATE,))


def range_sample():
    portion = Portion(
        attribution(disputed_by=[DISPUTE]), (LineRange(1, 3),), prompt(missing="It is not kept."), commit()
    )
    return RangeAnswer(line_sample().path, LineRange(1, 9), (portion,), (share(),), (STATE,))


def doctor_sample():
    unreadable = (Unreadable("git-ai", "refs/notes/ai@2860dda", "The JSON ends early."),)
    report = SourceReport("git-ai", "git-ai notes", 2, 1, 1, unreadable, (("sessions", "1,024"), ("tools", "claude 2")))
    return Diagnosis("/src/shop", None, 0, "2.43.0", (report,), (Advice("a", "b", "c"),), (STATE,))


A_LINE = fields_named(section("### A line"))
MORE_OF_A_LINE = {"path", "commit", "commit_lines_in_file", "region", "unit", "states"}


def test_the_fields_of_a_blamed_line_are_documented():
    records = list(blame_records(annotated_file()))
    told = fields_of(records) | fields_of(next(blame_records(annotated_file())))
    explained = fields_of(line_record(line_sample()))
    assert told | explained == A_LINE
    assert set(records[0]) | MORE_OF_A_LINE == set(line_record(line_sample()))


def test_the_fields_of_a_prompt_are_documented():
    known, missing = Conversation((Turn(Speaker.HUMAN, "Go."),)), PromptMissing("It is not kept.")
    records = [prompt_record(PromptAnswer(answer(), told)) for told in (known, missing)]
    named = section("### A prompt")
    assert all(list(record) == first_cells(named) for record in records)
    assert set().union(*map(fields_of, records)) == fields_named(named)


def test_the_fields_of_stack_traces_are_documented():
    meant = Candidate("/src/shop", RepoPath("pay.py"), "It ends alike.")
    resolved = Resolved("/src/shop", meant.path, 5, None, LineState.EXACT, None, "It is there.")
    frame = LocatedFrame(
        Frame("pay.py", 5, None, None), is_library=False, because="", resolved=resolved, candidates=(meant,)
    )
    trace = StackTrace("python", None, None, (frame.frame,), LineRange(1, 2))
    suspect = Suspect("/src/shop", meant.path, None, 5, 50, ("innermost (+50)",))
    record = traces_record([LocatedTrace(trace, (frame,), (suspect,))])
    assert fields_of(record) == fields_named(section("### Stack traces"))


def test_the_fields_of_some_lines_are_documented():
    record = range_record(range_sample())
    assert set(record) == set(first_cells(section("### Some lines"))) - {"line_count", "commit"}
    assert fields_of(record) <= A_LINE | fields_named(section("### Some lines")) | {"line_count"}
    assert "`line_count`" in section("### Some lines")


def test_the_fields_of_the_report_are_documented():
    record = doctor_record(doctor_sample())
    assert list(record) == first_cells(section("### The doctor's report"))
    assert fields_of(record) == fields_named(section("### The doctor's report"))


def test_counts_in_the_report_are_numbers():
    source = doctor_record(doctor_sample())["sources"][0]
    assert source["details"] == {"sessions": 1024, "tools": "claude 2"}


def test_the_words_of_the_gutter_are_documented():
    words = first_cells(section("## backstory blame FILE"))
    assert sorted(words) == sorted({*WORDS.values(), DOUBTFUL})


def test_every_state_has_its_code_documented():
    assert first_cells(section("### Codes of states")) == [code.value for code in StateCode]


def test_every_contributor_and_basis_is_named():
    text = section("### A line")
    assert all(f"`{kind.value}`" in text for kind in Contributor)
    assert re.findall(r"`(\w+)`", text.split("strongest first:")[1].split("(")[0]) == [
        basis.name.lower() for basis in sorted(Basis, reverse=True)
    ]


def test_every_exit_status_is_documented():
    def statuses(kind):
        return {kind.exit_code}.union(*map(statuses, kind.__subclasses__()))

    for name in command_line.COMMANDS:
        importlib.import_module(f"backstory.cli.{name}")
    own = {getattr(command_line, name) for name in dir(command_line) if name.startswith("EXIT_")}
    assert {int(status) for status in first_cells(section("## Exit statuses"))} == {0} | own | statuses(BackstoryError)


def options(parser: argparse.ArgumentParser) -> set[str]:
    told = (action for action in parser._actions if action.help is not argparse.SUPPRESS)
    return {option for action in told for option in action.option_strings}


def test_every_option_of_all_commands_is_documented():
    head = PAGE.split("\n## ", 1)[0]
    assert set(first_cells(head)) == options(command_line._parser())


@pytest.mark.parametrize("name", command_line.COMMANDS)
def test_every_command_and_its_options_are_documented(name):
    parser = argparse.ArgumentParser(prog=f"backstory {name}")
    importlib.import_module(f"backstory.cli.{name}").add_arguments(parser)
    positional = next(action for action in parser._actions if not action.option_strings)
    place = f"[{positional.metavar}]" if positional.nargs == "?" else positional.metavar
    text = section(f"## backstory {name} {place}")
    assert all(f"`{option}`" in text for option in options(parser) - {"-h", "--help"})
