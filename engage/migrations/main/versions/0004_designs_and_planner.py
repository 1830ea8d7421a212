"""Designs of surveys, their first readers, the activity planner and the counts of pages."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "design_revision",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("preparation", sa.JSON(), nullable=False),
        sa.Column("change", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_design_revision_organisation_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_design_revision_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "revision", name=op.f("pk_design_revision")),
    )
    op.create_index(op.f("ix_design_revision_organisation_id"), "design_revision", ["organisation_id"], unique=False)
    op.create_table(
        "survey_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=254), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_survey_file_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_file_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_file")),
    )
    op.create_index(op.f("ix_survey_file_organisation_id"), "survey_file", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_survey_file_survey_id"), "survey_file", ["survey_id"], unique=False)
    op.create_table(
        "preview_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("reader", sa.String(length=200), nullable=False),
        sa.Column("reader_role", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=254), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_preview_link_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_preview_link_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preview_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_preview_link_token_hash")),
    )
    op.create_index(op.f("ix_preview_link_organisation_id"), "preview_link", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_preview_link_survey_id"), "preview_link", ["survey_id"], unique=False)
    op.create_table(
        "reader_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=121), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reader", sa.String(length=200), nullable=False),
        sa.Column("reader_role", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=254), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_reader_note_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_reader_note_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_note")),
    )
    op.create_index(op.f("ix_reader_note_organisation_id"), "reader_note", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_reader_note_survey_id"), "reader_note", ["survey_id"], unique=False)
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_sign_off_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_sign_off_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
    )
    op.create_index(op.f("ix_sign_off_organisation_id"), "sign_off", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_sign_off_survey_id"), "sign_off", ["survey_id"], unique=False)
    op.create_table(
        "page_count",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("collector_id", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("page", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["collector_id"], ["collector.id"], name=op.f("fk_page_count_collector_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_page_count_survey_id")),
        sa.PrimaryKeyConstraint(
            "survey_id", "collector_id", "counted_on", "page", "language", name=op.f("pk_page_count")
        ),
        sqlite_with_rowid=False,
    )
    op.add_column("collector", sa.Column("activity", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("collector", sa.Column("planned_on", sa.Date(), nullable=True))
    op.add_column("collector", sa.Column("planned_reach", sa.Integer(), nullable=True))
    op.add_column("collector", sa.Column("reached", sa.Integer(), nullable=True))
    op.add_column("collector", sa.Column("remark", sa.Text(), nullable=False, server_default=""))
    op.add_column("collector", sa.Column("done_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("collector", "done_at")
    op.drop_column("collector", "remark")
    op.drop_column("collector", "reached")
    op.drop_column("collector", "planned_reach")
    op.drop_column("collector", "planned_on")
    op.drop_column("collector", "activity")
    op.drop_table("page_count")
    op.drop_table("sign_off")
    op.drop_table("reader_note")
    op.drop_table("preview_link")
    op.drop_table("survey_file")
    op.drop_table("design_revision")
