"""Where a comment stood when somebody read it, so that one that rules raise afterwards is seen again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("comment_state", sa.Column("level", sa.String(length=20), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("comment_state", "level")
