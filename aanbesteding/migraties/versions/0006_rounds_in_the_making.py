"""rounds that are being made in the browser

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from aanbesteding.model.basis import UtcMoment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rondeontwerp",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("eigenaar_id", sa.Integer(), nullable=False),
        sa.Column("van", AutoString(), nullable=False),
        sa.Column("regels", sa.JSON(), nullable=False),
        sa.Column("mensen", sa.JSON(), nullable=False),
        sa.Column("organisaties", sa.JSON(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("gewijzigd_op", UtcMoment(), nullable=False),
        sa.Column("gestart_op", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(["eigenaar_id"], ["persoon.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_rondeontwerp_eigenaar_id", "rondeontwerp", ["eigenaar_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_rondeontwerp_eigenaar_id", table_name="rondeontwerp")
    op.drop_table("rondeontwerp")
