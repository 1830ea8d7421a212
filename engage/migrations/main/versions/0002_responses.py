"""What people sent."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("imported_by", sa.String(length=254), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_import_batch_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_import_batch_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(op.f("ix_import_batch_organisation_id"), "import_batch", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_import_batch_survey_id"), "import_batch", ["survey_id"], unique=False)
    op.create_table(
        "response",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("collector_id", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("equality_key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_response_batch_id")),
        sa.ForeignKeyConstraint(["collector_id"], ["collector.id"], name=op.f("fk_response_collector_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_response_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_response_survey_id")),
        sa.ForeignKeyConstraint(["version_id"], ["questionnaire_version.id"], name=op.f("fk_response_version_id")),
        sa.PrimaryKeyConstraint("survey_id", "key", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "response_document",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_response_document_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id", "key"],
            ["response.survey_id", "response.key"],
            name=op.f("fk_response_document_survey_id_key"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", "key", name=op.f("pk_response_document")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("response_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("item_key", sa.String(length=121), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_comment_batch_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_comment_organisation_id")),
        sa.ForeignKeyConstraint(
            ["survey_id", "response_key"],
            ["response.survey_id", "response.key"],
            name=op.f("fk_comment_survey_id_response_key"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", "response_key", "item_key", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "equality_answer",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("bank_version", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_equality_answer_organisation_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_equality_answer_survey_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_equality_answer")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_equality_answer_survey_id"), "equality_answer", ["survey_id"], unique=False)
    op.create_table(
        "receipt",
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answers_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_receipt")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_up",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("wants", sa.String(length=60), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_sign_up_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_sign_up_survey_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_up")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sign_up_survey_id"), "sign_up", ["survey_id"], unique=False)
    op.create_table(
        "foreign_id",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("id_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_foreign_id_batch_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_foreign_id_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_foreign_id_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "id_hash", name=op.f("pk_foreign_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_foreign_id_batch_id"), "foreign_id", ["batch_id"], unique=False)


def downgrade() -> None:
    op.drop_table("foreign_id")
    op.drop_table("sign_up")
    op.drop_table("receipt")
    op.drop_table("equality_answer")
    op.drop_table("comment")
    op.drop_table("response_document")
    op.drop_table("response")
    op.drop_table("import_batch")
