"""When a mail leaves, where not now: the customer's morning, or a time of our own.

Room: tui. Out: what the verb "reply" needs for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mailcrm.domain.words import _
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.screens.choice import ChoiceScreen

__all__ = ["ask_when", "when_words"]

_ONLY_IF_SILENT = "silent:"


def when_words(at: str) -> str:
    """Return a time to send, as the choice has it, in words."""
    known = {
        "morning": _("in the customer's morning: 09:00 there, on a working day"),
        f"{_ONLY_IF_SILENT}morning": _("in the customer's morning, only if the customer doesn't write first"),
        "tomorrow 09:00": _("tomorrow 09:00 by our clock"),
        "+1h": _("in an hour"),
        "+3h": _("in three hours"),
    }
    return known.get(at, at)


def ask_when(screen: MailScreen[Any], then: Callable[[str, dict[str, Any]], None]) -> None:
    """Let the rep choose when the mail leaves; `then` gets the choice and the arguments of the verb."""
    times = ("morning", f"{_ONLY_IF_SILENT}morning", "tomorrow 09:00", "+1h", "+3h")

    def chosen(at: str | None) -> None:
        if at is not None:
            silent = at.startswith(_ONLY_IF_SILENT)
            then(at, {"at": at.removeprefix(_ONLY_IF_SILENT), "unless_reply": silent})

    screen.app.push_screen(ChoiceScreen(_("When is it to leave?"), [(at, when_words(at)) for at in times]), chosen)
