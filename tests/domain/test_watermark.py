"""How far a folder was read, and when that tells where new mail lies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcrm.domain.watermark import Watermark
from mailcrm.ports import RemoteMailbox

SENT = RemoteMailbox(b"Sent", "Sent", "\\Sent")
READ = Watermark("Sent", "\\Sent", uidvalidity=7, low_uid=1, high_uid=40, skipped=())


def test_of_a_folder_read_to_its_first_uid_only_what_lies_above_is_new() -> None:
    assert READ.top(SENT, 7) == 40
    assert replace(READ, high_uid=0).top(SENT, 7) == 0  # it was empty


@pytest.mark.parametrize(
    ("known", "folder", "uidvalidity"),
    [
        (READ, SENT, 8),
        (READ, SENT, 0),
        (READ, SENT, None),
        (replace(READ, uidvalidity=0), SENT, 0),
        (replace(READ, uidvalidity=None), SENT, None),
        (replace(READ, low_uid=12), SENT, 7),
        (replace(READ, low_uid=None, high_uid=None), SENT, 7),
        (replace(READ, skipped=[17]), SENT, 7),
        (READ, replace(SENT, name="Sent Items"), 7),
        (READ, replace(SENT, name="Alt", special_use=""), 7),
    ],
)
def test_any_other_is_looked_at_whole(known: Watermark, folder: RemoteMailbox, uidvalidity: int | None) -> None:
    assert known.top(folder, uidvalidity) is None


def test_a_use_that_only_the_name_tells_is_the_same_use() -> None:
    assert READ.top(replace(SENT, special_use=""), 7) == 40
