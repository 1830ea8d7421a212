"""What stands beside the figures of reports: commentary, reference populations, waves, thresholds and a ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commentary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=254), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_commentary_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_commentary_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commentary")),
        sa.UniqueConstraint("survey_id", "edition", name=op.f("uq_commentary_survey_id_edition")),
    )
    op.create_index(op.f("ix_commentary_organisation_id"), "commentary", ["organisation_id"], unique=False)
    op.create_table(
        "frozen_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commentary_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["commentary_id"], ["commentary.id"], name=op.f("fk_frozen_report_commentary_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_frozen_report_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_report")),
        sa.UniqueConstraint("commentary_id", "name", name=op.f("uq_frozen_report_commentary_id_name")),
    )
    op.create_index(op.f("ix_frozen_report_organisation_id"), "frozen_report", ["organisation_id"], unique=False)
    op.create_table(
        "reference_population",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_reference_population_organisation_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_reference_population_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_reference_population")),
    )
    op.create_index(
        op.f("ix_reference_population_organisation_id"), "reference_population", ["organisation_id"], unique=False
    )
    op.create_table(
        "wave",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("earlier_survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("comparability", sa.JSON(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["earlier_survey_id"], ["survey.id"], name=op.f("fk_wave_earlier_survey_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_wave_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_wave_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_wave")),
    )
    op.create_index(op.f("ix_wave_earlier_survey_id"), "wave", ["earlier_survey_id"], unique=False)
    op.create_index(op.f("ix_wave_organisation_id"), "wave", ["organisation_id"], unique=False)
    op.create_table(
        "place_thresholds",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_place_thresholds_organisation_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_place_thresholds_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_place_thresholds")),
    )
    op.create_index(op.f("ix_place_thresholds_organisation_id"), "place_thresholds", ["organisation_id"], unique=False)
    op.create_table(
        "published_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_published_counts_organisation_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_published_counts_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_counts")),
    )
    op.create_index(op.f("ix_published_counts_organisation_id"), "published_counts", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_published_counts_survey_id"), "published_counts", ["survey_id"], unique=False)


def downgrade() -> None:
    for table in (
        "published_counts",
        "place_thresholds",
        "wave",
        "reference_population",
        "frozen_report",
        "commentary",
    ):
        op.drop_table(table)
