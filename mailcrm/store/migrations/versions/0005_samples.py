"""Samples."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("look_at", _INSTANT, nullable=True),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("awb", sa.String(), nullable=False),
        sa.Column("shipped_on", sa.Date(), nullable=True),
        sa.Column("delivered_at", _INSTANT, nullable=True),
        sa.Column("asked_at", _INSTANT, nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_sample_contact_id_contact")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_sample_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.UniqueConstraint("number", name=op.f("uq_sample_number")),
    )
    for column in ("state", "contact_id", "message_id", "look_at", "awb"):
        op.create_index(op.f(f"ix_sample_{column}"), "sample", [column])
