"""Files that a mail carries: by a path on this computer, or a kept one "paper:kf12" or, for whoever reads it, "paper:kf12/front.jpg".

Room: outbox. Bytes are read when the mail is frozen. A kept photo goes small and without what the camera wrote into it; the kept bytes stay.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path, PurePath

from sqlmodel import Session

from mailcrm.domain.errors import ComposeError
from mailcrm.domain.words import say
from mailcrm.outbox.compose import OutgoingFile
from mailcrm.store.papers import ATTACHED, paper_named, read_paper

__all__ = ["PHOTO", "MailablePhoto", "attached", "kept_id"]

PHOTO = "photo"
"""The kind of kept file that a photo is."""

MailablePhoto = Callable[[str, bytes], bytes]
"""Makes a photo, by its name and bytes, a JPEG of a size for a mail; ComposeError where it can't be read."""


def kept_id(given: str) -> str | None:
    """Return the id of the kept file that is named, "kf12"; None for a path."""
    return given.removeprefix(ATTACHED).partition("/")[0] if given.startswith(ATTACHED) else None


def attached(session: Session, given: str, mailable: MailablePhoto | None = None) -> OutgoingFile:
    """Return the file that `given` names; ComposeError where it can't be read, NotFound for no kept file.

    `mailable`: how a kept photo leaves; None: it doesn't leave, so it is as it was kept.
    """
    kept = kept_id(given)
    if kept is not None:
        paper = paper_named(session, kept)
        if paper.kind == PHOTO and mailable is not None:
            small = mailable(paper.filename, read_paper(session, paper))
            return OutgoingFile(f"{PurePath(paper.filename).stem}.jpg", "image/jpeg", small)
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
