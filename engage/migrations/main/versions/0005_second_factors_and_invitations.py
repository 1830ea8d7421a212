"""Invitations by link, second factors, and what tells sessions apart."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("name", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("account", sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account", sa.Column("second_factor", sa.LargeBinary(), nullable=True))
    op.add_column("account", sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account", sa.Column("second_factor_step", sa.Integer(), nullable=True))
    op.add_column("account", sa.Column("last_signed_in_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("staff_session", sa.Column("to_be_renewed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("staff_session", sa.Column("browser", sa.String(length=100), nullable=False, server_default=""))
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=254), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_invitation_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_account_id"), "invitation", ["account_id"], unique=False)
    op.create_index(op.f("ix_invitation_organisation_id"), "invitation", ["organisation_id"], unique=False)


def downgrade() -> None:
    op.drop_column("staff_session", "browser")
    op.drop_column("staff_session", "to_be_renewed")
    op.drop_column("account", "last_signed_in_at")
    op.drop_column("account", "second_factor_step")
    op.drop_column("account", "second_factor_at")
    op.drop_column("account", "second_factor")
    op.drop_column("account", "password_changed_at")
    op.drop_column("account", "name")
    op.drop_table("invitation")
    op.drop_table("recovery_code")
