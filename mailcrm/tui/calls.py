"""How screens talk to the core: in a worker thread, and back by a message.

Room: tui. In: the name of a query or verb and its arguments. Out: `Answered` or `Failed`, handled on the UI thread, which
never touches the core itself. Unexpected errors end here too: this is the TUI's supervisor, and it tells the person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.message_pump import MessagePump
from textual.worker import get_current_worker

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import say

if TYPE_CHECKING:
    from textual.app import App

    from mailcrm.core.facade import Outcome
    from mailcrm.core.late import Desk

__all__ = ["Answered", "Failed", "Finished", "Otherwise", "ask", "do_all", "do_quietly"]

Otherwise = Callable[[MailcrmError], None]

log = logging.getLogger(__name__)


class Answered(Message):
    """A query came back: `then(value)` is called where it was asked."""

    def __init__(self, value: Any, then: Callable[[Any], None]) -> None:  # noqa: ANN401  (rows of any kind)
        super().__init__()
        self.value = value
        self.then = then


class Failed(Message):
    """A query or a command failed; without `otherwise` the error is told by a toast."""

    def __init__(self, error: MailcrmError, otherwise: Otherwise | None) -> None:
        super().__init__()
        self.error = error
        self.otherwise = otherwise


class Finished(Message):
    """A command ran for every one of its arguments."""

    def __init__(self, verb: str, outcomes: Sequence[Outcome], then: Callable[[Outcome], None] | None) -> None:
        super().__init__()
        self.verb = verb
        self.outcomes = outcomes
        self.then = then


def _unexpected(error: Exception) -> MailcrmError:
    log.error("a screen's call failed", exc_info=error)
    return MailcrmError(
        say("Something went wrong inside mailcrm: {error}.", error=type(error).__name__),
        say("Nothing was lost. If it happens again, tell us what you did; the log has the details."),
    )


def _translated(call: Callable[[], Message], otherwise: Otherwise | None) -> Message:
    try:
        return call()
    except MailcrmError as error:
        return Failed(error, otherwise)
    except Exception as error:  # noqa: BLE001  (the TUI's supervisor: a worker's error is told, never swallowed)
        return Failed(_unexpected(error), otherwise)


def ask(
    app: App[Any],
    core: Desk,
    back: MessagePump,
    query: str,
    args: Mapping[str, object],
    then: Callable[[Any], None],
    otherwise: Otherwise | None = None,
) -> None:
    """Ask the core; the answer comes to `back`. A newer question for the same `then` makes an older one moot."""

    def work() -> None:
        worker = get_current_worker()
        message = _translated(lambda: Answered(core.ask(query, **args), then), otherwise)
        if not worker.is_cancelled:
            back.post_message(message)

    group = f"{id(back)}:{query}:{getattr(then, '__name__', '')}"
    app.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)


def do_quietly(
    app: App[Any],
    core: Desk,
    back: MessagePump,
    verb: str,
    args: Mapping[str, object],
    then: Callable[[Any], None],
    otherwise: Otherwise | None = None,
) -> None:
    """Run `verb` without telling the person; the row that it returns comes to `back`."""

    def work() -> None:
        back.post_message(_translated(lambda: Answered(core.do(verb, **args).row, then), otherwise))

    app.run_worker(work, thread=True, group=f"do:{verb}", exit_on_error=False)


def do_all(
    app: App[Any],
    core: Desk,
    verb: str,
    many: Sequence[Mapping[str, object]],
    then: Callable[[Outcome], None] | None = None,
    otherwise: Otherwise | None = None,
) -> None:
    """Run `verb` once for each arguments of `many`, in order; the result comes to the app, whatever screen is open."""

    def work() -> None:
        outcomes: list[Outcome] = []
        failed: Message | None = None
        for args in many:
            result = _translated(partial(_run_one, core, verb, args, outcomes), otherwise)
            if isinstance(result, Failed):
                failed = result
                break
        if outcomes:
            app.post_message(Finished(verb, outcomes, then))
        if failed is not None:
            app.post_message(failed)

    app.run_worker(work, thread=True, group=f"do:{verb}", exit_on_error=False)


def _run_one(core: Desk, verb: str, args: Mapping[str, object], outcomes: list[Outcome]) -> Message:
    outcomes.append(core.do(verb, **args))
    return Message()
