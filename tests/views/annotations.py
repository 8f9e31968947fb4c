"""Annotated files to show, one attribution a run of lines."""

from answers import PATH, REVISION, attribution, commit, prompt

from backstory.model.answer import AnnotatedFile, AnnotatedLine
from backstory.model.attribution import NOT_COMMITTED, NOTHING_KNOWN
from backstory.model.names import Revision

OTHER = Revision("411cf74f00000000000000000000000000000000")


def annotated_file(states=()):
    agent = attribution()
    doubtful = attribution(basis="declared", model="", session="", asked_by="")
    human = attribution(contributor="human", asked_by="Bob Ray")
    robot = attribution(contributor="bot", basis="authored", asked_by="dependabot[bot]")
    runs = [
        (agent, REVISION, 2),
        (NOTHING_KNOWN, OTHER, 2),
        (human, OTHER, 1),
        (doubtful, OTHER, 1),
        (robot, OTHER, 1),
        (NOT_COMMITTED, None, 1),
    ]
    lines = []
    for origin, revision, count in runs:
        for _ in range(count):
            number = len(lines) + 1
            path, there = (PATH, number) if revision else (None, None)
            asked = prompt() if origin is agent else None
            lines.append(AnnotatedLine(number, origin, revision, path, there, asked))
    commits = {REVISION: commit(), OTHER: commit(author="Cy Fox", revision=OTHER)}
    return AnnotatedFile(PATH, REVISION, tuple(lines), (), (), commits, tuple(states))
