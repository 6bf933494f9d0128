"""The app: holds the core, the keys, the language and what can be taken back; screens do the rest.

Room: tui. In: a core, a keymap, the catalogues of both languages. Out: nothing; people. The UI thread never touches the
core but for its clock (`core.now()` touches neither database nor network).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input, TextArea

from mailcrm.domain import words
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.pace import Pace, Underway
from mailcrm.domain.words import _
from mailcrm.queries.rows import AccountRow, DigestRow, Health
from mailcrm.tui import calls, strokes
from mailcrm.tui.keys import APP_KEYS, every_key
from mailcrm.tui.looks import Looks
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import Bars

if TYPE_CHECKING:
    from mailcrm.core.facade import Notice
    from mailcrm.core.late import Desk
    from mailcrm.queries.rows import Worklist

__all__ = ["MailcrmApp"]

HEALTH_SECONDS = 30
MINUTE = 60
LONG = 500  # fewer mails are read before anybody could follow


class MailcrmApp(Looks):
    """The TUI. `engine`: run the background engine in this process (another process may still hold its lock)."""

    TITLE = "mailcrm"
    CSS_PATH = "mailcrm.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in APP_KEYS]

    def __init__(
        self,
        core: Desk,
        keymap: Mapping[str, str],
        catalogues: Mapping[str, NullTranslations],
        *,
        engine: bool = True,
        theme: str = "",
        first: Worklist | None = None,
    ) -> None:
        super().__init__(core, theme)
        self.catalogues = catalogues
        self.engine = engine
        self.first = first
        self.is_open = False
        self.health: Health | None = None
        self._names = strokes.names(keymap)
        self._strokes = strokes.Strokes(keymap)
        self._topics: set[str] = set()
        self._leaving = False
        self._pace = Pace()
        self.underway: Underway | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self.set_keymap(keymap)

    def on_mount(self) -> None:
        """Open the worklist; what takes time begins when it stands."""
        from mailcrm.tui.screens.worklist import WorklistScreen

        self.set_interval(HEALTH_SECONDS, self.ask_health)
        self.set_interval(MINUTE, self._minute)
        self.set_interval(1, self.count_down)
        self.push_screen(WorklistScreen(self.first))
        self.tell_no_theme()
        self.call_after_refresh(self.run_worker, self._open, thread=True, group="engine")

    def on_unmount(self) -> None:
        """Stop listening. The core belongs to the caller, who closes it."""
        if self._unsubscribe is not None:
            self._unsubscribe()

    def _open(self) -> None:
        """Listen to the core, which opens now at the latest, and start the engine; without a core there are no screens."""
        try:
            self._unsubscribe = self.core.subscribe(self._heard)
        except MailcrmError:
            self.call_later(self.exit)  # whoever gave the core tells why
            return
        self.call_later(self._opened)
        if self.engine:
            try:
                self.core.engine_start()
            except MailcrmError as error:
                self.post_message(calls.Failed(error, None))

    def _opened(self) -> None:
        """Ask for everything that is shown: from now on news of it is heard."""
        self.is_open = True
        self._changed("mail")

    # Keys -------------------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Turn full-width letters and chords into keys; in a text field letters are text."""
        if isinstance(event, events.Key) and not event.is_forwarded and not isinstance(self.focused, (Input, TextArea)):
            stroke = self._strokes.stroke(event, lambda key: key in self.screen.active_bindings)
            if stroke is None:
                return
            event = stroke
        await super().on_event(event)

    def key_name(self, id: str) -> str:  # noqa: A002  (the id of a binding)
        """Return the key of a binding as people write it: "Ctrl-P"."""
        return self._names.get(id, ("",))[0]

    def key_names(self, id: str) -> str:  # noqa: A002  (the id of a binding)
        """Return all keys of a binding: "j, Down"."""
        return ", ".join(self._names.get(id, ()))

    # The core ---------------------------------------------------------------------------------------------------

    def _heard(self, notice: Notice) -> None:
        """Note a change; called from any thread, so it only posts."""
        if notice.topic == "progress":
            self.call_later(self._going_on, notice.detail)
        else:
            self.call_later(self._changed, notice.topic)

    def _going_on(self, detail: Mapping[str, Any]) -> None:
        """Show how far a long reading is; a short one would only flicker."""
        done, total = detail["done"], detail["total"]
        underway = self._pace.step(detail["folder"], done, total, time.monotonic())
        self.underway = underway if done < total and total >= LONG else None
        for bars in self.screen.query(Bars):
            bars.renew()

    def _changed(self, topic: str) -> None:
        """Gather what comes in a burst, then ask once."""
        if not self._topics:
            self.set_timer(0.05, self._spread)
        self._topics.add(topic)

    def _spread(self) -> None:
        topics = frozenset(self._topics)
        self._topics.clear()
        self.ask_health()
        self._tell_screens(topics)

    def _tell_screens(self, topics: frozenset[str]) -> None:
        """Tell the screens that are seen; one that another covers hears of it when it is seen again."""
        covered = False
        for screen in reversed(self.mail_screens()):
            if covered:
                screen.missed |= topics
            else:
                screen.core_changed(topics)
            covered = covered or not screen.is_modal

    def mail_screens(self) -> Sequence[MailScreen[Any]]:
        """Return the open screens of ours, the lowest first; without one whose widgets are not there yet or any more."""
        return [screen for screen in self.screen_stack if isinstance(screen, MailScreen) and screen.is_whole]

    def ask_health(self) -> None:
        """Ask for the status bar's contents."""
        calls.ask(self, self.core, self, "health", {}, self._show_health, lambda _error: None)

    def _show_health(self, health: Health) -> None:
        before, self.health = self.health, health
        if health.newest_notice and health.newest_notice != (before.newest_notice if before else None):
            calls.ask(self, self.core, self, "notice", {"id": health.newest_notice}, self._show_notice)
        if before is None and not health.accounts:
            self.action_account()
        self._leaving = self._leaving and self._would_strand()
        self.renew_bars()
        self._tell_screens(frozenset({"health"}))

    def _show_notice(self, digest: DigestRow) -> None:
        """Tell of a digest that is new to this window."""
        key = self.key_name("app.notices")
        words_ = _("{title}. {key} shows which.", title=digest.title, key=key)
        safe.toast(self, words_, "warning", seconds=12)

    def renew_bars(self) -> None:
        """Paint the bars of all screens anew."""
        for screen in self.mail_screens():
            for bars in screen.query(Bars):
                bars.renew()

    # Time -------------------------------------------------------------------------------------------------------

    def _minute(self) -> None:
        for screen in self.mail_screens():
            screen.minute()

    # Actions ----------------------------------------------------------------------------------------------------

    def action_sync(self) -> None:
        """Fetch mail now."""
        safe.toast(self, _("Fetching mail …"), seconds=2)
        self.do("sync")

    def action_language(self) -> None:
        """Switch the language of everything at once."""
        languages = [name for name in words.LANGUAGES if name in self.catalogues]
        here = words.active_language()
        following = languages[(languages.index(here) + 1) % len(languages)] if here in languages else languages[0]
        words.install(following, self.catalogues[following])
        for screen in self.mail_screens():
            screen.relanguage()

    async def action_back(self) -> None:
        """Leave the screen; from the worklist, the program."""
        if sum(isinstance(screen, MailScreen) for screen in self.screen_stack) > 1:
            self.pop_screen()
        elif self._leaving or not self._would_strand():
            self.exit()
        else:
            self._leaving = True
            key = self.key_name("app.back")
            words_ = _("A mail is still waiting to leave. {key} again leaves it for the next start.", key=key)
            safe.toast(self, words_, "warning")

    def _would_strand(self) -> bool:
        """Whether mail waits that nobody would send if this process ended now."""
        if self.health is None or self.health.engine == "elsewhere":
            return False
        return any(self.health.outbox.get(state) for state in ("held", "queued"))

    async def action_quit(self) -> None:
        """Leave at once; what was typed in a composer is kept as a draft first."""
        from mailcrm.tui.screens.composer import ComposerScreen

        writing = [screen for screen in self.screen_stack if isinstance(screen, ComposerScreen) and screen.unsaved]
        if writing:
            writing[-1].leave(self.exit)
        else:
            self.exit()

    def action_explain(self) -> None:
        """Open the reasons and the keys of the screen at hand."""
        from mailcrm.tui.screens.explain import ExplainScreen

        screen = self.screen
        if isinstance(screen, MailScreen) and not isinstance(screen, ExplainScreen):
            self.push_screen(ExplainScreen(screen.thread_id, (*screen.help_keys, screen.house_keys)))

    def action_search(self) -> None:
        """Open the search."""
        from mailcrm.tui.screens.search import SearchScreen

        self._push_once(SearchScreen)

    def action_outbox(self) -> None:
        """Open the list of outgoing mail."""
        from mailcrm.tui.screens.outbox import OutboxScreen

        self._push_once(OutboxScreen)

    def action_notices(self) -> None:
        """Open what was told of deadlines."""
        from mailcrm.tui.screens.notices import NoticesScreen

        self._push_once(NoticesScreen)

    def action_health(self) -> None:
        """Open how things stand."""
        from mailcrm.tui.screens.health import HealthScreen

        self._push_once(HealthScreen)

    def action_account(self) -> None:
        """Open the account wizard."""
        from mailcrm.tui.screens.account import AccountScreen

        self._push_once(AccountScreen)

    def begin_reading(self, account: AccountRow) -> None:
        """Have a mailbox read whose account was just kept, or show how one signs in to it."""
        if account.awaits_sign_in:
            self.action_health()
        elif self.health is not None and self.health.engine == "elsewhere":
            safe.toast(self, _("The mailcrm that fetches and sends reads it soon."))
        else:
            self.action_sync()

    def action_team(self) -> None:
        """Open how the work lies on the team."""
        from mailcrm.tui.screens.team import TeamScreen

        self._push_once(TeamScreen)

    def action_board(self, noun: str) -> None:
        """Open the board of samples, quotes or orders; on a board, show that one."""
        from mailcrm.tui.screens.board import BoardScreen

        if isinstance(self.screen, BoardScreen):
            self.screen.show_noun(noun)
        else:
            self.push_screen(BoardScreen(noun))

    def action_parcels(self) -> None:
        """Open the parcels under way."""
        from mailcrm.tui.screens.awbs import AwbScreen

        self._push_once(AwbScreen)

    def _push_once(self, kind: Callable[[], Screen[None]]) -> None:
        if not (isinstance(kind, type) and isinstance(self.screen, kind)):
            self.push_screen(kind())

    def action_palette(self) -> None:
        """Open the palette: every verb, by name."""
        from mailcrm.tui.screens.palette import PaletteScreen

        if not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen(self._palette_keys()), self._run_key)

    def _palette_keys(self) -> Sequence[str]:
        screen = self.screen
        tables = (*screen.help_keys, screen.house_keys) if isinstance(screen, MailScreen) else (APP_KEYS,)
        return [key.id for table in tables for key in table if not key.id.startswith(("list.", "text."))]

    def _run_key(self, id: str | None) -> None:  # noqa: A002  (the id of a binding)
        """Run the action of a binding on the screen that the palette was called from."""
        if id is None:
            return
        key = every_key()[id]
        self.call_later(self.run_action, key.action, self if id.startswith("app.") else self.screen)
