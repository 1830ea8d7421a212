"""Answers that are not sent yet."""

import sqlalchemy as sa
from alembic import op

revision = "drafts_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("collector_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("return_locator", sa.LargeBinary(length=32), nullable=True),
        sa.Column("return_wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_draft")),
        sa.UniqueConstraint("return_locator", name=op.f("uq_draft_return_locator")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "return_code_tries",
        sa.Column("collector_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("window_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("collector_id", name=op.f("pk_return_code_tries")),
    )


def downgrade() -> None:
    op.drop_table("return_code_tries")
    op.drop_table("draft")
