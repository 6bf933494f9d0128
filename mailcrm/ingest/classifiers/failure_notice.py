"""Bounces in prose: the many mail servers that write no report.

Room: ingest. It takes two signs of different sorts before a mail counts: who sent it (a mailer daemon, no return path), what
its subject says, what its text says. A person who writes about an undelivered mail shows one of them only. Where the sender
is anybody, the text must open with the form that only programs write: what failed, and below it the address.
"""

from __future__ import annotations

import re

from mailcrm.domain.message import Bounce, Kind, ParsedMail
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.ingest.classifiers.bounce import failure_in, message_id_in, original_id, reported
from mailcrm.ingest.classifiers.finding import Finding
from mailcrm.ingest.classifiers.notice import failed_recipient, told_text
from mailcrm.ingest.classifiers.reasons import reason_status
from mailcrm.ingest.classifiers.status import reply_class, status_in

__all__ = ["read"]

_DAEMON = lazy_pattern(
    r"(?i)(?:mailer-?daemon|mail-?daemon|mdaemon|post_?master|mail\.?delivery\.?(?:system|subsystem)?|mailerdaemon|mail-delivery-\w+|bounce-?notif\w*)(?:@|$|\\)"
)
_DAEMON_WORDS = ("daemon", "deliver", "master", "bounce", "ndr")  # in all of these
_DAEMON_NAME = lazy_pattern(
    r"(?i)mail(?:er)? deliver\w* (?:sub)?system|mailer-daemon|delivery subsystem|ndr administrator"
)
_LIST = lazy_pattern(
    r"(?i)^(?:[\w.-]{1,60}-(?:admin|owner|request|bounces?)|owner-[\w.-]{1,60}|majordomo|listserv|mailman)@"
)
_SUBJECT = lazy_pattern(
    r"(?i)undeliver(?:able|ed)|(?:mail|message|delivery) (?:delivery )?(?:has )?(?:failure|failed|problem|error|warning|status)|failure (?:notice|delivery)|returned (?:e-?)?mail"
    r"|failed delivery|delivery (?:status )?notification|mail system error|mail could not be delivered|could not be delivered|returning (?:message )?to sender"
    r"|non-?delivery|delivery has failed|(?:message|mail) .{0,40}delayed|delayed mail|user unknown|error sending your mail|mail error|processing error"
    r"|(?:are )?not (?:a )?member\b|loop alert|rejected posting|posting rejected"
    r"|unzustellbar|nicht zu(?:gestellt|stellbar)|zustellung.{0,20}(?:fehl|verzögert)|fehlgeschlagen|verzögerte zustellung|non (?:remis|distribu|délivr)|échec de (?:la )?(?:remise|distribution|livraison)|impossible (?:de|à) (?:remettre|distribuer)|remise .{0,20}(?:échou|retard)"
    r"|no se (?:puede|pudo|ha podido) entregar|no (?:se )?entregado|error (?:de|en la) entrega|entrega (?:fallida|retrasada)|devuelto|devolvid[oa]|mancat[oa] (?:recapito|consegna)|non (?:consegnat|recapitat|recapitabil)|consegna (?:non riuscita|fallita|ritardata)"
    r"|não (?:entregue|foi entregue|é possível entregar)|falha na entrega|entrega .{0,20}(?:falhou|atrasada)|onbestelbaar|niet (?:bezorgd|afgeleverd)|bezorging .{0,20}mislukt|teslim edilemedi|iletilemedi|gönderilemedi|niedostarcz|nie (?:można |udało się |została? )?(?:dostarcz|doręcz)|zwrot (?:poczty|wiadomości)"
    r"|kunde inte levereras|går inte att leverera|kunne ikke leveres|kan ikke leveres|toimitus epäonnistui|nedoruč|nelze doručit|kézbesíthetetlen|nu a putut fi livrat|αδυναμία παράδοσης|недостав|не (?:уда[её]тся |удалось |может быть |была? )?достав|(?:ошибка|сбой) доставки|возврат (?:письма|почты)|تعذر (?:ال)?تسليم|لم يتم (?:ال)?تسليم|غير قابل للتسليم|فشل (?:ال)?تسليم|teslim edilemeyen|không (?:gửi|thể gửi) được|gagal terkirim"
    r"|退信|[无無]法(?:投[递遞]|送[达達]|[传傳][送递遞]|[发發]送|寄送)|(?:投[递遞]|[发發]送|[传傳]送|寄送|[递遞]送)失[败敗]|延[迟遲](?:投[递遞]|送[达達])|未(?:能)?(?:送[达達]|[传傳][递遞])|退回|配信(?:不能|エラー|できません|できなかった|遅延)|配達不能|送信(?:エラー|できません)|不達|返送"
    r"|반송|(?:전송|전달|배달|발송)(?:되지|하지)? ?(?:못|않|실패|지연)"
)
_FAILED = lazy_pattern(
    r"(?i)could ?n[o']?t be delivered|can ?not be delivered|unable to deliver|(?:was|were|been|has|have) (?:not been delivered|undeliverable|rejected|returned)|delivery (?:to|has|of).{0,80}fail|permanent (?:fatal )?errors?|user unknown"
    r"|(?:failed|following|these) (?:recipient|address)\w*|does not exist|mailbox (?:full|unavailable)|not delivered|did not reach|returned (?:below|to (?:you|sender))|giving up|no such user|invalid user|requested action not taken|undeliverable|will be retried|could not deliver|delivery failed"
    r"|couldn't find any host|error(?:s)? (?:while )?sending|transcript of session|over quota|退信|[无無]法(?:投[递遞]|送[达達]|[传傳][送递遞]|[发發]送)|(?:投[递遞]|[发發]送|[传傳]送)失[败敗]|未能(?:送[达達]|[传傳][递遞])|退回|エラー|配信(?:不能|できません)|見つかりません"
    r"|не (?:было |может быть |удалось )?достав|nicht zugestellt|non (?:distribu|remis|consegnat|recapitat)|(?:n'a pas|n'a) (?:pu|réussi)|no (?:se )?(?:pudo|puede|ha podido)|não (?:pôde|pode|foi)|niet (?:worden )?(?:bezorgd|afgeleverd)|edilemedi|iletilemedi|nie (?:została? )?(?:dostarczon|doręczon)|kunde inte|kunne ikke|nelze|nedoruč|못했습니다|반송|لم يتم|تعذر|فشل|nie (?:można|powiodło)|сбой|уда[её]тся|gick inte|kan (?:het bericht )?niet|non riuscit|失[败敗]|échec|falha"
)
_DELAYED = lazy_pattern(
    r"(?i)delay|will (?:be retried|continue|keep trying|go on trying)|still being retried|for (?:the )?past \d|(?:warning|do not need to resend|temporary).{0,40}(?:message|mail|failure)|verzögert|\bretard|retras|atrasad|in ritardo|ritardat|задерж|opóźni|vertraag|gecikme|延[迟遲]|重[试試]|遅延|再送信?(?:を(?:続け|試みます|行います)|します|し続け)|지연"
)
_FORM = lazy_pattern(
    r"(?i)(?:could ?n[o']?t be delivered|(?:failed|undelivered|undeliverable) (?:recipient|address)\w*|(?:not|n't) (?:been )?delivered|unable to deliver|n'a pas pu [êe]tre (?:d[ée]livr[ée]|remis)|nicht zugestellt|no (?:se )?pudo (?:ser )?entreg\w+|无法(?:投递|送达))"
    r"(?:[^\n]{0,120}\n\s{0,40}[\"'<]{0,2}[^\s<>\"'@]{1,80}@[a-z0-9.-]{3,}"
    r"|[^\n.!?。！？]{0,120}(?<![^\s:：])[\"'<]{0,2}[^\s<>\"'@:：]{1,80}@[a-z0-9.-]{3,100}[\"'>:,]{0,3}[ \t]{0,9}(?:\n|$))"
)
_FORM_WORDS = (
    "delivered",
    "to deliver",
    "undeliverable",
    "failed ",
    "n'a pas pu",
    "nicht zugestellt",
    "pudo",
    "无法",
)  # in every form
_ANSWER = lazy_pattern(r"(?i)\W{0,3}(?:re|aw|sv|tr|回复|答复)\s{0,2}[:：]")
_PASSED_ON = lazy_pattern(r"(?i)\W{0,3}(?:re|aw|sv|fwd?|fw|wg|tr|rv|enc|转发|转寄|轉寄|回复|答复)\s{0,2}[:：]")
_ANSWERED = lazy_pattern(r"\b[45]\d\d[ -][45]\.\d\.\d{1,3}\b")
_ALONE = lazy_pattern(r"(?m)^[ \t<]{0,9}[^\s<>@]{1,64}@[a-z0-9.-]{3,100}[>:]{0,2}[ \t]{0,9}$")
_MAILS = ("message/rfc822", "text/rfc822-headers")
_TOP, _FEW = 400, 30
_ENOUGH, _READ = 3, 60_000
_LONGEST, _LINES = 1_000, 12


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
    signals = _by_sender(mail)
    top = mail.body[:_TOP]
    if not signals and not _may_be_form(top):  # nearly all mail
        return []
    subject = _SUBJECT.search(mail.subject)
    form = _FORM.search(top) if subject and not signals else None
    if form and (not _PASSED_ON.match(mail.subject) or (_ANSWER.match(mail.subject) and _is_bare_form(mail.body))):
        signals.append((1, f"text: {' '.join(form[0].split())}"))
    if not signals:
        return []
    if subject:
        signals.append((2, f"Subject: {subject[0]}"))
    if any(part.content_type in _MAILS for part in mail.parts):
        signals.append((1, "message/rfc822"))
    text = _FAILED.search(mail.body[:_READ]) or _by_form(mail)
    if text:
        signals.append((1, f"text: {text[0].strip()}"))
    return signals


def _may_be_form(top: str) -> bool:
    """Whether the beginning of a text may hold the form with which anybody's notice opens: it names an address."""
    return "@" in top and any(map(top.lower().__contains__, _FORM_WORDS))


def _is_daemon(*names: str) -> bool:
    if not any(map("\n".join(names).lower().__contains__, _DAEMON_WORDS)):
        return False
    return any(_DAEMON.match(name) or _DAEMON_NAME.search(name) for name in names)


def _by_form(mail: ParsedMail) -> re.Match[str] | None:
    """Return what in any language makes a notice of a mailer daemon's mail: a server's answer, or an address alone in a line."""
    told = told_text(mail)
    alone = _ALONE.search(told) if mail.from_.addr_spec.lower().startswith("mailer-daemon@") else None
    return _ANSWERED.search(told) or alone


def _by_sender(mail: ParsedMail) -> list[tuple[int, str]]:
    signals: list[tuple[int, str]] = []
    failed = mail.header("x-failed-recipients")
    if failed:
        signals.append((3, f"X-Failed-Recipients: {failed[:200]}"))
    sender = mail.from_.addr_spec or mail.header("from").strip() or mail.from_.display_name
    if _is_daemon(sender, mail.from_.display_name):
        signals.append((2, f"From: {(mail.from_.addr_spec or sender)[:200]}"))
    elif _LIST.match(sender):
        signals.append((1, f"From: {sender[:200]}"))
    elif mail.header("return-path").strip() == "<>" or mail.header("from").strip().endswith("<>"):
        signals.append((1, "Return-Path: <>"))
    return signals


def _is_bare_form(body: str) -> bool:
    """Whether a text holds hardly a word beside the form, in one language or two: no person answers like that."""
    return len(body) < _TOP and len(re.findall(r"[^\W\d_]", _FORM.sub("", body))) < _FEW


def _bounce(mail: ParsedMail, told: str) -> Bounce:
    attached = (part.text for part in mail.parts if part.content_type in _MAILS and part.text)
    report = next((found for text in (mail.body, *attached) if (found := failure_in(text)) is not None), None)
    if report is not None:  # a report under a wrong type, or wrapped in a gateway's notice
        return reported(report, mail)
    delayed = bool(_DELAYED.search(mail.subject + "\n" + told[:1_000]))
    answer = _answer(told)
    status = status_in(told)
    if not status:
        status = reason_status(answer, told, reply_class(answer) or ("4" if delayed else "5"))
    return Bounce(
        recipient=failed_recipient(mail, told),
        status=status,
        action="delayed" if status.startswith("4") and delayed else "failed",
        diagnostic=" ".join(answer.split()),
        original_message_id=original_id(mail) or message_id_in(mail.body[:_READ]),
    )


def _answer(told: str) -> str:
    """Return the paragraph that holds a server's reply, from the line of the reply on; "" where none does."""
    for paragraph in re.split(r"\n[ \t]*\n", told):
        lines = paragraph.split("\n")
        for number, line in enumerate(lines[:_LINES]):
            if len(line) < _LONGEST and (status_in(line) or reply_class(line)):
                return "\n".join(lines[number : number + _LINES])[:_LONGEST]
    return ""
