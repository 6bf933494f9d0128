"""Drafts of samples, quotes and orders: each mail that a step wants stands in the outbox the moment the step is made.

Room: core. In: what the sequences want. Out: drafts, each written once; one that a person threw away is not written again. Where one
can't be written (its template is broken, nobody can be written to), a task says so with the mend, until it is there or not wanted any more.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, select

from mailcrm.actions import Situation
from mailcrm.actions.draft import KeepDraft
from mailcrm.core.world import World
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import Sentence, say
from mailcrm.outbox.prepare import Prepared, prepare
from mailcrm.records import Outgoing, Task, Thread
from mailcrm.rules.sequences import StepDraft, wanted_drafts

__all__ = ["drafts_are_missing", "write_drafts"]

_ACTOR = "mailcrm"
_MISSING = "StepDraft:"


def drafts_are_missing(session: Session) -> bool:
    """Whether a draft couldn't be written, and somebody may have mended why."""
    return session.exec(select(Task.id).where(_is_missing()).limit(1)).first() is not None


def write_drafts(world: World, session: Session) -> bool:
    """Write the drafts that are wanted and not there, in the transaction of what made the step; return whether anything changed."""
    written, failed = False, dict[str, tuple[StepDraft, MailcrmError]]()
    for wanted in wanted_drafts(session, world.moment(session)):
        here = select(Outgoing.id).where(col(Outgoing.about) == wanted.about).limit(1)
        if session.exec(here).first() is None:
            try:
                _write(world, session, wanted)
                written = True
            except MailcrmError as error:
                failed[_MISSING + wanted.about] = (wanted, error)
    return _tell(world, session, failed) or written


def _write(world: World, session: Session, wanted: StepDraft) -> None:
    situation = replace(world.situation(session), actor=_ACTOR)
    draft = KeepDraft(
        f"t{wanted.thread_id}",
        template=wanted.template,
        variables=dict(wanted.variables),
        attachments=wanted.attachments,
        about=wanted.about,
    )
    mail = _prepared(session, draft, situation)
    if mail.missing and mail.missing.keys() <= mail.defaults.keys():  # the day of today, and the like
        draft = replace(draft, variables={**draft.variables, **mail.defaults})
        mail = _prepared(session, draft, situation)
    replace(draft, body=mail.body).handle(session, situation)


def _tell(world: World, session: Session, failed: dict[str, tuple[StepDraft, MailcrmError]]) -> bool:
    """Let there be a task for each draft that couldn't be written, and none for any other; what a person ticked off stays so."""
    session.flush()
    changed = False
    for task in session.exec(select(Task).where(_is_missing(), col(Task.source).not_in(list(failed)))).all():
        session.delete(task)
        changed = True
    told = session.exec(select(Task).where(col(Task.source).in_(list(failed)))).all() if failed else ()
    known = {task.source: task for task in told}
    for source, (wanted, error) in failed.items():
        task = known.get(source) or Task(title="", source=source, created_at=world.clock.now())
        title = _sentence(wanted, error).to_json()
        if task.title != title:
            task.title, task.thread_id = title, wanted.thread_id
            task.contact_id = session.get_one(Thread, wanted.thread_id).contact_id
            session.add(task)
            changed = True
    session.flush()
    return changed


def _is_missing() -> ColumnElement[bool]:
    return and_(col(Task.source).startswith(_MISSING), col(Task.done_at).is_(None))


def _sentence(wanted: StepDraft, error: MailcrmError) -> Sentence:
    values = {"about": wanted.about.partition(":")[0], "template": wanted.template, "error": error.whole}
    return say("No mail “{template}” could be drafted for {about}: {error}", **values)


def _prepared(session: Session, draft: KeepDraft, situation: Situation) -> Prepared:
    return prepare(session, draft, situation.templates, situation.ours, situation.policies.office, situation.now)
