"""The real clock, read in this one place; everywhere else `nu` is a parameter (ontwerp.md §8)."""

from datetime import UTC, datetime


def nu() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)
