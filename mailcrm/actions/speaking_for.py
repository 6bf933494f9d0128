"""A colleague's word on an order, noted by another: who says it must be who acts, or a mail of the colleague's own shows it.

Room: actions (a helper of the commands on orders). A name that anybody may type opens no gate and takes no decision.
"""

from __future__ import annotations

import re

from sqlmodel import Session

from mailcrm.actions.command import Situation
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.quotes.approval import read_verdict
from mailcrm.domain.team import Person, Team
from mailcrm.domain.words import say
from mailcrm.records import Message
from mailcrm.store.finding import message_of
from mailcrm.store.orders import OrderFile
from mailcrm.store.texts import text_of
from mailcrm.store.vouching import is_from

__all__ = ["RELEASES", "check_word", "colleague"]

RELEASES = re.compile(r"(?i)releas|telex|original|\bb/?l\b|放单|放货|电放|正本|提单")
"""A mail that approves a release speaks of one."""


def colleague(team: Team, given: str) -> Person | None:
    """Return the colleague whom a person named, by the short name or the one that people see."""
    name = given.strip().casefold()
    return next(
        (one for one in team.people if name and name in (one.name.casefold(), one.display_name.casefold())), None
    )


def check_word(
    session: Session,
    situation: Situation,
    file: OrderFile,
    person: Person | None,
    mail: str,
    *,
    verdict: bool | None = None,
    speaks_of: re.Pattern[str] | None = None,
) -> None:
    """RefusedByRule where another than who acts is said to have said so, and no mail of theirs about this order shows it.

    `verdict`: what its first line must say, a yes or a no; None where the mail itself is enough.
    """
    if person is None or person.name == situation.actor:
        return
    found = message_of(session, mail) if mail else None
    if found is not None and is_from(found, person) and _says(session, found, file, verdict, speaks_of):
        return
    raise RefusedByRule(
        say("Nothing shows that {name} said so.", name=person.name),
        say(
            "Let {name} do it; or name the mail that says so with `--mail`: plainly in its first line, with {order}, and vouched for by our own server.",
            name=person.name,
            order=file.row.number,
        ),
    )


def _says(
    session: Session, mail: Message, file: OrderFile, verdict: bool | None, speaks_of: re.Pattern[str] | None
) -> bool:
    read = text_of(session, mail.id or 0)
    text = f"{mail.subject}\n{read.body}"
    if verdict is not None and read_verdict(read.reply) is not verdict:
        return False
    names = file.row.number in text or bool(file.content.known_as and file.content.known_as in text)
    return names and (speaks_of is None or speaks_of.search(text) is not None)
