"""Mail accounts: where the mail is, who we are, when mailcrm took over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["MailAccount", "OwnAddress", "OwnDomain"]


class MailAccount(SQLModel, table=True):
    """A mailbox account. `go_live`: mail that arrived earlier is history. `trouble`: a stored Sentence, None when well.

    `owner`: the colleague whose mailbox it is, by name. `authserv_ids`: our receiving servers' names in Authentication-Results (RFC 8601) as a person told them, lower case;
    `learnt_authserv_id`: what the mail itself shows. `oauth`: one signs in in the browser instead of with a password; what
    stands for that is the secret. `failures` counts the polls in a row that the servers failed; until `next_try` the service
    leaves them alone; `send_…` is the same of the outgoing server (`domain.sending_queue.Queue`).

    A removed account whose mail is kept stays as a row with `removed_at`: it is neither listed nor polled.
    """

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    imap_url: str
    smtp_url: str
    user: str
    owner: str = ""
    secret_kind: str
    secret_ref: str = ""
    oauth: bool = False
    display_name: str = ""
    signature: str = ""
    zone: str
    go_live: datetime = instant()
    only_folders: list[str] = Field(default_factory=list, sa_type=JSON)
    skip_folders: list[str] = Field(default_factory=list, sa_type=JSON)
    sent_folder: str = ""
    authserv_ids: list[str] = Field(default_factory=list, sa_type=JSON)
    learnt_authserv_id: str = ""
    created_at: datetime = instant()
    removed_at: datetime | None = instant(nullable=True)
    last_good_poll: datetime | None = instant(nullable=True)
    trouble: str | None = None
    trouble_since: datetime | None = instant(nullable=True)
    failures: int = 0
    next_try: datetime | None = instant(nullable=True)
    send_failures: int = 0
    send_next_try: datetime | None = instant(nullable=True)
    send_trouble: str | None = None


class OwnAddress(SQLModel, table=True):
    """An address of ours (lower case). `main` is the one that new mail is written from."""

    __tablename__ = "own_address"

    address: str = Field(primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    main: bool = False


class OwnDomain(SQLModel, table=True):
    """A domain of ours (lower case): whoever writes from it is a colleague."""

    __tablename__ = "own_domain"

    domain: str = Field(primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
