"""Days in words: near ones by their distance, all others by their date."""

from datetime import date, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_of(moment: datetime, today: date) -> str:
    """Return the day of `moment` by its own clock: `today, 14:02`, `yesterday`, `3 days ago`, `12 Mar 2026`."""
    days = (today - moment.date()).days
    if days == 0:
        return f"today, {moment:%H:%M}"
    if days == 1:
        return "yesterday"
    if 1 < days <= 7:
        return f"{days} days ago"
    return full_date(moment)


def full_date(day: date) -> str:
    """Return `12 Mar 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
