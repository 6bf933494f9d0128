"""The newest part of a mail: what its sender wrote now, without what is quoted and without the signature.

Room: domain. In: the plain text of a mail. Out: `Pieces`. The whole text is kept elsewhere; this is for view and for the
rules' hints only (mail.md, "Quoted replies"), so a wrong cut hides nothing for good. Linear time: every pattern sees a line
of at most 400 characters, and a line is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.signature import is_device_line, signature_start

__all__ = ["Pieces", "forward_block", "split_reply"]

_LINE = 400
_ATTRIBUTION_LINES, _HEADER_LINES, _LABELS_NEEDED = 4, 14, 3
_ALL_LABELS = frozenset(("from", "sent", "to", "subject"))
_TRIES = 2_000
_TRAILING = " \t\r\f\v\xa0*\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069"  # signs of direction stand around lines of Hebrew and Arabic

_QUOTED = lazy_pattern(r"\s{0,3}>")
_BLANK = lazy_pattern(rf"\n[^\S\n](?:[^\S\n]*+(?:\n|\Z)|[^\S\n]{{{_LINE - 1}}})")
_ADDRESS = lazy_pattern(r"[^\s<>@:;,]+@[^\s<>@,;]+")
_RULER = lazy_pattern(r"[\s*>]{0,9}[-_=—–]{3,}[\s*]{0,9}")

_ORIGINAL = lazy_pattern(
    r"[\s*>_]{0,9}-{2,}[\s*\xa0]{0,9}(?:original(?: (?:message|e?-?mail|appointment))?|forwarded (?:message|mail|by .{1,80})|reply message"
    r"|urspr(?:ü|ue)ngliche (?:nachricht|mail)|weitergeleitete nachricht|original-?nachricht"
    r"|mensaje (?:original|reenviado)|mensagem (?:original|encaminhada)|message (?:d['’]origine|original|transf[ée]r[ée])"
    r"|messaggio (?:originale|inoltrato)|oorspronkelijk bericht|doorgestuurd bericht|ursprungligt meddelande|vidarebefordrat meddelande"
    r"|opprinnelig melding|oprindelig meddelelse|alkuperäinen viesti|oryginalna wiadomość|wiadomość oryginalna|wiadomość przekazana"
    r"|původní (?:zpráva|e-?mail)|исходное сообщение|пересылаемое сообщение|пересланное сообщение|orijinal (?:mesaj|ileti)|orjinal mesaj"
    r"|eredeti üzenet|mesaj original|αρχικό μήνυμα|الرسالة الأصلية|پیام اصلی|הודעה מקורית|tin nhắn gốc|thư gốc"
    r"|原始邮件|原始郵件|原邮件|原件|邮件原件|原始信件|转发邮件|转发邮件信息|轉寄郵件|回复的原邮件|回复的邮件|original mail|元のメッセージ|転送メッセージ|원본 메시지|원본 메일|전달된 메시지"
    r"|on .{5,300} wrote)[\s*:\xa0]{0,9}-{2,}.{0,20}",
    re.IGNORECASE,
)
_BARE = lazy_pattern(
    r"(?i)[\s*]{0,9}(?:original message|ursprüngliche nachricht|mensaje original|mensagem original|message d['’]origine|messaggio originale|исходное сообщение|原始邮件)[\s*:：]{0,9}"
)
_PASSED_ON = lazy_pattern(
    r"(?i)forward|weitergeleitet|reenviado|encaminhada|réexpédié|transf[ée]r[ée]|inoltrato|doorgestuurd|vidarebefordra|videresendt|przekazana|пересыл|переслан|转发|轉寄|転送|전달"
)
_FORWARD = lazy_pattern(
    r"[\s*]{0,9}(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-?mail)|inicio del mensaje reenviado"
    r"|début du message (?:réexpédié|transféré)|inizio messaggio inoltrato|início da mensagem encaminhada|开始转发的邮件|下面是被转发的邮件)"
    r"\s{0,3}[:：]\s{0,9}",
    re.IGNORECASE,
)

_LABELS: dict[str, tuple[str, ...]] = {
    "from": ("จาก", "از", "від", "dari", "from", "von", "de", "da", "от", "от кого", "van", "från", "fra", "od", "lähettäjä", "kimden", "gönderen", "feladó",
             "de la", "από", "من", "מאת", "từ", "dari", "发件人", "发送人", "寄件者", "寄件人", "送信者", "差出人", "보낸 사람", "보낸사람",
             "expéditeur", "remitente", "mittente", "afzender"),
    "sent": ("ส่ง", "วันที่", "ارسال", "надіслано", "terkirim", "dikirim", "sent", "date", "gesendet", "datum", "enviado el", "enviado", "enviada em", "enviado em", "fecha", "data", "envoyé",
             "envoyé le", "date d'envoi", "message du", "inviato", "отправлено", "дата", "verzonden", "skickat", "sendt", "dato",
             "lähetetty", "wysłano", "wysłane", "odesláno", "tarih", "gönderildi", "gönderme tarihi", "elküldve", "küldve", "dátum",
             "trimis", "στάλθηκε", "ημερομηνία", "تاريخ الإرسال", "التاريخ", "נשלח", "ngày", "đã gửi", "发送时间", "发送日期", "日期",
             "寄件日期", "傳送時間", "時間", "时间", "送信日時", "日時", "날짜", "보낸 날짜", "tanggal"),
    "to": ("ถึง", "به", "to", "an", "para", "à", "a", "кому", "aan", "naar", "till", "til", "do", "komu", "vastaanottaja", "kime", "címzett",
           "către", "προς", "إلى", "אל", "tới", "đến", "kepada", "收件人", "收件者", "宛先", "받는 사람", "받는사람", "destinataire",
           "destinatario", "alıcı"),
    "cc": ("cc", "kopie", "copie", "copie à", "copia", "cópia", "копия", "kopia", "dw", "kopi", "抄送", "副本", "參考", "참조", "نسخة"),
    "subject": ("เรื่อง", "موضوع", "subject", "betreff", "asunto", "objet", "assunto", "oggetto", "тема", "onderwerp", "ämne", "emne", "temat",
                "předmět", "aihe", "konu", "tárgy", "subiect", "θέμα", "الموضوع", "נושא", "chủ đề", "tiêu đề", "subjek", "sujet",
                "主题", "主題", "主旨", "标题", "件名", "제목"),
    "reply-to": ("reply-to", "reply to", "antwort an", "responder a", "répondre à", "回复"),
}  # fmt: skip
_BY_WORD = {word: label for label, words in _LABELS.items() for word in words}
_LABEL = lazy_pattern(r"[\s>*_|]{0,12}([^\W\d_][^:：*<>@]{0,24}?)[\s*\xa0]{0,4}[:：]", re.IGNORECASE)
_LABEL_WIDTH, _AROUND_LABEL = 42, " \t\r\f\v\xa0\u2002\u2003\u2009\u202f\u3000>*_|"

_WROTE = lazy_pattern(
    r"(?i)(?:\b(?:wrote|writes|schrieb|geschrieben|escribi[óo]|escreveu|a [ée]crit|ha scritto|scrisse|schreef|skrev|kirjoitti"
    r"|napisał(?:\(a\)|a)?|napsal(?:\(a\)|a)?|írta|yazdı|a scris|έγραψε|написал(?:\(а\)|а|и)?|пише|писав|пишет|menulis|viết|napísal"
    r"|написа|je napisao|rašė)|כתב|نوشت|เขียน|كتب|写道|寫道|书写|のメール|は書きました|작성|씀)[^\n]{0,90}[:：]\W{0,3}$"
)
_OPENER = lazy_pattern(
    r"(?i)\W{0,3}(?:(?:on|op|am|le|el|em|il|den|på|dnia|w dniu|dne|la|pe|ngày|vào|pada|στις|at|в|у|ב|في|در|a|tarihinde)\s\W{0,2}"
    r"\w{0,12}[\W_]{0,3}\d|(?:on|op|am|le|el|em|il|at|vào|pada)\s|于|於|在|בתאריך|ใน|เมื่อ|\d{1,4}\W{1,2}\w|\d{4}年|[^\W\d]{2,12}\W{1,3}\d|[^<>]{1,80}<[^<>@\s]+@)"
)
_TIME = lazy_pattern(r"\d{1,2}[:.h時时点]\s?\d{2}|(?:19|20)\d\d")
_DATED = lazy_pattern(
    r"\W{0,3}(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{4}年)[^\n]{0,300}<?[^\s<>@]+@[^\s<>@]+>\W{0,3}[:：]\s{0,9}"
)
_BY_ADDRESS = lazy_pattern(r"<[^\s<>@]{1,80}@[^\s<>@]{1,80}>\W{0,3}[:：]$")
# The commonest of them at the end of a line: what ends so needs no search.
_ENDS_WROTE = (" wrote:", " schrieb:", " escribió:", " a écrit :", " escreveu:", " ha scritto:", " написал:", "写道：", "写道:")  # fmt: skip
_GMAIL_DATED = lazy_pattern(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d\d:\d\d \S.{0,80}")

_FOOTNOTE = lazy_pattern(r"\[(\d{1,4})\] \S+")


@dataclass(frozen=True, slots=True)
class Pieces:
    """`reply`: the newest part; `quoted_lines`: how many lines with words are quoted; `signature`: sign-off and below."""

    reply: str
    quoted_lines: int = 0
    signature: str = ""


def split_reply(text: str) -> Pieces:
    """Return the pieces of a mail's plain text. Answers between and below quoted lines belong to the reply."""
    lines = text.split("\n")
    if text[:1].isspace() or _BLANK.search(text):  # hardly ever
        lines = ["" if line[:_LINE].isspace() else line for line in lines]
    lines, notes = _without_footnotes(lines)
    if _is_only_passed_on(lines):
        return Pieces(text.strip())
    runs, quoted = _own_runs(lines)
    reply: list[str] = []
    signature: list[str] = []
    for run in runs:
        cut = signature_start(run, below=bool(reply))
        reply += [*run[:cut], ""]
        signature += run[cut:]
    shown, signed = "\n".join(reply).strip(), "\n".join(signature).strip()
    if not shown and signed and not is_device_line(signed.split("\n")[0][:_LINE]):
        shown, signed = signed.removeprefix("--").strip(), ""
    return Pieces(_with_footnotes(shown, notes), quoted, signed)


def _is_only_passed_on(lines: list[str]) -> bool:
    """Whether a mail is nothing but a forwarded one: then that is what its sender says."""
    first = next((line[:_LINE] for line in lines[:_ATTRIBUTION_LINES] if line), "")
    return bool(first) and _is_heading(first) and bool(_PASSED_ON.search(first))


def _without_footnotes(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take off the numbered links that stand below a text made from HTML."""
    end = len(lines)
    while end and _FOOTNOTE.fullmatch(lines[end - 1]):
        end -= 1
    if end == len(lines) or (end and lines[end - 1]):
        return lines, []
    return lines[:end], lines[end:]


def _with_footnotes(text: str, notes: list[str]) -> str:
    used = [note for note in notes if note.partition(" ")[0] in text] if len(notes) < _LINE else []
    return "\n".join([text, "", *used]) if used else text


def _own_runs(lines: list[str]) -> tuple[list[list[str]], int]:
    """Return the runs of lines that aren't quoted, and the number of quoted lines with words in them."""
    runs: list[list[str]] = [[]]
    quoted = position = 0
    opens = _Openings(lines)
    for place in opens.places:
        if place < position:  # among the lines that were just passed
            continue
        length, to_the_end = opens.at(place)
        if not length and not to_the_end:
            continue
        runs[-1] += lines[position:place]
        if to_the_end:
            _drop_ruler(runs[-1])
            return runs, quoted + sum(1 for rest in lines[place:] if rest)
        quoted += length
        position = place + length
        if runs[-1]:
            runs.append([])
    runs[-1] += lines[position:]
    return runs, quoted


def _drop_ruler(run: list[str]) -> None:
    """Take off a line of dashes or a bare heading above a quoted header: it belongs to the quotation."""
    end = len(run)
    while end and not run[end - 1].strip():
        end -= 1
    if end and (_RULER.fullmatch(run[end - 1][:_LINE]) or _BARE.fullmatch(run[end - 1][:_LINE])):
        del run[end - 1 :]


class _Openings:
    """Tells where quotations open; after so many false alarms that no mail has them, only marked lines count.

    `places` are the lines to be asked about: whatever opens a quotation shows a colon, a ">" or dashes, in its own line or (an
    attribution) a few lines below.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.tries = _TRIES
        marked = [n for n, line in enumerate(lines) if ":" in line or ">" in line or "--" in line or "：" in line]
        self.quoted = {n for n in marked if lines[n][0] == ">" or _QUOTED.match(lines[n])}
        ends = [n for n in marked if n not in self.quoted and lines[n].rstrip(_TRAILING).endswith((":", "："))]
        self.before_colon = {
            n for end in ends for n in range(max(0, end - _ATTRIBUTION_LINES + 1), end + 1) if lines[n]
        }
        self.places = sorted(self.before_colon.union(marked))

    def at(self, position: int) -> tuple[int, bool]:
        """Return (how many lines are quoted from `position` on, whether all that follows is quoted)."""
        end = position
        while end in self.quoted:
            end += 1
        if end > position:
            return end - position, False
        line = self.lines[position][:_LINE]
        marked = ":" in line or "--" in line or "：" in line
        if marked and (_is_heading(line) or self._is_header(line, position)):
            return 0, True
        length = self._attribution(line, position)
        return (length, not _quoted_next(self.lines, position + length)) if length else (0, False)

    def _is_header(self, line: str, position: int) -> bool:
        if self.tries <= 0 or _label(line) not in ("from", "sent", "subject"):
            return False
        self.tries -= 1
        return _header_block(self.lines, position)

    def _attribution(self, line: str, position: int) -> int:
        if self.tries <= 0 or position not in self.before_colon or not _OPENER.match(line):
            return 0
        self.tries -= 1
        return _attribution(self.lines, position)


def _is_heading(line: str) -> bool:
    """Whether a line by itself says that a quoted or forwarded mail follows."""
    if "--" in line:
        return bool(_ORIGINAL.fullmatch(line))
    if line.rstrip()[-1] in ":：":
        return bool(_FORWARD.fullmatch(line))
    return "GMT" in line and bool(_GMAIL_DATED.fullmatch(line))


def _quoted_next(lines: list[str], position: int) -> bool:
    """Whether the next line with words, a few lines on at most, is marked as quoted."""
    near = next(filter(None, lines[position : position + 4]), "")
    return ">" in near and bool(_QUOTED.match(near))


def _header_block(lines: list[str], position: int) -> bool:
    """Whether quoted header lines stand here: three different labels of one of the languages, and an address.

    Programs that know their people show names alone; then all four of them: who, when (a year or an hour), to whom, about what.
    """
    labels: set[str] = set()
    address = dated = False
    for line in lines[position : position + _HEADER_LINES]:
        label = _label(line)
        if label:
            labels.add(label)
            dated = dated or (label == "sent" and bool(_TIME.search(line[:_LINE])))
        elif line.strip() and len(labels) >= _LABELS_NEEDED:
            break
        address = address or bool(_ADDRESS.search(line[:_LINE]))
        if (address and len(labels) >= _LABELS_NEEDED) or (dated and labels >= _ALL_LABELS):
            return True
    return False


def forward_block(text: str) -> tuple[dict[str, str], str] | None:
    """Return the topmost quoted header block, by label (from, sent, to, cc, subject), and the text below it."""
    lines = text.split("\n")
    tries = _TRIES
    for position, line in enumerate(lines):
        if tries <= 0 or _label(line) not in ("from", "sent", "subject"):
            continue
        tries -= 1
        if _header_block(lines, position):
            return _read_block(lines, position)
    return None


def _read_block(lines: list[str], position: int) -> tuple[dict[str, str], str]:
    told: dict[str, str] = {}
    end = position
    for place, line in enumerate(lines[position : position + _HEADER_LINES], position):
        label = _label(line)
        if not label and (not line.strip() or len(told) >= len(_ALL_LABELS)):
            break
        if label:
            told.setdefault(label, re.split("[:：]", line[:_LINE], maxsplit=1)[1].strip(" \t>*\xa0"))
        end = place + 1
    return told, "\n".join(lines[end:]).strip()


def _label(line: str) -> str:
    head = line[:_LABEL_WIDTH].partition(":")[0].partition("：")[0].strip(_AROUND_LABEL).lower()
    if head not in _BY_WORD and " ".join(head.split()) not in _BY_WORD:  # nearly every line
        return ""
    found = _LABEL.match(line)
    return _BY_WORD.get(" ".join(found[1].lower().split()), "") if found else ""


def _attribution(lines: list[str], position: int) -> int:
    """Return how many lines "On …, X wrote:" takes here, 0 where it doesn't stand."""
    joined = ""
    for count, line in enumerate(lines[position : position + _ATTRIBUTION_LINES], 1):
        if not line or (">" in line and _QUOTED.match(line)):
            return 0
        joined = f"{joined} {line.strip(_TRAILING)}"[: 2 * _LINE]
        if joined.endswith((":", "：", ": *", ":*")):
            follows = _quoted_next(lines, position + count)
            return count if _is_attribution(joined.strip(), quoted=follows) else 0
    return 0


def _is_attribution(text: str, *, quoted: bool) -> bool:
    if text.endswith(_ENDS_WROTE) and (quoted or "@" in text):
        return True
    if _DATED.fullmatch(text) or (_BY_ADDRESS.search(text) and len(_TIME.findall(text)) > 1):
        return True
    return bool(_WROTE.search(text)) and (quoted or "@" in text or bool(_TIME.search(text)))
