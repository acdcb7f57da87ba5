"""Whether the site and its database work: for the supervisor and for the municipality's monitoring."""

from fastapi import APIRouter, Response
from sqlalchemy import text

from ..middelen import Database

router = APIRouter()


@router.get("/gezond")
def gezond(session: Database) -> Response:
    session.exec(text("SELECT 1"))  # type: ignore[call-overload]
    return Response("ok", media_type="text/plain")
