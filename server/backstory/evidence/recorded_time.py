"""Times as records write them: ISO 8601."""

from datetime import UTC, datetime


def recorded_time(recorded: str | None) -> datetime | None:
    """Return a recorded time in UTC; None when it has no offset, for then nobody knows what it means."""
    if not recorded:
        return None
    try:
        time = datetime.fromisoformat(recorded)
        return time.astimezone(UTC) if time.tzinfo else None
    except (ValueError, OverflowError):
        return None
