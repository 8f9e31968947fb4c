"""One answer per line, with its receipts."""

from attrs import frozen

from backstory.model.evidence import Basis, Evidence
from backstory.model.origin import UNKNOWN_ORIGIN, Origin


@frozen
class Attribution:
    """Which origin a line has, on what basis, and who disagrees."""

    origin: Origin
    basis: Basis
    evidence: tuple[Evidence, ...] = ()
    """The leading statement first, then those that agree with it."""

    disputed_by: tuple[Evidence, ...] = ()
    """Statements of weaker (or equal) basis that name another origin."""

    reason: str | None = None
    """Why the origin is unknown, or what limits the claim; a sentence, None when there is nothing to add."""

    is_provisional: bool = False
    """True while a source may say otherwise once it has done the work it put off."""


NOTHING_KNOWN = Attribution(UNKNOWN_ORIGIN, Basis.NONE, reason="No record says who or what wrote this line.")
NOT_COMMITTED = Attribution(
    UNKNOWN_ORIGIN, Basis.NONE, reason="Typed or pasted here, not committed; no agent's record mentions it."
)
