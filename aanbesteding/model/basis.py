"""What every table shares: moments in UTC, JSON content and a key."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, TypeDecorator
from sqlmodel import Field


class UtcMoment(TypeDecorator[datetime]):
    """A moment as UTC, aware on the way in and out.

    SQLite drops the zone, PostgreSQL keeps it; a naive datetime is refused, because guessing a zone would
    move a deadline by an hour or two.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def sleutelveld() -> Any:
    return Field(default=None, primary_key=True)


def moment(*, leeg: bool = False, index: bool = False) -> Any:
    if leeg:
        return Field(default=None, sa_type=UtcMoment, nullable=True, index=index)
    return Field(sa_type=UtcMoment, index=index)


def inhoud() -> Any:
    return Field(default_factory=dict, sa_type=JSON)


def lijst() -> Any:
    return Field(default_factory=list, sa_type=JSON)


def naar(tabel: str, *, leeg: bool = False) -> Any:
    """A foreign key, indexed; what a decision rests on is never deleted, so nothing cascades."""
    if leeg:
        return Field(default=None, foreign_key=f"{tabel}.id", index=True, nullable=True)
    return Field(foreign_key=f"{tabel}.id", index=True)
