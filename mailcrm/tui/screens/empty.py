"""What an empty list says: why it is empty, and what to do next.

Room: tui.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.queries.rows import Worklist
from mailcrm.tui.times import countdown, day_and_time
from mailcrm.tui.widgets import safe

if TYPE_CHECKING:
    from mailcrm.tui.app import MailcrmApp

__all__ = ["nothing_to_do"]


def nothing_to_do(view: str, worklist: Worklist | None, house: MailcrmApp, *, mine: bool = True) -> Content:
    """Return the words for an empty view; `mine`: it is the list of whoever sits here."""
    health = house.health
    if worklist is None or health is None:
        return safe.line((_("One moment …"), "$text-muted"))
    if not health.accounts:
        return _no_account(house)
    if view not in ("now", "today"):
        return _told(_view_is_empty(view), _("{key} goes back to what is due now.", key=house.key_name("view.now")))
    all_open = _("{key} shows everything that is open.", key=house.key_name("view.all"))
    if not mine:
        return _told(_("Nothing is due on this list."), all_open)
    if house.underway or not any(account.last_good_poll for account in health.accounts):
        return _not_read_yet(house)
    parts = [safe.line((_("All done: nothing needs you now."), "$text-success bold"))]
    if health.next_due:
        when, left = day_and_time(health.next_due, health.zone), countdown(health.next_due, house.core.now())
        parts.append(safe.line(_("The next deadline is {when} ({left}).", when=when, left=left)))
    parts.append(safe.line((all_open, "$text-muted")))
    return Content("\n\n").join(parts)


def _told(words: str, hint: str) -> Content:
    return Content.assemble(safe.line((words, "bold")), "\n\n", safe.line((hint, "$text-muted")))


def _not_read_yet(house: MailcrmApp) -> Content:
    if house.underway:
        return _told(
            _("Your mailbox is being read, the newest mail first."),
            _("The lowest lines tell how far it is. Older mail is history and starts no clock."),
        )
    return _told(_("No mail was fetched yet."), _("{key} fetches it now.", key=house.key_name("app.sync")))


def _no_account(house: MailcrmApp) -> Content:
    return Content.assemble(
        safe.line((_("There is no mail account yet."), "bold")),
        "\n\n",
        safe.line(
            _("{key} adds one: your address, and the code that its provider wants.", key=house.key_name("app.account"))
        ),
        "\n\n",
        safe.line(
            (
                _("In a terminal it is: {command}", command="mailcrm account add sales --user you@example.com"),
                "$text-muted",
            )
        ),
        "\n\n",
        safe.line(
            (
                _("To look around first, leave with {leave} and type: mailcrm demo", leave=house.key_name("app.back")),
                "$text-muted",
            )
        ),
    )


def _view_is_empty(view: str) -> str:
    return {
        "waiting": _("Nobody keeps you waiting."),
        "samples": _("No sample needs a step."),
        "quotes": _("No quote needs a step."),
        "unknown": _("No mail from unknown senders."),
        "before-you-leave": _("Nothing falls due before the next office day has begun. Have a good evening."),
    }.get(view, _("Nothing is open."))
