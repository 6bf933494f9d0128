"""Quotes, and the articles in them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_WHERE = {
    "ux_quote_live": "state IN ('sent', 'follow_up', 'negotiating', 'expired', 're_check', 'accepted')",
    "ux_quote_editable": "state IN ('draft', 'needs_approval', 'ready')",
}


def upgrade() -> None:
    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("approval", sa.JSON(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("pdf_id", sa.Integer(), nullable=True),
        sa.Column("pdf_hash", sa.String(), nullable=False),
        sa.Column("outgoing_id", sa.Integer(), nullable=True),
        sa.Column("sent_message_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", _INSTANT, nullable=True),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("expires_at", _INSTANT, nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("next_due", _INSTANT, nullable=True),
        sa.Column("list_version", sa.String(), nullable=False),
        sa.Column("marked", sa.JSON(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_quote_message_id_message")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_quote_contact_id_contact")),
        sa.ForeignKeyConstraint(["pdf_id"], ["paper.id"], name=op.f("fk_quote_pdf_id_paper")),
        sa.ForeignKeyConstraint(["outgoing_id"], ["outgoing.id"], name=op.f("fk_quote_outgoing_id_outgoing")),
        sa.ForeignKeyConstraint(["sent_message_id"], ["message.id"], name=op.f("fk_quote_sent_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("number", "version", name=op.f("uq_quote_number")),
    )
    for column in ("number", "state", "message_id", "contact_id", "inquiry_id", "next_due"):
        op.create_index(op.f(f"ix_quote_{column}"), "quote", [column])
    for name, where in _WHERE.items():
        op.create_index(
            op.f(name), "quote", ["number"], unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.create_table(
        "quote_sku",
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("sku_key", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_quote_sku_quote_id_quote")),
        sa.PrimaryKeyConstraint("quote_id", "sku_key", name=op.f("pk_quote_sku")),
    )
    op.create_index(op.f("ix_quote_sku_sku_key"), "quote_sku", ["sku_key"])
