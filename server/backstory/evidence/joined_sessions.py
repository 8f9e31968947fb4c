"""Which sessions have both: a record that names them in one source, and the conversation in another.

Conversations are listed once, by each name that a record may give them; nothing is looked for session by session.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from backstory.evidence.edit_meant import session_keys
from backstory.evidence.kept_requests import STORE
from backstory.model.diagnosis import HeldConversation, NamedSession, SourceReport
from backstory.model.origin import Origin


def with_joins(reports: Sequence[SourceReport], kept: frozenset[HeldConversation]) -> tuple[SourceReport, ...]:
    """Return the reports with what each one's sessions have in another source; `kept` are those a person kept of."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for source, held in (*((report.id, report.held) for report in reports), (STORE, kept)):
        for conversation in held:
            holders[conversation.id].add(source)
    meant = _Meant(reports, kept)
    named = {report.id: meant.by(report.named) for report in reports}
    naming: defaultdict[str, set[str]] = defaultdict(set)
    for source, conversations in named.items():
        for each in conversations:
            naming[each].add(source)
    return tuple(
        evolve(
            report,
            joined=(
                _elsewhere(report, named[report.id], holders)
                if report.named
                else _elsewhere(report, {conversation.id for conversation in report.held}, naming)
            ),
        )
        for report in reports
    )


def sessions_named(origins: Iterable[Origin]) -> frozenset[NamedSession]:
    """Return the sessions that records name."""
    return frozenset(
        NamedSession(origin.session, origin.agent.tool if origin.agent else None)
        for origin in origins
        if origin.session
    )


class _Meant:
    """Tells which conversations records mean, as `is_session` does, for all of them at once."""

    def __init__(self, reports: Sequence[SourceReport], kept: frozenset[HeldConversation]) -> None:
        held = kept.union(*(report.held for report in reports))
        tools = {named.tool for report in reports for named in report.named}
        self._ids = {conversation.id for conversation in held}
        self._keys: defaultdict[str, set[str]] = defaultdict(set)
        for conversation in held:
            for tool in {conversation.tool} if conversation.tool else tools:
                for key in session_keys(tool, conversation.id):
                    self._keys[key].add(conversation.id)

    def by(self, named: Iterable[NamedSession]) -> set[str]:
        """Return the ids of the conversations that some sessions are."""
        found: set[str] = set()
        for each in named:
            session = each.session
            if session.conversation is None:
                found |= self._keys.get(session.key, set())
            elif session.conversation in self._ids:
                found.add(session.conversation)
        return found


def _elsewhere(report: SourceReport, conversations: Iterable[str], sources: Mapping[str, set[str]]) -> int:
    """Return how many of some conversations another source has too."""
    return sum(bool(sources.get(each, set()) - {report.id}) for each in conversations)
