"""Sources that a person does not want to be read."""

from backstory.evidence.source import Source
from backstory.model.diagnosis import SourceReport


def switched_off(source: Source) -> SourceReport:
    """Return the report on a source that is not read."""
    return SourceReport(source.ID, source.NAME, 0, 0, 0, (), absence="Switched off.", is_off=True)
