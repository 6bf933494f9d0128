"""Bounces in prose: the many mail servers that write no report.

Room: ingest. It takes two signs of different sorts before a mail counts: who sent it (a mailer daemon, no return path), what
its subject says, what its text says. A person who writes about an undelivered mail shows one of them only.
"""

from __future__ import annotations

import re

from mailcrm.domain.message import Bounce, Kind, ParsedMail
from mailcrm.ingest.classifiers.bounce import message_id_in, original_id
from mailcrm.ingest.classifiers.finding import Finding
from mailcrm.ingest.classifiers.notice import failed_recipient, told_text
from mailcrm.ingest.classifiers.status import reason_status, status_in

__all__ = ["read"]

_DAEMON = re.compile(
    r"(?i)^(?:mailer-?daemon|mail-?daemon|mdaemon|post_?master|mail\.?delivery\.?(?:system|subsystem)?|mailerdaemon|mail-delivery-\w+|bounce-?notif\w*)(?:@|$|\\)"
    r"|mail(?:er)? deliver\w* (?:sub)?system|mailer-daemon|delivery subsystem|ndr administrator"
)
_SUBJECT = re.compile(
    r"(?i)undeliver(?:able|ed)|(?:mail|message|delivery) (?:delivery )?(?:has )?(?:failure|failed|problem|error|warning|status)|failure (?:notice|delivery)|returned (?:e-?)?mail"
    r"|failed delivery|delivery (?:status )?notification|mail system error|mail could not be delivered|could not be delivered|returning (?:message )?to sender"
    r"|non-?delivery|delivery has failed|(?:message|mail) .{0,40}delayed|delayed mail|user unknown|error sending your mail|mail error|processing error"
    r"|unzustellbar|nicht zugestellt|zustellung.{0,20}fehl|fehlgeschlagen|non remis|échec de (?:la )?remise|impossible de remettre|no se (?:puede|pudo) entregar|no entregado|devuelto|mancato recapito"
    r"|não entregue|falha na entrega|onbestelbaar|не доставлен|сообщение не доставлено|ошибка доставки|退信|无法投递|投递失败|系统退信|傳送失敗|未送达|配信不能|配信エラー|반송"
)
_FAILED = re.compile(
    r"(?i)could ?n[o']?t be delivered|can ?not be delivered|unable to deliver|(?:was|were|been|has|have) (?:not been delivered|undeliverable|rejected|returned)|delivery (?:to|has|of).{0,80}fail|permanent (?:fatal )?errors?|user unknown"
    r"|(?:failed|following|these) (?:recipient|address)\w*|does not exist|mailbox (?:full|unavailable)|not delivered|did not reach|returned (?:below|to (?:you|sender))|giving up|no such user|invalid user|requested action not taken|undeliverable|will be retried|could not deliver|delivery failed"
    r"|couldn't find any host|error(?:s)? (?:while )?sending|transcript of session|over quota|无法送达|无法投递|退回|エラー|配信できません|не (?:было |может быть )?доставлен"
)
_ENOUGH, _READ = 3, 60_000


def read(mail: ParsedMail) -> Finding | None:
    """Return a bounce where sender, subject and text agree that a mail wasn't delivered."""
    signals = _signals(mail)
    if sum(weight for weight, _ in signals) < _ENOUGH:
        return None
    told = told_text(mail)
    bounce = _bounce(mail, told)
    kind = Kind.BOUNCE_SOFT if bounce.status.startswith("4") else Kind.BOUNCE_HARD
    return Finding(kind, tuple(signal for _, signal in signals), bounce=bounce)


def _signals(mail: ParsedMail) -> list[tuple[int, str]]:
    signals: list[tuple[int, str]] = []
    failed = mail.header("x-failed-recipients")
    if failed:
        signals.append((3, f"X-Failed-Recipients: {failed[:200]}"))
    sender = mail.from_.addr_spec or mail.header("from").strip() or mail.from_.display_name
    if _DAEMON.search(sender) or _DAEMON.search(mail.from_.display_name):
        signals.append((2, f"From: {(mail.from_.addr_spec or sender)[:200]}"))
    elif mail.header("return-path").strip() == "<>" or mail.header("from").strip().endswith("<>"):
        signals.append((1, "Return-Path: <>"))
    if not signals:
        return []
    subject = _SUBJECT.search(mail.subject)
    if subject:
        signals.append((2, f"Subject: {subject[0]}"))
    text = _FAILED.search(mail.body[:_READ])
    if text:
        signals.append((1, f"text: {text[0]}"))
    return signals


def _bounce(mail: ParsedMail, told: str) -> Bounce:
    delayed = bool(
        re.search(
            r"(?i)delay|will (?:be retried|continue|keep trying)|still being retried|warning",
            mail.subject + told[:1_000],
        )
    )
    temporary = "4.0.0" if delayed else "5.0.0"
    status = status_in(told)
    if not status or status.endswith(".0.0"):
        default = f"{status[0]}.0.0" if status else temporary
        guess = reason_status(told, default)
        status = guess if not status or guess[0] == status[0] else f"{status[0]}{guess[1:]}"
    return Bounce(
        recipient=failed_recipient(mail, told),
        status=status,
        action="delayed" if status.startswith("4") and delayed else "failed",
        diagnostic=_diagnostic(told),
        original_message_id=original_id(mail) or message_id_in(mail.body[:_READ]),
    )


def _diagnostic(told: str) -> str:
    for line in told.split("\n"):
        if len(line) < 1_000 and status_in(line):  # noqa: PLR2004  (a server's answer, not a paragraph)
            return " ".join(line.split())
    return ""
