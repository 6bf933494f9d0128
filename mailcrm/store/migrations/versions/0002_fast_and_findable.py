"""Fast and findable: the bytes of mails in packs, what people's mails tell kept, indexes by what is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BY_ARRIVAL = ("contact_id", "from_address", "from_domain")


def upgrade() -> None:
    op.execute(
        "ALTER TABLE mailbox DROP COLUMN synced_at"
    )  # nobody asked for it, and a poll that finds nothing writes nothing
    with op.batch_alter_table("raw", schema=None) as batch_op:
        batch_op.add_column(sa.Column("segment", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("position", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("length", sa.Integer(), nullable=True))
    op.create_table(
        "evidence",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_evidence_contact_id_contact")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_evidence")),
    )
    for column in _BY_ARRIVAL:
        op.drop_index(op.f(f"ix_message_{column}"), "message")
        op.create_index(op.f(f"ix_message_{column}"), "message", [column, "sort_key"])
    op.create_index(op.f("ix_wait_elsewhere"), "wait", ["elsewhere"])
