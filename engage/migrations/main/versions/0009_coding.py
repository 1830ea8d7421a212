"""Coding comments: frames and codes, who coded what, second coders and suggestions."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "code_frame",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_code_frame_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_code_frame_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_frame")),
    )
    op.create_index(op.f("ix_code_frame_survey_id"), "code_frame", ["survey_id"], unique=False)
    op.create_table(
        "code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("include", sa.Text(), nullable=False),
        sa.Column("exclude", sa.Text(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_in", sa.Integer(), nullable=False),
        sa.Column("retired_in", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["frame_id"], ["code_frame.id"], name=op.f("fk_code_frame_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["merged_into_id"], ["code.id"], name=op.f("fk_code_merged_into_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_code_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
        sa.UniqueConstraint("frame_id", "key", name=op.f("uq_code_frame_id_key")),
    )
    op.create_table(
        "code_frame_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["frame_id"], ["code_frame.id"], name=op.f("fk_code_frame_change_frame_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_code_frame_change_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_frame_change")),
    )
    op.create_index(op.f("ix_code_frame_change_frame_id"), "code_frame_change", ["frame_id"], unique=False)
    op.create_table(
        "coded_comment",
        sa.Column("ref", sa.LargeBinary(length=16), nullable=False),
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("frame_version", sa.Integer(), nullable=False),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("coded_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["frame_id"], ["code_frame.id"], name=op.f("fk_coded_comment_frame_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_coded_comment_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["ref"], ["screened_comment.ref"], name=op.f("fk_coded_comment_ref"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ref", "frame_id", "round", name=op.f("pk_coded_comment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mention",
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("sentiment", sa.String(length=10), nullable=False),
        sa.Column("suggested", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_mention_code_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_mention_organisation_id")),
        sa.ForeignKeyConstraint(
            ["ref", "frame_id", "round"],
            ["coded_comment.ref", "coded_comment.frame_id", "coded_comment.round"],
            name=op.f("fk_mention_ref_frame_id_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ref", "frame_id", "round", "code_id", name=op.f("pk_mention")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "coding_sample",
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("coder", sa.String(length=254), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["frame_id"], ["code_frame.id"], name=op.f("fk_coding_sample_frame_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_coding_sample_organisation_id")
        ),
        sa.PrimaryKeyConstraint("frame_id", "round", name=op.f("pk_coding_sample")),
    )
    op.create_table(
        "coding_sample_comment",
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.LargeBinary(length=16), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("first_codes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["frame_id", "round"],
            ["coding_sample.frame_id", "coding_sample.round"],
            name=op.f("fk_coding_sample_comment_frame_id_round"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_coding_sample_comment_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["ref"], ["screened_comment.ref"], name=op.f("fk_coding_sample_comment_ref"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("frame_id", "round", "ref", name=op.f("pk_coding_sample_comment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "suggestion_model",
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("quality", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["frame_id"], ["code_frame.id"], name=op.f("fk_suggestion_model_frame_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_suggestion_model_organisation_id")
        ),
        sa.PrimaryKeyConstraint("frame_id", name=op.f("pk_suggestion_model")),
    )
    op.create_table(
        "code_suggestion",
        sa.Column("ref", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_code_suggestion_code_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_code_suggestion_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["ref"], ["screened_comment.ref"], name=op.f("fk_code_suggestion_ref"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ref", "code_id", name=op.f("pk_code_suggestion")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in (
        "code_suggestion",
        "suggestion_model",
        "coding_sample_comment",
        "coding_sample",
        "mention",
        "coded_comment",
        "code_frame_change",
        "code",
        "code_frame",
    ):
        op.drop_table(table)
