"""Comments: as everybody sees them, what people made of them, translations, quotes, and an index of their words."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# The index of words holds what everybody may see of a comment, never what was masked. Its rows are numbered by chance,
# and the database itself keeps it in step, so that a comment that is removed leaves nothing behind.
_ADD = "INSERT INTO comment_search(rowid, words) VALUES (new.search_id, new.words);"
_REMOVE = "INSERT INTO comment_search(comment_search, rowid, words) VALUES ('delete', old.search_id, old.words);"
_SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE comment_search USING fts5(
        words, content='screened_comment', content_rowid='search_id', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    f"CREATE TRIGGER comment_search_added AFTER INSERT ON screened_comment BEGIN {_ADD} END",
    f"CREATE TRIGGER comment_search_removed AFTER DELETE ON screened_comment BEGIN {_REMOVE} END",
    f"CREATE TRIGGER comment_search_changed AFTER UPDATE OF words ON screened_comment BEGIN {_REMOVE} {_ADD} END",
)
_POSTGRESQL_SEARCH = (
    "CREATE INDEX ix_screened_comment_words ON screened_comment USING gin (to_tsvector('simple', words))",
)


def upgrade() -> None:
    op.create_table(
        "screened_comment",
        sa.Column("ref", sa.LargeBinary(length=16), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("response_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("item_key", sa.String(length=121), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("search_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("masks", sa.JSON(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("rules", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_screened_comment_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id", "response_key", "item_key"],
            ["comment.survey_id", "comment.response_key", "comment.item_key"],
            name=op.f("fk_screened_comment_survey_id_response_key_item_key"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_screened_comment")),
        sa.UniqueConstraint("search_id", name=op.f("uq_screened_comment_search_id")),
        sa.UniqueConstraint(
            "survey_id", "response_key", "item_key", name=op.f("uq_screened_comment_survey_id_response_key_item_key")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment_state",
        sa.Column("ref", sa.LargeBinary(length=16), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=254), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by", sa.String(length=254), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_comment_state_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["ref"], ["screened_comment.ref"], name=op.f("fk_comment_state_ref"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_comment_state_survey_id")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_comment_state")),
    )
    op.create_index(op.f("ix_comment_state_survey_id"), "comment_state", ["survey_id"], unique=False)
    op.create_table(
        "comment_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.LargeBinary(length=16), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=254), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=254), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_comment_passage_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["ref"], ["screened_comment.ref"], name=op.f("fk_comment_passage_ref"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_comment_passage_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_passage")),
    )
    op.create_index(op.f("ix_comment_passage_ref"), "comment_passage", ["ref"], unique=False)
    op.create_index(op.f("ix_comment_passage_survey_id"), "comment_passage", ["survey_id"], unique=False)
    op.create_table(
        "comment_translation",
        sa.Column("ref", sa.LargeBinary(length=16), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("translated_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_comment_translation_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["ref"], ["screened_comment.ref"], name=op.f("fk_comment_translation_ref"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ref", "language", name=op.f("pk_comment_translation")),
    )
    op.create_table(
        "masking_list",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("hospital_number", sa.String(length=100), nullable=False),
        sa.Column("staff_names", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_masking_list_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_masking_list")),
    )
    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.LargeBinary(length=16), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("item_key", sa.String(length=121), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by", sa.String(length=254), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by", sa.String(length=254), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=254), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_quote_organisation_id")),
        sa.ForeignKeyConstraint(["ref"], ["screened_comment.ref"], name=op.f("fk_quote_ref"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_quote_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_ref"), "quote", ["ref"], unique=False)
    op.create_index(op.f("ix_quote_survey_id"), "quote", ["survey_id"], unique=False)
    statements = _SQLITE_SEARCH if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL_SEARCH
    for statement in statements:
        op.execute(sa.text(statement))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(sa.text("DROP TABLE comment_search"))
    for table in (
        "quote",
        "masking_list",
        "comment_translation",
        "comment_passage",
        "comment_state",
        "screened_comment",
    ):
        op.drop_table(table)
