"""What organisations share, what their surveys begin with, and the chain of audit events."""

import datetime
import hashlib
import json

import sqlalchemy as sa
from alembic import op

from engage.migrations.guarding import guard_rows, unguard_rows

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MESSAGE = "the audit trail is only ever added to"


def upgrade() -> None:
    op.add_column("organisation", sa.Column("standing_texts", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column(
        "organisation", sa.Column("second_factor_required", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "sharing_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("own_place", sa.String(length=500), nullable=True),
        sa.Column("reference", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=254), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=254), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_sharing_agreement_organisation_id")
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["organisation.id"], name=op.f("fk_sharing_agreement_reader_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_sharing_agreement_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_agreement")),
    )
    op.create_index(
        op.f("ix_sharing_agreement_organisation_id"), "sharing_agreement", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_sharing_agreement_reader_id"), "sharing_agreement", ["reader_id"], unique=False)
    op.create_index(op.f("ix_sharing_agreement_survey_id"), "sharing_agreement", ["survey_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    unguard_rows("audit_event")
    op.add_column("audit_event", sa.Column("hash", sa.LargeBinary(length=32), nullable=True))
    _chain_what_is_there()
    with op.batch_alter_table("audit_event") as audit_event:
        audit_event.alter_column("hash", existing_type=sa.LargeBinary(length=32), nullable=False)
    guard_rows("audit_event", MESSAGE)


def _chain_what_is_there() -> None:
    """The hashes as they were worked out when this revision was made, whatever later ones do."""
    connection = op.get_bind()
    event = sa.table(
        "audit_event",
        sa.column("id", sa.Integer),
        sa.column("organisation_id", sa.Integer),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("actor", sa.String),
        sa.column("action", sa.String),
        sa.column("subject", sa.String),
        sa.column("detail", sa.JSON),
        sa.column("hash", sa.LargeBinary),
    )
    last_id, last = 0, bytes(32)
    while rows := connection.execute(
        sa.select(event).where(event.c.id > last_id).order_by(event.c.id).limit(500)
    ).all():
        for row in rows:
            at = row.at if row.at.tzinfo else row.at.replace(tzinfo=datetime.UTC)
            moment = at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
            fields = [row.id, row.organisation_id, moment, row.actor, row.action, row.subject, row.detail]
            content = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
            last_id, last = row.id, hashlib.sha256(last + content).digest()
            connection.execute(sa.update(event).where(event.c.id == last_id).values(hash=last))
    head = sa.table(
        "audit_head", sa.column("id", sa.Integer), sa.column("event_id", sa.Integer), sa.column("hash", sa.LargeBinary)
    )
    connection.execute(sa.insert(head).values(id=1, event_id=last_id, hash=last))


def downgrade() -> None:
    unguard_rows("audit_event")
    with op.batch_alter_table("audit_event") as audit_event:
        audit_event.drop_column("hash")
    guard_rows("audit_event", MESSAGE)
    op.drop_column("organisation", "second_factor_required")
    op.drop_column("organisation", "standing_texts")
    op.drop_table("audit_head")
    op.drop_table("sharing_agreement")
