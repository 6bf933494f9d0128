"""The lines above and below every screen: state of the house, what can be taken back, and the keys at hand.

Room: tui. In: the app's health and pending mail. Out: painted lines; words are made anew at each painting. What is there is
painted in one order; where not all of it fits, what matters least is left out, or said shorter. A click opens the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from mailcrm.domain.pace import Underway
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import _, plural
from mailcrm.queries.rows import Health
from mailcrm.tui.health_words import causes, is_stale, outbox_words
from mailcrm.tui.keys import Key
from mailcrm.tui.times import countdown, moment, span, span_exact, span_left
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import shorten

if TYPE_CHECKING:
    from mailcrm.tui.app import MailcrmApp

__all__ = ["Bars", "Fact", "fitting", "joined"]

Part = tuple[str, str]
GAP = "  "
ELBOW = 16  # what wrapping at a space may leave empty of a line
BETWEEN: Part = (" · ", "$text-muted")
STYLES = {"bad": "$text-error bold", "warn": "$text-warning", "": ""}


@dataclass(frozen=True, slots=True)
class Fact:
    """A part of the state line. The smaller its `rank` the longer it stays; `short` says it where room is scarce."""

    rank: int
    text: str
    style: str = ""
    short: str = ""


def fitting(facts: Sequence[Fact], width: int) -> Content:
    """Return the facts that fit, in their order: the most important ones are let in first, and said in full first."""
    gap, room, said = cell_len(BETWEEN[0]), width, dict[int, str]()
    ranked = sorted(enumerate(facts), key=lambda entry: (entry[1].rank, entry[0]))
    for place, fact in ranked:
        short = fact.short or fact.text
        size = cell_len(short) + (gap if said else 0)
        if size <= room or not said:
            said[place] = short
            room -= size
    for place, fact in ranked:
        more = cell_len(fact.text) - cell_len(said.get(place, fact.text))
        if place in said and more <= room:
            said[place] = fact.text
            room -= more
    return joined([(said[place], facts[place].style) for place in sorted(said)], width)


def joined(parts: Sequence[Part], width: int, gap: Part = BETWEEN) -> Content:
    """Return as many of `parts` as fit, in order, with `gap` between them; never half a part but the first."""
    shown: list[Part] = []
    room = width
    for part in parts:
        size = cell_len(part[0]) + (cell_len(gap[0]) if shown else 0)
        if shown and size > room:
            break
        shown.extend([gap, part] if shown else [part])
        room -= size
    return safe.line(*shown, width=width)


class Bars(Vertical):
    """What stands below every screen: trouble (only then), undo (only then), state, keys."""

    DEFAULT_CSS = """
    Bars {
        height: auto; dock: bottom;
        & #trouble { display: none; height: auto; max-height: 3; color: $text-error; padding: 0 1; }
        & #pending { display: none; background: $panel; color: $text; padding: 0 1; }
        & #state { background: $surface; padding: 0 1; }
        & #hints { padding: 0 1; color: $text-muted; }
    }
    """

    def __init__(self, keys: Callable[[], Sequence[Key]]) -> None:
        super().__init__()
        self.keys = keys

    @property
    def house(self) -> MailcrmApp:
        """The app, by its own name."""
        return cast("MailcrmApp", self.app)

    def compose(self) -> ComposeResult:
        """Build the lines."""
        yield safe.Prose(self._trouble, id="trouble")
        yield safe.Line(self._pending, id="pending")
        yield safe.Line(self._state, id="state")
        yield safe.Line(self._hints, id="hints")

    def on_mount(self) -> None:
        """Show what is known already."""
        self.renew()

    def renew(self) -> None:
        """Paint anew what is there (a screen that is being taken down has lost some); lines come and go with need."""
        health = self.house.health
        needed = {
            "trouble": bool(health and any(causes(account) for account in health.accounts)),
            "pending": self.house.pending is not None,
        }
        for part in self.children:
            part.display = needed.get(part.id or "", True)
            part.refresh(layout=part.id == "trouble")

    def on_click(self, event: events.Click) -> None:
        """Show how things stand."""
        if event.widget is not None and event.widget.id in ("trouble", "state"):
            self.house.action_health()

    def _trouble(self) -> Content:
        health = self.house.health
        troubled = [(row.name, cause) for row in (health.accounts if health else ()) for cause in causes(row)]
        width = max(self.size.width - 2, 1)
        room = 2 * width - ELBOW if len(troubled) == 1 else width
        told = [
            shorten(printable_line(_("✗ {account}: {trouble}", account=name, trouble=cause)), room)
            for name, cause in troubled[:2]
        ]
        more = _("{key} shows the whole, and the mend.", key=self.house.key_name("app.health"))
        return Content.assemble(safe.block("\n".join(told)), "\n", safe.line((more, "$text-muted"), width=width))

    def _pending(self, width: int) -> Content:
        pending = self.house.pending
        if pending is None:
            return safe.line("")
        seconds = (pending.until - self.house.core.now()).total_seconds()
        when = _("leaves in {seconds}", seconds=span_exact(seconds)) if seconds > 0 else _("is leaving")
        back = _("{key} takes it back", key=self.house.key_name("app.undo"))
        what = (
            _("To {to}: {subject}", to=pending.to, subject=pending.subject)
            if pending.count == 1
            else _(
                "{count} mails, the last to {to}: {subject}",
                count=pending.count,
                to=pending.to,
                subject=pending.subject,
            )
        )
        return safe.line(
            ("~ ", "$text-warning bold"),
            shorten(printable_line(what), max(width // 2, 10)),
            (f"  {when}", "bold"),
            (f"  {back}" if seconds > 0 else "", "$text-muted"),
            width=width,
        )

    def _state(self, width: int) -> Content:
        health = self.house.health
        if health is None:
            return safe.line((_("One moment …"), "$text-muted"), width=width)
        now, underway = self.house.core.now(), self.house.underway
        poll = _reading(underway) if underway else _poll(health, now, self.house.core.poll_seconds())
        facts = [*_nobody(health), poll, _next(health, now), *_notices(health), *_outbox(health), *_somebody(health)]
        return fitting([*facts, *_unreadable(health)], width)

    def _hints(self, width: int) -> Content:
        house = self.house
        parts = [
            (f"{house.key_name(key.id)} {key.label}", "") for key in self.keys() if key.label and house.key_name(key.id)
        ]
        return joined(parts, width, (GAP, ""))


def _poll(health: Health, now: datetime, poll_seconds: int) -> Fact:
    if not health.accounts:
        return Fact(1, _("✗ no mail account"), "$text-warning")
    if any(causes(account) for account in health.accounts):
        sign, style = "✗", "$text-error"
    elif any(is_stale(account, now, poll_seconds) for account in health.accounts):
        sign, style = "~", "$text-warning"
    else:
        sign, style = "✓", "$text-success"
    known = [account.last_good_poll for account in health.accounts if account.last_good_poll]
    if len(known) < len(health.accounts):
        return Fact(1, _("{sign} mail not fetched yet", sign=sign), style, _("{sign} no mail yet", sign=sign))
    oldest = min(known)
    short = _("{sign} mail {time}", sign=sign, time=moment(oldest, health.zone, now))
    if sign == "✓":
        return Fact(1, short, style)
    return Fact(1, _("{poll}, {span} ago", poll=short, span=span(now - oldest)), style, short)


def _reading(underway: Underway) -> Fact:
    """Return how far a long reading of mail is."""
    told = _("↻ {folder} {done} of {total}", folder=underway.what, done=underway.done, total=underway.total)
    if underway.left is None:
        return Fact(1, told, "$text-accent")
    return Fact(1, _("{progress}, {span} left", progress=told, span=span_left(underway.left)), "$text-accent", told)


def _next(health: Health, now: datetime) -> Fact:
    if health.next_due is None:
        return Fact(5, _("nothing due"), "$text-muted")
    time = moment(health.next_due, health.zone, now)
    left = countdown(health.next_due, now)
    return Fact(2, _("next {time} ({countdown})", time=time, countdown=left), short=_("next {time}", time=time))


def _notices(health: Health) -> list[Fact]:
    if not health.notices:
        return []
    return [Fact(4, plural("! {count} notice", "! {count} notices", health.notices), "$text-warning bold")]


def _outbox(health: Health) -> list[Fact]:
    ranks = {"bad": 1, "warn": 3, "": 6}
    return [Fact(ranks[look], words, STYLES[look]) for words, look in outbox_words(health)]


def _nobody(health: Health) -> list[Fact]:
    if health.engine != "nobody":
        return []
    return [Fact(0, _("✗ nobody fetches or sends"), "$text-warning", _("✗ nobody works"))]


def _somebody(health: Health) -> list[Fact]:
    told = {"here": _("works here"), "elsewhere": _("another window works")}.get(health.engine)
    return [Fact(5, told, "$text-muted")] if told else []


def _unreadable(health: Health) -> list[Fact]:
    if not health.quarantine:
        return []
    words = plural("{count} unreadable mail", "{count} unreadable mails", health.quarantine)
    return [Fact(4, words, "$text-warning")]
