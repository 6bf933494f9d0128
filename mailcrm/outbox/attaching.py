"""Files that a mail carries: by a path on this computer, or a kept one by its id, "paper:kf12".

Room: outbox. Bytes are read when the mail is frozen.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

from sqlmodel import Session

from mailcrm.domain.errors import ComposeError
from mailcrm.domain.words import say
from mailcrm.outbox.compose import OutgoingFile
from mailcrm.store.papers import paper_named, read_paper

__all__ = ["PAPER", "attached"]

PAPER = "paper:"


def attached(session: Session, given: str) -> OutgoingFile:
    """Return the file that `given` names; ComposeError where it can't be read, NotFound for no kept file."""
    if given.startswith(PAPER):
        paper = paper_named(session, given.removeprefix(PAPER))
        return OutgoingFile(paper.filename, paper.content_type, read_paper(session, paper))
    path = Path(given)
    try:
        content = path.expanduser().read_bytes()
    except (OSError, RuntimeError) as error:  # "~nobody" is no home
        reason = getattr(error, "strerror", None) or error
        raise ComposeError(
            say("The attachment {path} can't be read: {reason}.", path=path, reason=reason),
            say("Check the name, or leave it out; the mail was not sent."),
        ) from error
    return OutgoingFile(path.name, mimetypes.guess_type(path.name)[0] or "application/octet-stream", content)
