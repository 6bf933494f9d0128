"""The bytes of mails in packs beside the database."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE mailbox DROP COLUMN synced_at"
    )  # nobody asked for it, and a poll that finds nothing writes nothing
    with op.batch_alter_table("raw", schema=None) as batch_op:
        batch_op.add_column(sa.Column("segment", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("position", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("length", sa.Integer(), nullable=True))
