"""Tags of companies and contacts; what a person says of where they are, and how they are addressed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for party in ("company", "contact"):
        op.create_table(
            f"{party}_tag",
            sa.Column(f"{party}_id", sa.Integer(), nullable=False),
            sa.Column("tag", sa.String(), nullable=False),
            sa.ForeignKeyConstraint([f"{party}_id"], [f"{party}.id"], name=op.f(f"fk_{party}_tag_{party}_id_{party}")),
            sa.PrimaryKeyConstraint(f"{party}_id", "tag", name=op.f(f"pk_{party}_tag")),
        )
        op.create_index(op.f(f"ix_{party}_tag_tag"), f"{party}_tag", ["tag"])
        op.add_column(party, sa.Column("zone", sa.String(), nullable=True))
    op.drop_index(op.f("ix_message_thread_id"), "message")
    op.create_index(op.f("ix_message_thread_id"), "message", ["thread_id", "sort_key"])
    op.add_column("contact", sa.Column("honorific", sa.String(), nullable=True))
