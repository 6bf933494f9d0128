"""Fast and findable: the bytes of mails in packs, a search index, what people's mails tell kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from mailcrm.store.packs import pack_texts

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The key of a mail was its millisecond × 1024 and the last ten bits of its raw_id, which two of one millisecond could share. Now it
# is the next one after those of earlier mails, and at least its second × 64 (store.sort_keys).
_NEW_KEYS = """
    UPDATE message SET sort_key = renewed.sort_key
    FROM (
        SELECT id, place + max(sort_key / 1024000 * 64 - place) OVER (ORDER BY place) AS sort_key
        FROM (SELECT id, sort_key, row_number() OVER (ORDER BY sort_key, id) AS place FROM message) AS placed
    ) AS renewed
    WHERE renewed.id = message.id
"""
_BY_ARRIVAL = ("account_id", "contact_id", "from_address", "from_domain")


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
    op.drop_index(op.f("ix_message_arrived_at"), "message")  # the sort key tells the same
    op.create_index(op.f("ix_wait_elsewhere"), "wait", ["elsewhere"])
    op.add_column("thread", sa.Column("letter_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_thread_letter_id"), "thread", ["letter_id"])
    op.create_index(op.f("ix_thread_owner"), "thread", ["owner"])
    _pack_texts()
    _index_mails()


def _pack_texts() -> None:
    """Keep the three texts of a mail as one, compressed."""
    op.add_column("message_text", sa.Column("packed", sa.LargeBinary(), nullable=False, server_default=sa.text("''")))
    texts = sa.table("message_text", *map(sa.column, ("message_id", "body", "reply", "signature")))
    written = sa.text("UPDATE message_text SET packed = :packed WHERE message_id = :id")
    connection = op.get_bind()
    last = 0
    while some := connection.execute(
        sa.select(texts).where(texts.c.message_id > last).order_by(texts.c.message_id).limit(500)
    ).all():
        values = [{"id": row.message_id, "packed": pack_texts(row.body, row.reply, row.signature)} for row in some]
        connection.execute(written, values)
        last = some[-1].message_id
    for name in ("body", "reply", "signature"):
        op.drop_column("message_text", name)


def _index_mails() -> None:
    """Make the search index (store.search_index), which is no record: SQLModel doesn't know it. `store.schema` fills it."""
    op.drop_index(op.f("ix_message_sort_key"), "message")
    op.execute(_NEW_KEYS)
    op.create_index(op.f("ix_message_sort_key"), "message", ["sort_key"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE mail_index USING fts5 "
            "(words, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2')"
        )
        # A batch of mails is gathered in memory whole (octets), and eight times as many parts are joined at once as by default, where
        # a first sync spent a third of the work on the index: to look in thirty parts costs a tenth of a millisecond more.
        op.execute("INSERT INTO mail_index (mail_index, rank) VALUES ('hashsize', 8388608)")
        op.execute("INSERT INTO mail_index (mail_index, rank) VALUES ('automerge', 32)")
        op.execute("INSERT INTO mail_index (mail_index, rank) VALUES ('crisismerge', 64)")
    else:
        op.create_table(
            "mail_index",
            sa.Column("sort_key", sa.BigInteger(), autoincrement=False, nullable=False),
            sa.Column("words", postgresql.TSVECTOR(), nullable=False),
            sa.PrimaryKeyConstraint("sort_key", name=op.f("pk_mail_index")),
        )
        op.create_index(op.f("ix_mail_index_words"), "mail_index", ["words"], postgresql_using="gin")
