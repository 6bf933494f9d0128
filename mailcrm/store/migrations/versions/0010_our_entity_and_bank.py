"""Our own companies with their letterheads, and their bank accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "our_entity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("address_en", sa.String(), nullable=False),
        sa.Column("address_zh", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("web", sa.String(), nullable=False),
        sa.Column("tax_id", sa.String(), nullable=False),
        sa.Column("logo_id", sa.Integer(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["logo_id"], ["paper.id"], name=op.f("fk_our_entity_logo_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_our_entity")),
    )
    op.create_index(op.f("ix_our_entity_logo_id"), "our_entity", ["logo_id"])
    op.create_table(
        "bank_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("beneficiary", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("bank_address", sa.String(), nullable=False),
        sa.Column("swift", sa.String(), nullable=False),
        sa.Column("intermediary", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", _INSTANT, nullable=False),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("registered_at", _INSTANT, nullable=True),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["our_entity.id"], name=op.f("fk_bank_account_entity_id_our_entity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
    )
    op.create_index(op.f("ix_bank_account_entity_id"), "bank_account", ["entity_id"])
