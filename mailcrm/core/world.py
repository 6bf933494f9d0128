"""The world that the composition root chose: stores, tools and rules in one frozen value.

Room: core. Made once by `bootstrap`; everything in the core works on it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlmodel import Session

from mailcrm.actions import Situation
from mailcrm.core.settings import Settings
from mailcrm.domain.health import Check
from mailcrm.domain.links import Link
from mailcrm.domain.message import TrustView
from mailcrm.domain.parties import Ours
from mailcrm.domain.policies import Policies
from mailcrm.domain.signin import Tell
from mailcrm.outbox.accounts import FileText
from mailcrm.outbox.attaching import MailablePhoto
from mailcrm.outbox.render import TemplateStore
from mailcrm.outbox.their_clock import Calendar
from mailcrm.ports import Clock, MailParser, MailSource, Notifier, Secrets, TableReader, Transport
from mailcrm.ports.documents import DocumentPress
from mailcrm.ports.tracking import Tracker
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import ProviderRow
from mailcrm.records import MailAccount
from mailcrm.rules.sequences import Moment
from mailcrm.store.engine import Store
from mailcrm.store.facts import load_ours
from mailcrm.store.lock import EngineLock
from mailcrm.store.team import load_team

__all__ = ["OpenSource", "Probe", "World"]


class OpenSource(Protocol):
    """Opens an account's mailbox; `stop`, when set, ends its waiting early."""

    def __call__(self, account: MailAccount, stop: threading.Event | None = None) -> MailSource:
        """Connect and log in."""
        ...


class Probe(Protocol):
    """Asks an account's servers, step by step; `password` is tried in place of the one that is kept."""

    def __call__(self, account: MailAccount, password: str | None = None) -> Iterator[Check]:
        """Yield each answer as it is known."""
        ...


@dataclass(frozen=True)
class World:
    """Everything there is.

    `zone` is the one to speak in; `files_sent_itself` tells of an account's server, `read_trust` of a raw mail's way here,
    `read_links` of where its links lead.
    `open_outside` hands a file or a page to the system's own program, False where it has none; `downloads` is where people look for
    files that they saved. `sign_in` lets a person sign in to an account in the browser, or (True) with a code, and returns the refresh token.
    `tracker` knows where parcels are, None where asking is off; it is never asked within a transaction.
    `providers` tells how a mailbox of this address is set up, at every provider known and at any other, the ordinary one last.
    """

    home: Path
    store: Store
    lock: EngineLock
    settings: Settings
    policies: Policies
    zone: str
    actor: str
    clock: Clock
    desktop: Notifier
    parser: MailParser
    secrets: Secrets
    calendar: Calendar
    templates: TemplateStore
    press: DocumentPress
    file_text: FileText
    mailable_photo: MailablePhoto
    free_mail: frozenset[str]
    token: Callable[[], str]
    open_source: OpenSource
    open_transport: Callable[[MailAccount], Transport]
    probe: Probe
    providers: Callable[[str], tuple[ProviderRow, ...]]
    files_sent_itself: Callable[[MailAccount], bool]
    read_trust: Callable[[bytes], TrustView]
    read_links: Callable[[bytes], tuple[Link, ...]]
    tables: TableReader
    sign_in: Callable[[MailAccount, bool, Tell], str]
    open_outside: Callable[[str], bool]
    downloads: Path
    tracker: Tracker | None

    def ours(self, session: Session) -> Ours:
        """Return our own addresses and domains."""
        return load_ours(session, self.free_mail)

    def outlook(self, session: Session) -> Outlook:
        """Return the moment of a question."""
        return Outlook(self.clock.now(), self.policies, self.ours(session), self.zone, self.actor, load_team(session))

    def moment(self, session: Session, actor: str = "") -> Moment:
        """Return what the sequences may know; `actor`: whose command it is."""
        return Moment(self.clock.now(), self.ours(session), self.policies, load_team(session), actor)

    def situation(self, session: Session) -> Situation:
        """Return what a command may know."""
        return Situation(
            now=self.clock.now(),
            actor=self.actor,
            zone=self.zone,
            policies=self.policies,
            ours=self.ours(session),
            templates=self.templates,
            press=self.press,
            file_text=self.file_text,
            mailable_photo=self.mailable_photo,
            secrets=self.secrets,
            calendar=self.calendar,
            token=self.token,
            undo_seconds=self.settings.send.undo_seconds,
            team=load_team(session),
            parser=self.parser,
        )
