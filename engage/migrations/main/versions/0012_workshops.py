"""What workshops said: when and where each was, how many came, and for each theme votes and points."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("facilitator_role", sa.String(length=200), nullable=False),
        sa.Column("audience_id", sa.String(length=60), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("votes_each", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=254), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=254), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.String(length=254), nullable=True),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_workshop_audience_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_workshop_organisation_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_workshop_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
    )
    op.create_index(op.f("ix_workshop_organisation_id"), "workshop", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_workshop_survey_id"), "workshop", ["survey_id"], unique=False)
    op.create_table(
        "workshop_theme",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.String(length=60), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("not_agreed", sa.Text(), nullable=False),
        sa.Column("ideas", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_workshop_theme_organisation_id")
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_theme_workshop_id")),
        sa.PrimaryKeyConstraint("workshop_id", "theme_id", name=op.f("pk_workshop_theme")),
    )
    op.create_index(op.f("ix_workshop_theme_organisation_id"), "workshop_theme", ["organisation_id"], unique=False)


def downgrade() -> None:
    op.drop_table("workshop_theme")
    op.drop_table("workshop")
