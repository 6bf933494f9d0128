"""A mail too large to fetch unasked, and a company's own certificate authority: on real servers, by the command line."""

from __future__ import annotations

import pytest
from e2e.desk import Desk, letter

pytestmark = pytest.mark.server

NOON = "2026-03-02T12:00"


def test_an_oversize_mail_shows_its_head_and_comes_whole_when_asked(desk: Desk) -> None:
    desk.env["MAILCRM__SYNC__OVERSIZE_MB"] = "1"
    buyer = desk.customer("anna@hamburg.example")
    raw = letter(buyer.user, desk.rep.user, "Can you make this?", attachment=("valve.pdf", b"drawing " * 250_000))
    desk.arrives(raw, "2026-03-02T10:00")
    assert desk.sync(now=NOON) == 1
    thread = desk.thread(now=NOON)["id"]
    (head,) = desk.read("show", thread, now=NOON)["messages"]
    assert (head["whole"], head["size"], head["body"], head["attachments"]) == (False, len(raw), "", [])
    assert "--fetch" in desk("show", thread, now=NOON).out
    (whole,) = desk.read("show", thread, "--fetch", now=NOON)["messages"]
    assert (whole["id"], whole["whole"], whole["size"]) == (head["id"], True, len(raw))
    assert "Can you make this?" in whole["body"]
    assert [file["filename"] for file in whole["attachments"]] == ["valve.pdf"]
    assert "--fetch" not in desk("show", thread, now=NOON).out
    assert desk.sync(now=NOON) == 0


def test_an_authority_of_the_company_is_trusted_where_the_settings_name_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    told = desk("account", "test", "main", code=3)
    assert "[network]" in told.out + told.err
    desk.env["MAILCRM__NETWORK__CA_FILE"] = str(desk.dovecot.ca)
    checks = {row["check"]: row["ok"] for row in desk.read("account", "test", "main")}
    assert (checks["login"], checks["smtp"]) == (True, True)
    desk.env["MAILCRM__NETWORK__CA_FILE"] = str(desk.home / "nowhere.pem")
    assert "PEM" in desk("sync", code=1).err
