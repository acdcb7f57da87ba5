"""login links and sessions; drafts, files, comments and what waits for a second person

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from aanbesteding.model.basis import UtcMoment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aanmeldpoging",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wie", AutoString(), nullable=False),
        sa.Column("moment", UtcMoment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("aanmeldpoging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aanmeldpoging_moment"), ["moment"], unique=False)
        batch_op.create_index(batch_op.f("ix_aanmeldpoging_wie"), ["wie"], unique=False)

    op.create_table(
        "aanmeldlink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("persoon_id", sa.Integer(), nullable=False),
        sa.Column("sleutelhash", AutoString(), nullable=False),
        sa.Column("terug", AutoString(), nullable=False),
        sa.Column("aangevraagd_op", UtcMoment(), nullable=False),
        sa.Column("geldig_tot", UtcMoment(), nullable=False),
        sa.Column("gebruikt_op", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["persoon_id"],
            ["persoon.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("aanmeldlink", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aanmeldlink_persoon_id"), ["persoon_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_aanmeldlink_sleutelhash"), ["sleutelhash"], unique=True)

    op.create_table(
        "websessie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("persoon_id", sa.Integer(), nullable=False),
        sa.Column("sleutelhash", AutoString(), nullable=False),
        sa.Column("wijze", AutoString(), nullable=False),
        sa.Column("apparaat", AutoString(), nullable=False),
        sa.Column("begonnen_op", UtcMoment(), nullable=False),
        sa.Column("gezien_op", UtcMoment(), nullable=False),
        sa.Column("geldig_tot", UtcMoment(), nullable=False),
        sa.Column("beeindigd_op", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["persoon_id"],
            ["persoon.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("websessie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_websessie_persoon_id"), ["persoon_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_websessie_sleutelhash"), ["sleutelhash"], unique=True)

    op.create_table(
        "collegevraag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ronde_id", sa.Integer(), nullable=False),
        sa.Column("soort", AutoString(), nullable=False),
        sa.Column("deelnemer_id", sa.Integer(), nullable=False),
        sa.Column("tekst", AutoString(), nullable=False),
        sa.Column("gesteld_op", UtcMoment(), nullable=False),
        sa.Column("antwoord", AutoString(), nullable=False),
        sa.Column("antwoord_van", sa.Integer(), nullable=True),
        sa.Column("beantwoord_op", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["antwoord_van"],
            ["deelnemer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["deelnemer_id"],
            ["deelnemer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ronde_id"],
            ["ronde.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("collegevraag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collegevraag_antwoord_van"), ["antwoord_van"], unique=False)
        batch_op.create_index(batch_op.f("ix_collegevraag_deelnemer_id"), ["deelnemer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_collegevraag_ronde_id"), ["ronde_id"], unique=False)

    op.create_table(
        "concept",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deelnemer_id", sa.Integer(), nullable=False),
        sa.Column("sleutel", AutoString(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("inhoud", sa.JSON(), nullable=False),
        sa.Column("vastgehouden", sa.Boolean(), nullable=False),
        sa.Column("bewaard_op", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deelnemer_id"],
            ["deelnemer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("deelnemer_id", "sleutel", "versie"),
    )
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concept_deelnemer_id"), ["deelnemer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concept_sleutel"), ["sleutel"], unique=False)

    op.create_table(
        "voornemen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ronde_id", sa.Integer(), nullable=False),
        sa.Column("handeling", AutoString(), nullable=False),
        sa.Column("gegevens", sa.JSON(), nullable=False),
        sa.Column("deelnemer_id", sa.Integer(), nullable=False),
        sa.Column("gemaakt_op", UtcMoment(), nullable=False),
        sa.Column("stand", AutoString(), nullable=False),
        sa.Column("tweede_id", sa.Integer(), nullable=True),
        sa.Column("afgehandeld_op", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deelnemer_id"],
            ["deelnemer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ronde_id"],
            ["ronde.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tweede_id"],
            ["deelnemer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("voornemen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voornemen_deelnemer_id"), ["deelnemer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voornemen_ronde_id"), ["ronde_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voornemen_tweede_id"), ["tweede_id"], unique=False)

    op.create_table(
        "aansluitverzoek",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalitie_id", sa.Integer(), nullable=False),
        sa.Column("organisatie_id", sa.Integer(), nullable=False),
        sa.Column("deelnemer_id", sa.Integer(), nullable=False),
        sa.Column("rol", AutoString(), nullable=False),
        sa.Column("bericht", AutoString(), nullable=False),
        sa.Column("inbreng_cent", sa.Integer(), nullable=False),
        sa.Column("inbreng_uren", sa.Integer(), nullable=False),
        sa.Column("inbreng_natura", AutoString(), nullable=False),
        sa.Column("gevraagd_op", UtcMoment(), nullable=False),
        sa.Column("antwoord", AutoString(), nullable=False),
        sa.Column("reden", AutoString(), nullable=False),
        sa.Column("beantwoord_op", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["coalitie_id"],
            ["coalitie.id"],
        ),
        sa.ForeignKeyConstraint(
            ["deelnemer_id"],
            ["deelnemer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisatie_id"],
            ["organisatie.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("aansluitverzoek", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aansluitverzoek_coalitie_id"), ["coalitie_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_aansluitverzoek_deelnemer_id"), ["deelnemer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_aansluitverzoek_organisatie_id"), ["organisatie_id"], unique=False)

    op.create_table(
        "bestand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalitie_id", sa.Integer(), nullable=False),
        sa.Column("deelnemer_id", sa.Integer(), nullable=False),
        sa.Column("naam", AutoString(), nullable=False),
        sa.Column("soort", AutoString(), nullable=False),
        sa.Column("mediatype", AutoString(), nullable=False),
        sa.Column("grootte", sa.Integer(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.Column("geplaatst_op", UtcMoment(), nullable=False),
        sa.Column("verwijderd_op", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["coalitie_id"],
            ["coalitie.id"],
        ),
        sa.ForeignKeyConstraint(
            ["deelnemer_id"],
            ["deelnemer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("coalitie_id", "sha256"),
    )
    with op.batch_alter_table("bestand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bestand_coalitie_id"), ["coalitie_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bestand_deelnemer_id"), ["deelnemer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bestand_sha256"), ["sha256"], unique=False)

    op.create_table(
        "beurskaart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalitie_id", sa.Integer(), nullable=False),
        sa.Column("vraag", AutoString(), nullable=False),
        sa.Column("aanbod", AutoString(), nullable=False),
        sa.Column("tegenprestatie", AutoString(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("geplaatst_op", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalitie_id"],
            ["coalitie.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("coalitie_id"),
    )
    with op.batch_alter_table("beurskaart", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_beurskaart_coalitie_id"), ["coalitie_id"], unique=False)

    op.create_table(
        "opmerking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalitie_id", sa.Integer(), nullable=False),
        sa.Column("deelnemer_id", sa.Integer(), nullable=False),
        sa.Column("onderdeel", AutoString(), nullable=False),
        sa.Column("tekst", AutoString(), nullable=False),
        sa.Column("geplaatst_op", UtcMoment(), nullable=False),
        sa.Column("afgehandeld_op", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["coalitie_id"],
            ["coalitie.id"],
        ),
        sa.ForeignKeyConstraint(
            ["deelnemer_id"],
            ["deelnemer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("opmerking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opmerking_coalitie_id"), ["coalitie_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opmerking_deelnemer_id"), ["deelnemer_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("opmerking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opmerking_deelnemer_id"))
        batch_op.drop_index(batch_op.f("ix_opmerking_coalitie_id"))

    op.drop_table("opmerking")
    with op.batch_alter_table("beurskaart", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_beurskaart_coalitie_id"))

    op.drop_table("beurskaart")
    with op.batch_alter_table("bestand", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bestand_sha256"))
        batch_op.drop_index(batch_op.f("ix_bestand_deelnemer_id"))
        batch_op.drop_index(batch_op.f("ix_bestand_coalitie_id"))

    op.drop_table("bestand")
    with op.batch_alter_table("aansluitverzoek", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aansluitverzoek_organisatie_id"))
        batch_op.drop_index(batch_op.f("ix_aansluitverzoek_deelnemer_id"))
        batch_op.drop_index(batch_op.f("ix_aansluitverzoek_coalitie_id"))

    op.drop_table("aansluitverzoek")
    with op.batch_alter_table("voornemen", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voornemen_tweede_id"))
        batch_op.drop_index(batch_op.f("ix_voornemen_ronde_id"))
        batch_op.drop_index(batch_op.f("ix_voornemen_deelnemer_id"))

    op.drop_table("voornemen")
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concept_sleutel"))
        batch_op.drop_index(batch_op.f("ix_concept_deelnemer_id"))

    op.drop_table("concept")
    with op.batch_alter_table("collegevraag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_collegevraag_ronde_id"))
        batch_op.drop_index(batch_op.f("ix_collegevraag_deelnemer_id"))
        batch_op.drop_index(batch_op.f("ix_collegevraag_antwoord_van"))

    op.drop_table("collegevraag")
    with op.batch_alter_table("websessie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_websessie_sleutelhash"))
        batch_op.drop_index(batch_op.f("ix_websessie_persoon_id"))

    op.drop_table("websessie")
    with op.batch_alter_table("aanmeldlink", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aanmeldlink_sleutelhash"))
        batch_op.drop_index(batch_op.f("ix_aanmeldlink_persoon_id"))

    op.drop_table("aanmeldlink")
    with op.batch_alter_table("aanmeldpoging", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aanmeldpoging_wie"))
        batch_op.drop_index(batch_op.f("ix_aanmeldpoging_moment"))

    op.drop_table("aanmeldpoging")
