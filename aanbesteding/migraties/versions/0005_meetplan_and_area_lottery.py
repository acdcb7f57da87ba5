"""what the coalition says of its measuring plan, and the lottery of areas

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from aanbesteding.model.basis import UtcMoment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meetplanreactie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meetplanversie_id", sa.Integer(), nullable=False),
        sa.Column("deelnemer_id", sa.Integer(), nullable=False),
        sa.Column("akkoord", sa.Boolean(), nullable=False),
        sa.Column("opmerking", AutoString(), nullable=False),
        sa.Column("gegeven_op", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["deelnemer_id"], ["deelnemer.id"]),
        sa.ForeignKeyConstraint(["meetplanversie_id"], ["meetplanversie.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for kolom in ("meetplanversie_id", "deelnemer_id"):
        op.create_index(f"ix_meetplanreactie_{kolom}", "meetplanreactie", [kolom], unique=False)
    op.create_table(
        "gebiedenloting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("voorstel_id", sa.Integer(), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("kandidaten", sa.JSON(), nullable=False),
        sa.Column("startmomenten", sa.JSON(), nullable=False),
        sa.Column("bronnen", sa.JSON(), nullable=False),
        sa.Column("geschiktheid", AutoString(), nullable=False),
        sa.Column("lijst_sha256", AutoString(), nullable=False),
        sa.Column("aangekondigd_op", UtcMoment(), nullable=False),
        sa.Column("trekken_vanaf", UtcMoment(), nullable=False),
        sa.Column("uitkomst", sa.JSON(), nullable=False),
        sa.Column("getrokken_op", UtcMoment(), nullable=True),
        sa.Column("vervallen_op", UtcMoment(), nullable=True),
        sa.Column("vervallen_reden", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["voorstel_id"], ["voorstel.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("voorstel_id", "nummer"),
    )
    op.create_index("ix_gebiedenloting_voorstel_id", "gebiedenloting", ["voorstel_id"], unique=False)


def downgrade() -> None:
    op.drop_table("gebiedenloting")
    op.drop_table("meetplanreactie")
