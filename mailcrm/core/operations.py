"""Operations: what people's rooms may have done that is no command, since it talks to a server, a file or the system.

Room: core. In: the world, the arguments of a verb. Out: a sentence and the row that it shows. None of them can be undone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mailcrm.core.accounts import add_account, authorize_account, remove_account
from mailcrm.core.files import open_attachment, open_link, open_paper, save_attachment, save_paper
from mailcrm.core.importing import import_mail
from mailcrm.core.looks import choose_theme
from mailcrm.core.notices import read_notices
from mailcrm.core.our_company import OPERATIONS as OUR_COMPANY
from mailcrm.core.pressing import press_example
from mailcrm.core.pressing_orders import press_order
from mailcrm.core.printing_samples import print_sample
from mailcrm.core.rebuilding import rebuild
from mailcrm.core.rereading import reparse, retry_quarantine
from mailcrm.core.team import add_person, add_presence, remove_person, remove_presence
from mailcrm.core.tracking import track_samples
from mailcrm.core.whole import fetch_whole
from mailcrm.domain.words import Sentence

__all__ = ["OPERATIONS", "TOPICS"]

OPERATIONS: dict[str, Callable[..., tuple[Sentence, Any]]] = {
    "add_account": add_account,
    "authorize_account": authorize_account,
    "remove_account": remove_account,
    "add_person": add_person,
    "remove_person": remove_person,
    "add_presence": add_presence,
    "remove_presence": remove_presence,
    "choose_theme": choose_theme,
    "import_mail": import_mail,
    "fetch_whole": fetch_whole,
    "reparse": reparse,
    "rebuild": rebuild,
    "quarantine_retry": retry_quarantine,
    "read_notices": read_notices,
    "save_attachment": save_attachment,
    "open_attachment": open_attachment,
    "open_link": open_link,
    "press_example": press_example,
    "press_order": press_order,
    "print_sample": print_sample,
    "track_samples": track_samples,
    "save_paper": save_paper,
    "open_paper": open_paper,
    **OUR_COMPANY,
}
# What an operation changes, for those who listen; "health" where nothing else is told.
TOPICS = {
    **dict.fromkeys(("sync", "import_mail", "fetch_whole", "reparse", "quarantine_retry"), "mail"),
    **dict.fromkeys(("add_person", "remove_person", "add_presence", "remove_presence"), "turns"),  # whose list it is
    "track_samples": "turns",
    "read_notices": "notices",
}
