"""Notices of the mail servers that are out there, each read for who, why and which mail; and mails that only look like one."""

from __future__ import annotations

import pytest
from ingest.mta_notices import MORE, NOTICES, TRAPS, Notice

from mailcrm.adapters.mime import Mime
from mailcrm.domain.message import Bounce
from mailcrm.ingest.reading import read_mail


@pytest.mark.parametrize("notice", [*NOTICES, *MORE], ids=lambda notice: notice.name)
def test_a_notice_tells_who_why_and_which_mail(notice: Notice) -> None:
    got = read_mail(Mime(), notice.text.encode())
    bounce = got.bounce or Bounce()
    status = bounce.status if "." in notice.status else bounce.status[:1]
    assert (got.kind.value, bounce.recipient, status, bounce.original_message_id) == (
        notice.kind, notice.recipient, notice.status, notice.original,
    )  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), [trap[1:] for trap in TRAPS], ids=[trap[0] for trap in TRAPS])
def test_what_only_looks_like_a_bounce(text: str, kind: str) -> None:
    assert read_mail(Mime(), text.encode()).kind.value == kind
