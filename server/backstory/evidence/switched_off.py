"""Sources that a person does not want to be read."""

from backstory.evidence.source import Source
from backstory.model.diagnosis import SourceReport

SWITCHED_OFF = "Switched off."


def switched_off(source: Source) -> SourceReport:
    """Return the report on a source that is not read."""
    return SourceReport(source.ID, source.NAME, 0, 0, 0, (), absence=SWITCHED_OFF)


def is_switched_off(report: SourceReport) -> bool:
    """Tell whether a report says that its source is not read."""
    return report.absence == SWITCHED_OFF
