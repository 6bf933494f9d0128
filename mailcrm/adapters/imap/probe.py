"""What is wrong with an account's mailbox, step by step, each with its mend.

Room: adapters. In: a way to open the account's source. Out: checks for `account test` and `doctor`, each as soon as it is
known; the first step that can't be done is the last one told, since nothing after it could be known. Nothing is written on
the server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mailcrm.adapters.imap.source import ImapSource
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.health import Check
from mailcrm.domain.mailboxes import sent_folder, to_read
from mailcrm.domain.words import say
from mailcrm.ports import RemoteMailbox

__all__ = ["probe"]

_STEPS = ("login", "folders", "inbox", "sent", "idle")


def probe(
    open_source: Callable[[], ImapSource],
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
    sent: str | None = None,
) -> Iterator[Check]:
    """Yield the checks "login", "folders", "inbox", "sent", "sent_kept", "idle", as far as they can be made.

    `only`, `skip` and `sent` are the account's choice of folders by readable name.
    """
    try:
        source = open_source()
    except MailcrmError as error:
        yield _failed("login", error)
        return
    done: set[str] = set()
    try:
        for check in _steps(source, (only, skip, sent)):
            done.add(check.name)
            yield check
    except MailcrmError as error:
        yield _failed(next(step for step in _STEPS if step not in done), error)
    finally:
        source.close()


def _steps(source: ImapSource, choice: tuple[Sequence[str], Sequence[str], str | None]) -> Iterator[Check]:
    only, skip, sent = choice
    yield Check("login", ok=True, detail=say("The server let mailcrm in."))
    mailboxes = source.mailboxes()
    yield _folders(to_read(mailboxes, only, skip))
    received = source.examine(b"INBOX").exists
    yield Check("inbox", ok=True, detail=say("INBOX opens and holds {count} mails.", count=received))
    yield from _sent(source, sent_folder(mailboxes, sent), received)
    yield _idle(source)


def _failed(name: str, error: MailcrmError) -> Check:
    return Check(name, ok=False, detail=error.sentence, fix=error.hint)


def _folders(read: Sequence[RemoteMailbox]) -> Check:
    if not read:
        return Check(
            "folders",
            ok=False,
            detail=say("The chosen folders leave nothing to read."),
            fix=say("Check --folder and --skip-folder of the account."),
        )
    names = ", ".join(mailbox.name for mailbox in read)
    return Check("folders", ok=True, detail=say("Folders that are read: {names}.", names=names))


def _sent(source: ImapSource, folder: RemoteMailbox | None, received: int) -> list[Check]:
    if folder is None:
        return [
            Check(
                "sent",
                ok=False,
                detail=say("There is no folder for sent mail, so answers written on a phone can't be seen."),
                fix=say("Make a folder named Sent in the web mail and let your programs keep sent mail there."),
            )
        ]
    kept = source.examine(folder.raw_name).exists
    found = Check("sent", ok=True, detail=say("Sent mail lies in {name}: {count} mails.", name=folder.name, count=kept))
    return [found, _sent_kept(source, folder, kept, received)]


def _sent_kept(source: ImapSource, folder: RemoteMailbox, kept: int, received: int) -> Check:
    """Say what can be known from outside: an empty Sent beside a used INBOX is a sign, not a proof."""
    if source.quirk.files_sent_itself:
        return Check("sent_kept", ok=True, detail=say("{provider} files sent mail itself.", provider=source.quirk.name))
    if kept == 0 and received > 0:
        return Check(
            "sent_kept",
            ok=False,
            detail=say(
                "{name} is empty although mail has come in: your mail programs seem not to keep sent mail there, and answers written in them can't be seen.",
                name=folder.name,
            ),
            fix=say(
                "Switch on saving of sent mail on the server in your mail programs and in the web mail's settings; if you have sent nothing yet, all is well."
            ),
        )
    return Check("sent_kept", ok=True, detail=say("Nothing speaks against sent mail being kept."))


def _idle(source: ImapSource) -> Check:
    if "IDLE" in source.capabilities:
        return Check("idle", ok=True, detail=say("The server tells of new mail at once (IDLE)."))
    return Check(
        "idle", ok=True, detail=say("The server doesn't tell of new mail by itself: mailcrm asks now and then.")
    )
