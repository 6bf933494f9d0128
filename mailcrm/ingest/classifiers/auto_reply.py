"""Automatic replies: out of office, and receipts of ticket systems.

Room: ingest. By headers (RFC 3834 and its forerunners), by the subject alone, and by a text that is nothing but an
out-of-office note, since some Exchange and Outlook.com replies carry no header. `X-Auto-Response-Suppress` is no signal: Exchange puts it on ordinary mail.
"""

from __future__ import annotations

import re

from mailcrm.domain.absence import out_of_office
from mailcrm.domain.message import Kind, ParsedMail
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.ingest.classifiers.finding import Finding

__all__ = ["read"]

_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from", "x-mail-autoreply", "x-vacation")
_TELLING = frozenset((*_HEADERS, "auto-submitted", "precedence", "x-precedence"))
_SUBJECT = lazy_pattern(
    r"(?i)^\W{0,3}(?:(?:re|aw|fw|sv|rv|auto|回复|答复)\s?[:：]\s?)?\W{0,3}(?:"
    r"auto ?[:：].{2,80}\b(?:out of (?:the )?office|away|absent|abwesend|nicht im b[üu]ro|fuera de la oficina)"
    r"|auto(?:matic|mated|mática|matica|matique|matisch\w*|mātisk\w*)?[ -]?(?:reply|response|responder|answer)\b(?=\s{0,3}(?:$|[^\w\s]|(?:from|to|re|for|on|e-?mail|message)\b))"
    r"|out[ -]of[ -](?:the[ -])?office|(?:i am |i'm )?(?:currently )?(?:away from (?:the|my) (?:office|desk)|on (?:annual |maternity )?(?:leave|vacation|holiday)\b)|vacation (?:reply|notice|response)|absence notice"
    r"|respuesta autom[áa]tica|fuera de (?:la )?oficina|ausente de la oficina|autorespuesta"
    r"|automatische (?:antwort|r[üu]ckmeldung)|abwesenheits(?:notiz|nachricht|meldung|agent|assistent)|abwesend\b|abwesenheit\b|nicht im (?:b[üu]ro|hause?)"
    r"|r[ée]ponse automatique|absen(?:ce|t)(?: du bureau)?\s?[:：]|message d['’]absence|absence du bureau|en cong[ée]s?\b"
    r"|resposta autom[áa]tica|fora do escrit[óo]rio|aus[êe]ncia tempor[áa]ria"
    r"|risposta automatica|fuori (?:sede|ufficio)|assenza\b"
    r"|автоматический ответ|автоответ|меня нет в офисе|отсутствую"
    r"|automatisch antwoord|afwezig(?:heid)?\b|afwezigheidsassistent|autosvar|automatiskt svar|fr[åa]nvaro|automatisk svar|automaattinen vastaus|poissa"
    r"|odpowied[źz] automatyczna|automatyczna odpowied[źz]|poza biurem|automatick[áa] odpov[ěe][ďd]|automatikus v[áa]lasz|r[ăa]spuns automat"
    r"|otomatik yan[ıi]t|ofis d[ıi][şs][ıi]nda|trả lời tự động|balasan otomatis|αυτόματη απάντηση"
    r"|自动回复|自動回覆|自动答复|自動回复|外出通知|休假通知|不在办公室|自動返信|自動応答|不在通知|자동 ?회신|자동 ?응답|부재중"
    r"|رد تلقائي|الرد التلقائي|خارج المكتب|پاسخ خودکار|מענה אוטומטי|תשובה אוטומטית"
    r")"
)


_AUTO = (
    "auto",
    "авто",
    "otomat",
    "自动",
    "自動",
    "자동",
)  # in every phrase below; looked for first, since it costs next to nothing
_SAYS_SO = lazy_pattern(
    r"(?i)\b(?:this is|you (?:have received|are receiving)) an? auto(?:matic|mated|matically generated)?[ -]?(?:e-?mail )?(?:reply|response|answer|confirmation|acknowledge?ment)"
    r"|(?:esto|este) es (?:una )?(?:respuesta|confirmación) automática|dies ist eine automatische (?:antwort|eingangsbestätigung)|ceci est une? (?:réponse|confirmation) automatique|esta é uma resposta automática|questa è una risposta automatica"
    r"|это автоматическ\w{2,3} ответ|bu (?:bir )?otomatik (?:yanıt|cevap)|dit is een automatisch(?:e)? (?:antwoord|bevestiging)|to jest automatyczna odpowiedź|(?:这是|此为|本邮件为|此邮件为)\S{0,6}自[动動](?:回[复覆復]|答复)|これは自動(?:返信|応答)|自動返信メールです|이 메일은 자동"
)
_ANSWER = lazy_pattern(r"(?i)\W{0,3}(?:re|aw|sv|rv|回复|答复)\s?[:：]")
_ASKED = lazy_pattern(r"[?？؟]|(?i:\bplease\b)")  # a person answers our own automatic reply, and asks
_GUARD = (
    lazy_pattern(r"(?i)(?:click|follow|visit|open|use) .{0,40}(?:link|below|here|page)|(?:auf|über) (?:den|diesen) link|haga clic|点击(?:以下|下面|此)?链接"),
    lazy_pattern(r"(?i)\byour (?:e-?mail|message|mail)\b|Ihre (?:Nachricht|E-?Mail)|su (?:mensaje|correo)|[您你]的[邮郵]件"),
    lazy_pattern(r"(?i)(?:allowed|guest|white|safe)[ -]?(?:senders?[ -]?)?list|wait-?listed|account is protected|spam (?:guard|filter|blocker)|(?:held|kept|quarantined) (?:until|pending) (?:you|your|verif|confirm|approv)|(?:prove|confirm|verify) that you are (?:a )?(?:person|human|real)"),
)  # fmt: skip
_GUARD_WORDS = ("list", "protected", "spam", "held ", "kept ", "quarantined ", "that you are")  # in the last of them

_BEGINNING = 900


def read(mail: ParsedMail, reply: str) -> Finding | None:
    """Return an automatic reply where a header, the subject or the text says so; `reply`: the newest part of the text."""
    signals = list(_by_header(mail))
    subject = _SUBJECT.match(mail.subject)
    if subject and not (_ANSWER.match(mail.subject) and _ASKED.search(reply)):
        signals.append(f"Subject: {subject[0].strip()}")
    if not signals and not subject and _is_guard(mail):
        signals.append("text: asks senders to prove themselves")
    if not signals and not subject and _says_so(mail, reply):
        signals.append("text: says that it is an automatic reply")
    if not signals and not mail.attachments:
        words = out_of_office(reply)
        if words and out_of_office(mail.body[:_BEGINNING], whole=False):
            signals += [f"text: {word}" for word in words]
    return Finding(Kind.AUTO_REPLY, tuple(signals)) if signals else None


def _says_so(mail: ParsedMail, reply: str) -> bool:
    """Whether a short text that asks nothing calls itself an automatic reply; "an automatic mail" may hold a customer's form."""
    if mail.attachments or len(reply) > _BEGINNING:
        return False
    beginning = mail.body[:_BEGINNING]
    if not any(map(beginning.lower().__contains__, _AUTO)) or not _SAYS_SO.search(beginning):
        return False
    return bool(_SAYS_SO.search(reply)) and not re.search(r"[?？؟]", reply)


def _is_guard(mail: ParsedMail) -> bool:
    """Whether a spam guard answers: it names itself and wants a link opened before our mail is read (challenge-response)."""
    if len(mail.body) > 2 * _BEGINNING or mail.attachments or "://" not in mail.body:
        return False
    return any(map(mail.body.lower().__contains__, _GUARD_WORDS)) and all(sign.search(mail.body) for sign in _GUARD)


def _by_header(mail: ParsedMail) -> list[str]:
    found: list[str] = []
    if not mail.has_any(_TELLING):
        return found
    submitted = re.split(r"[;(\s]", mail.header("auto-submitted").strip().lower(), maxsplit=1)[0]
    if submitted in ("auto-replied", "auto-reply", "auto_replied"):
        found.append(f"Auto-Submitted: {submitted}")
    for name in _HEADERS:
        value = mail.header(name).strip()
        if value and value.lower() not in ("no", "false", "0"):
            found.append(f"{name.title()}: {value[:80]}")
    precedence = mail.header("precedence").strip().lower()
    if precedence in ("auto_reply", "auto-reply", "autoreply"):
        found.append(f"Precedence: {precedence}")
    if mail.header("x-precedence").strip().lower() in ("auto_reply", "auto-reply"):
        found.append("X-Precedence: auto_reply")
    return found
