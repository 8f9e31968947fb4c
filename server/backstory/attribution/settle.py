"""Competing statements about a line → one attribution, with the dissent kept.

The rules, in this order:

1. The strongest basis leads.
2. At equal basis: an agent or a person before mixed hands somewhere in the commit (a suggestion taken up in a few
   lines), and these before a robot; a statement about lines before one about the whole commit; the repository's own
   notes before a copy of a remote's, and these before records from before notes (`refs/ai/…`); then by locator.
3. Of the statements that agree with the leader on the same basis, the one that tells most (session, model, person)
   speaks for them.
4. What agrees follows the leader; what names another origin disputes it.
5. A recorder's silence claims nothing. It is the reason where nothing else is known, or only something weaker.
6. Whichever statement leads, the attribution is provisional while any of them is.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from backstory.attribution.agreement import agrees
from backstory.model.attribution import NOTHING_KNOWN, Attribution
from backstory.model.evidence import Basis, Evidence
from backstory.model.names import Revision
from backstory.model.origin import UNKNOWN_ORIGIN, Contributor


def settle(evidence: Iterable[Evidence]) -> Attribution:
    """Return the one attribution of a line that all of `evidence` is about, whatever order it comes in."""
    return settle_in_order(in_order(evidence))


def settle_in_order(statements: Sequence[Evidence]) -> Attribution:
    """Return the same as `settle` of statements that `in_order` has sorted, or of some of them."""
    claims = [statement for statement in statements if statement.origin.contributor is not Contributor.UNKNOWN]
    silences = [statement for statement in statements if statement.origin.contributor is Contributor.UNKNOWN]
    if not claims:
        return _unclaimed(silences)
    leader = _spokesman(claims)
    support: list[Evidence] = [leader]
    dissent: list[Evidence] = []
    for claim in claims:
        if claim is not leader:
            (support if agrees(leader, claim) else dissent).append(claim)
    is_silent = bool(silences) and silences[0].basis > leader.basis
    return Attribution(
        leader.origin,
        leader.basis,
        evidence=tuple(support),
        disputed_by=tuple(dissent),
        reason=_silence_reason(silences[0]) if is_silent else None,
        is_provisional=_is_provisional(statements),
    )


def settle_at_cut(statements: Sequence[Evidence], revision: Revision) -> Attribution:
    """Return the attribution of a line whose history a shallow clone ends at `revision`: unknown, whatever is claimed.

    Git gives such a commit every line that is older too, so that a record about it may speak of lines that it did not
    write. The record's claims stand as dissent, in the order that `in_order` gave them.
    """
    claims = tuple(claim for claim in statements if claim.origin.contributor is not Contributor.UNKNOWN)
    reason = f"The history of this clone ends at {revision[:7]}; older commits may have written this line."
    return Attribution(
        UNKNOWN_ORIGIN, Basis.NONE, disputed_by=claims, reason=reason, is_provisional=_is_provisional(statements)
    )


def in_order(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return each different statement once, by rules 1 and 2; what they leave open, the rest of each decides."""
    statements = sorted(evidence, key=_rank)
    if any(_rank(one) == _rank(other) for one, other in pairwise(statements)):
        statements.sort(key=lambda statement: (_rank(statement), _remainder(statement)))
    return [statement for index, statement in enumerate(statements) if not index or statement != statements[index - 1]]


def _rank(evidence: Evidence) -> tuple[int, int, bool, int, str, str, str]:
    """Sort key of rules 1 and 2."""
    locator = evidence.locator
    is_general = evidence.lines is None
    place = (_remoteness(locator), locator, evidence.source, evidence.statement)
    return (-evidence.basis, _weakness(evidence), is_general, *place)


def _remoteness(locator: str) -> int:
    """Return how far from the repository's own notes a record is kept."""
    if not locator.startswith("refs/"):
        return 0
    if locator.startswith("refs/remotes/") or "-remote/" in locator:  # git-ai fetches into refs/notes/ai-remote/
        return 1
    return 0 if locator.startswith("refs/notes/") else 2


def _weakness(evidence: Evidence) -> int:
    if evidence.origin.contributor is Contributor.BOT:
        return 2
    return int(evidence.origin.contributor is Contributor.MIXED and evidence.lines is None)


def _remainder(evidence: Evidence) -> tuple[Any, ...]:
    """Sort key that tells apart any two statements of one rank."""
    origin = evidence.origin
    agent, session, person = origin.agent, origin.session, origin.person
    told = (
        *((agent.tool, agent.model) if agent else (None, None)),
        *((session.key, session.conversation) if session else (None, None)),
        *((person.name, person.email) if person else (None, None)),
        evidence.prompt_key,
        evidence.path,
    )
    facts = [(fact is None, fact or "") for fact in told]
    return (origin.contributor, evidence.revision, facts, evidence.lines or (), evidence.is_provisional)


def _spokesman(claims: Sequence[Evidence]) -> Evidence:
    """Return the claim that leads, by rules 1 to 3; `claims` is sorted."""
    first = claims[0]
    if len(claims) == 1 or claims[1].basis < first.basis:
        return first
    peers = [claim for claim in claims if claim.basis == first.basis and _says_the_same(first, claim)]
    return max(peers, key=_detail)


def _says_the_same(first: Evidence, other: Evidence) -> bool:
    return first.origin.contributor is other.origin.contributor and agrees(first, other)


def _detail(evidence: Evidence) -> int:
    """Count what the statement tells of its origin."""
    origin, agent = evidence.origin, evidence.origin.agent
    told = (origin.session, agent and agent.tool, agent and agent.model, origin.person)
    return sum(fact is not None for fact in told)


def _unclaimed(silences: Sequence[Evidence]) -> Attribution:
    if not silences:
        return NOTHING_KNOWN
    return Attribution(
        UNKNOWN_ORIGIN,
        Basis.NONE,
        tuple(silences),
        reason=_silence_reason(silences[0]),
        is_provisional=_is_provisional(silences),
    )


def _is_provisional(statements: Iterable[Evidence]) -> bool:
    return any(statement.is_provisional for statement in statements)


def _silence_reason(silence: Evidence) -> str:
    if silence.basis < Basis.RECORDED:
        return silence.statement  # why a text that some record has does not tell
    if silence.lines is None:
        return f"{silence.source} recorded this commit but does not claim this line."
    return f"{silence.source} recorded this line but not who or what wrote it."
