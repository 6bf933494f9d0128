"""The verbs that a thread knows, for every screen that shows threads.

Room: tui. In: the thread under the cursor, or the marked ones. Out: commands to the core, or the screen where the person
says more. Nothing is decided here: what may be done is the core's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _, say
from mailcrm.queries.rows import ColleagueRow, CompanyRow, ThreadRow, WorklistRow
from mailcrm.tui.deals import noun_of
from mailcrm.tui.screens.correcting import CorrectingVerbs
from mailcrm.tui.terms import CHANNELS
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from mailcrm.core.facade import Outcome

__all__ = ["ThreadVerbs"]


_NUDGE = "nudge_"
_ABOUT_WHAT_IS_SHOWN = ("waive", "answered")
# What is about to be done to many, in the words of a heading.
_TITLES = {
    "waive": say("No reply needed"),
    "answered": say("Answered elsewhere"),
    "answered_too": say("Answered by our reply, too"),
    "adopt": say("Take up what was forgotten"),
    "assign": say("Give to a colleague"),
    "done": say("Done with it"),
    "snooze": say("Out of sight for a while"),
    "wait": say("Wait for their answer"),
}


class ThreadVerbs(CorrectingVerbs):
    """A screen whose verbs act on threads."""

    def threads(self) -> Sequence[str]:
        """Return the ids of the threads that a verb acts on."""
        raise NotImplementedError

    def suggested(self) -> str | None:
        """Return the template that fits the thread, where one is known."""
        return None

    def gone(self, threads: Sequence[str]) -> None:
        """Take `threads` off the screen before the core has answered."""

    def settled(self, threads: Sequence[str]) -> None:
        """Take the core's word for `threads` again."""

    def back_again(self, error: MailcrmError) -> None:
        """Show them again: the core refused."""
        self.house.tell_error(error)

    def one(self) -> str | None:
        """Return the first of the threads; None, and a word about it, where there is none."""
        threads = self.threads()
        if not threads:
            safe.toast(self.app, _("There is no customer's mail on this row."), "warning")
            return None
        return threads[0]

    def action_reply(self) -> None:
        """Write a reply; where a nudge is due, that one."""
        from mailcrm.tui.screens.composer import ComposerScreen

        if thread := self.one():
            suggested = self.suggested() or ""
            nudge = suggested if suggested.startswith(_NUDGE) else None
            self.app.push_screen(ComposerScreen(thread, begun_with=nudge))

    def action_template(self) -> None:
        """Write a reply from a template."""
        from mailcrm.tui.screens.composer import ComposerScreen

        if thread := self.one():
            self.app.push_screen(ComposerScreen(thread, pick=True, suggested=self.suggested()))

    def action_hold(self) -> None:
        """Send a holding reply; of several marked threads, one each, after a look at them all."""
        from mailcrm.tui.screens.hold import HoldScreen
        from mailcrm.tui.screens.hold_many import HoldManyScreen

        if (thread := self.one()) is None:
            return
        threads = self.threads()
        if len(threads) > 1:
            self.app.push_screen(HoldManyScreen(threads), self._held)
        else:
            self.app.push_screen(HoldScreen(thread))

    def _held(self, sent: bool | None) -> None:
        if sent:
            for rows in self.query(RowList):
                rows.unmark()

    def action_waive(self) -> None:
        """Say that no reply is needed."""
        self._each("waive", reason=_("no reply needed"))

    def action_answered_too(self) -> None:
        """Say that our reply answered what came meanwhile, too."""
        self._each("answered_too")

    def action_adopt(self) -> None:
        """Take up what was forgotten before mailcrm."""
        self._each("adopt")

    def proposals(self) -> Mapping[str, bool]:
        """Return the ids of the chosen rows that propose something, and whether it is to begin a sample, quote or order."""
        return {}

    def action_promised(self) -> None:
        """Say yes to what is asked."""
        self._decide("yes")

    def action_no_promise(self) -> None:
        """Say no to what is asked."""
        self._decide("no")

    def _decide(self, answer: str) -> None:
        if proposals := self.proposals():
            begins = answer == "yes" and list(proposals.values()) == [True]
            asked = [{"item": item, "answer": answer} for item in proposals]
            self.house.do_all("decide", asked, self._begun if begins else None)
        else:
            self._each("decide", key="item", answer=answer)

    def _begun(self, outcome: Outcome) -> None:
        """Go on where the verb's own key would have led: to the page of what was made."""
        noun = noun_of(str(outcome.row.id))
        if noun is not None:
            self.to_page(noun.name, str(outcome.row.id))

    def action_snooze(self) -> None:
        """Choose until when the thread is out of sight."""
        from mailcrm.tui.screens.choice import ChoiceScreen

        if self.one() is None:
            return

        def chosen(until: str | None) -> None:
            if until is not None:
                self._each("snooze", until=until)

        lines = [
            ("+2h", _("for two hours")),
            ("tomorrow 09:00", _("until tomorrow 09:00")),
            ("+2wd", _("for two working days")),
            ("Mon 09:00", _("until Monday 09:00")),
        ]
        self.app.push_screen(
            ChoiceScreen(_("Out of sight until when? It is back before it is at risk."), lines), chosen
        )

    def action_wait(self) -> None:
        """Choose how long we wait for their answer."""
        from mailcrm.tui.screens.choice import ChoiceScreen

        if self.one() is None:
            return

        def chosen(how: str | None) -> None:
            if how is not None:
                name, _equals, value = how.partition("=")
                given: dict[str, Any] = {name: int(value) if name == "days" else value} if name else {}
                self._each("wait", **given)

        lines = [
            ("=", _("as usual, from our newest mail on")),
            ("days=1", _("until the next working day of theirs")),
            ("days=5", _("for five working days of theirs")),
            ("days=10", _("for ten working days of theirs")),
            ("until=+30d", _("park it for 30 days")),
            ("until=+90d", _("park it for 90 days")),
            ("days=0", _("wait no more")),
        ]
        self.app.push_screen(ChoiceScreen(_("How long do we wait for their answer?"), lines), chosen)

    def action_done(self) -> None:
        """Say that the thread is done."""
        self._each("done")

    def action_finished(self) -> None:
        """Say of all that looks finished that no reply is needed, after a look at it."""
        rows = self.finished_rows()
        if rows:
            self._review("waive", rows, lambda threads: self._do_each("waive", threads, reason=_("no reply needed")))
        else:
            safe.toast(self.app, _("Nothing looks finished."))

    def finished_rows(self) -> Sequence[WorklistRow]:
        """Return the rows that look finished, where the screen has any."""
        return ()

    def seen_until(self, thread: str) -> datetime | None:
        """Return when the newest mail arrived that the screen shows of a thread: a word about it is about no later one."""
        del thread
        return None

    def rows_of(self, threads: Sequence[str]) -> Sequence[WorklistRow]:
        """Return the rows of these threads, for a look at them; none where the screen acts on one thread only."""
        del threads
        return ()

    def _each(self, verb: str, *, key: str = "thread", **args: object) -> None:
        """Run a verb for the thread, or for the marked ones after a look at them; questions are answered with one key."""
        if self.one() is None:
            return
        threads = self.threads()
        rows = self.rows_of(threads)
        if len(rows) > 1 and verb != "decide":
            self._review(verb, rows, lambda left: self._do_each(verb, left, key=key, **args))
        else:
            self._do_each(verb, threads, key=key, **args)

    def _review(self, verb: str, rows: Sequence[WorklistRow], then: Callable[[Sequence[str]], None]) -> None:
        from mailcrm.tui.screens.review import ReviewScreen

        thread_of = {row.id: row.thread_id for row in rows}

        def chosen(left: tuple[str, ...] | None) -> None:
            threads = tuple(dict.fromkeys(thread for thread in map(thread_of.get, left or ()) if thread))
            if threads:
                then(threads)

        self.app.push_screen(ReviewScreen(str(_TITLES[verb]), rows), chosen)

    def _do_each(self, verb: str, threads: Sequence[str], *, key: str = "thread", **args: object) -> None:
        shown = verb in _ABOUT_WHAT_IS_SHOWN
        many = [
            {key: thread, **args, **({"seen_until": self.seen_until(thread)} if shown else {})} for thread in threads
        ]
        self.gone(threads)
        self.house.do_all(verb, many, lambda _outcome: self.settled(threads), self.back_again)

    def action_answered(self) -> None:
        """Say where the customer was answered."""
        from mailcrm.tui.screens.choice import ChoiceScreen

        if self.one() is None:
            return

        def chosen(channel: str | None) -> None:
            if channel is not None:
                self._each("answered", channel=channel)

        lines = [(channel, str(known.title)) for channel, known in CHANNELS.items()]
        self.app.push_screen(ChoiceScreen(_("How was the customer answered?"), lines), chosen)

    def action_assign(self) -> None:
        """Choose the colleague whose work it is from now on."""
        if self.one() is not None:
            self.ask("colleagues", self._assign)

    def _assign(self, colleagues: Sequence[ColleagueRow]) -> None:
        from mailcrm.tui.screens.choice import ChoiceScreen

        if not colleagues:
            safe.toast(self.app, _("No colleague is written down: `mailcrm team add NAME` adds one."), "warning")
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                self._each("assign", to=name)

        lines = [(one.name, one.display_name or one.name) for one in colleagues]
        self.app.push_screen(ChoiceScreen(_("Whose work is it from now on?"), lines), chosen)

    def action_merge(self) -> None:
        """Make the marked threads one; of a single one, the thread that it probably belongs to."""
        if (thread := self.one()) is None:
            return
        others = self.threads()[1:]
        if others:
            self.house.do_all("merge", [{"thread": thread, "other": other} for other in others])
        else:
            self.ask("thread", self._merge, id=thread)

    def _merge(self, thread: ThreadRow) -> None:
        from mailcrm.tui.screens.choice import ChoiceScreen

        if not thread.probable:
            safe.toast(self.app, _("Mark the threads that are one first: no other one looks like it."), "warning")
            return

        def chosen(other: str | None) -> None:
            if other is not None:
                self.house.do("merge", thread=thread.id, other=other)

        lines = [(other.thread_id, f"~ {other.subject}") for other in thread.probable]
        self.app.push_screen(ChoiceScreen(_("Which thread is one with this one?"), lines), chosen)

    def action_same_company(self) -> None:
        """Choose the company that is the same as this thread's."""
        if thread := self.one():
            self.ask(
                "thread", lambda row: self.ask("companies", lambda firms: self._same_company(row, firms)), id=thread
            )

    def _same_company(self, thread: ThreadRow, firms: Sequence[CompanyRow]) -> None:
        from mailcrm.tui.screens.choice import DIGITS, ChoiceScreen

        mine = next((firm for firm in firms if firm.id == thread.company_id), None)
        others = [firm for firm in firms if firm is not mine]
        if mine is None or not others:
            safe.toast(self.app, _("There is no other company that this one could be."), "warning")
            return

        def chosen(other: str | None) -> None:
            if other is not None:
                self.house.do("merge_company", company=mine.id, other=other)

        likest = sorted(others, key=lambda firm: (-SequenceMatcher(None, mine.name, firm.name).ratio(), firm.name))
        lines = [(firm.id, f"{firm.name}  {', '.join(firm.domains)}") for firm in likest[:DIGITS]]
        self.app.push_screen(ChoiceScreen(_("Which company is the same as {who}?", who=mine.name), lines), chosen)
