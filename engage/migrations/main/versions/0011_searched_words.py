"""Index words on PostgreSQL as people write them: "helpful.Thank" is two words, and "café" is found as "cafe".

PostgreSQL takes the first for the name of a computer. Both databases now cut and fold words alike.
"""

import unicodedata

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BETWEEN_WORDS = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()) + "‘’“”–—…•·،؛؟£€"
_LETTERS = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]


def _statement(words: str) -> str:
    return f"CREATE INDEX ix_screened_comment_words ON screened_comment USING gin (to_tsvector('simple', {words}))"


def _folded() -> str:
    marked, plain = "", ""
    for letter in _LETTERS:
        first, *marks = list(unicodedata.normalize("NFD", letter))
        if marks and first.isascii() and first.isalpha():
            marked, plain = marked + letter, plain + first.lower()
    before, after = _BETWEEN_WORDS + marked, " " * len(_BETWEEN_WORDS) + plain
    return f"translate(words, '{before.replace(chr(39), chr(39) * 2)}', '{after}')"


def upgrade() -> None:
    _index(_folded())


def downgrade() -> None:
    _index("words")


def _index(words: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP INDEX ix_screened_comment_words")
        # The driver takes a lone % for a place to put a parameter.
        connection.exec_driver_sql(_statement(words).replace("%", "%%"))
