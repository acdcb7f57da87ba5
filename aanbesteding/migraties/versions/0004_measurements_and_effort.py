"""files of measurements, suppressed and corrected values, the effort of a coalition per area

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from aanbesteding.model.basis import UtcMoment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meetbestand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("naam", AutoString(), nullable=False),
        sa.Column("hash", AutoString(), nullable=False),
        sa.Column("vorm", AutoString(), nullable=False),
        sa.Column("keuzes", sa.JSON(), nullable=False),
        sa.Column("uitkomst", sa.JSON(), nullable=False),
        sa.Column("ingelezen_op", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_meetbestand_pilot_id", "meetbestand", ["pilot_id"], unique=False)
    op.create_table(
        "inspanning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("gebied", AutoString(), nullable=False),
        sa.Column("periode", AutoString(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("uren", sa.Integer(), nullable=False),
        sa.Column("deelnemers", sa.Integer(), nullable=False),
        sa.Column("activiteiten", sa.Integer(), nullable=False),
        sa.Column("toelichting", AutoString(), nullable=False),
        sa.Column("ingevoerd_op", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("pilot_id", "gebied", "periode", "versie"),
    )
    op.create_index("ix_inspanning_pilot_id", "inspanning", ["pilot_id"], unique=False)
    with op.batch_alter_table("meetwaarde", schema=None) as batch_op:
        batch_op.alter_column("waarde", existing_type=sa.Float(), nullable=True)
        batch_op.add_column(sa.Column("reden", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("onderdrukt", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("meetbestand_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_meetwaarde_meetbestand_id", "meetbestand", ["meetbestand_id"], ["id"])
        batch_op.create_index("ix_meetwaarde_meetbestand_id", ["meetbestand_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("meetwaarde", schema=None) as batch_op:
        batch_op.drop_index("ix_meetwaarde_meetbestand_id")
        batch_op.drop_constraint("fk_meetwaarde_meetbestand_id", type_="foreignkey")
        for kolom in ("meetbestand_id", "onderdrukt", "reden"):
            batch_op.drop_column(kolom)
    op.drop_table("inspanning")
    op.drop_table("meetbestand")
