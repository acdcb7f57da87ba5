"""a pair of an assessor who dropped out stays, but counts no more

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from aanbesteding.model.basis import UtcMoment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Plain ADD COLUMN: rebuilding the table in SQLite would drop it while scores point to it."""
    op.add_column("toewijzing", sa.Column("vervallen_op", UtcMoment(), nullable=True))
    op.add_column("toewijzing", sa.Column("vervallen_reden", AutoString(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("toewijzing", "vervallen_reden")
    op.drop_column("toewijzing", "vervallen_op")
