"""Two cores on one home: what one does, the other hears of."""

from pathlib import Path

from mailcrm.bootstrap import make_home, open_core
from mailcrm.core.facade import Notice


def test_a_core_hears_what_another_process_would_have_written(home: Path) -> None:
    make_home(home, None)
    looking, working = open_core(home), open_core(home)
    try:
        looking.notice_changes()
        heard: list[Notice] = []
        looking.subscribe(heard.append)
        looking.notice_changes()
        assert heard == []
        working.do(
            "add_account",
            name="work",
            imap="imaps://mail.ningbo.example",
            smtp="smtps://mail.ningbo.example",
            user="rep@ningbo.example",
        )
        looking.notice_changes()
        assert [notice.topic for notice in heard] == ["mail"]
    finally:
        looking.close()
        working.close()
