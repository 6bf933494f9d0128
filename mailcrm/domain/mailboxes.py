r"""Which folders of an account are read, and which one holds the sent mail.

Room: domain. In: the folders as a server lists them. Out: a choice among them. Special-use flags (RFC 6154) come first,
then a table of the names that mail programs and providers use in the languages of our customers. A folder of that name
counts at the root, under INBOX ("INBOX.Sent") and under "[Gmail]/"; deeper ones are the rep's own.

Names on the wire are modified UTF-7 (RFC 3501, 5.1.3); `readable` turns them into text and never raises.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

__all__ = ["Mailbox", "junk_folders", "readable", "role", "sent_folder", "to_read"]


class Mailbox(Protocol):
    """What is looked at in a folder: ports.RemoteMailbox has it."""

    @property
    def name(self) -> str:
        """The readable name, with the server's own separators."""
        ...

    @property
    def special_use(self) -> str:
        r"""The special-use flag, such as `\Sent`; "" without one."""
        ...

    @property
    def selectable(self) -> bool:
        """Whether it can be opened."""
        ...


M = TypeVar("M", bound=Mailbox)

_SENT = (
    "sent",
    "sent items",
    "sent messages",
    "sent mail",
    "sent-mail",
    "已发送",
    "已发送邮件",
    "已发邮件",
    "发件箱",
    "寄件備份",
    "寄件备份",
    "寄件備份匣",
    "已傳送郵件",
    "送信済み",
    "送信済みアイテム",
    "送信済みメール",
    "보낸편지함",
    "보낸 편지함",
    "보낸 메일함",
    "gesendet",
    "gesendete elemente",
    "gesendete objekte",
    "gesendete nachrichten",
    "enviados",
    "elementos enviados",
    "mensajes enviados",
    "correo enviado",
    "itens enviados",
    "mensagens enviadas",
    "e-mails enviados",
    "éléments envoyés",
    "messages envoyés",
    "envoyés",
    "courrier envoyé",
    "отправленные",
    "отправленные письма",
    "надіслані",
    "posta inviata",
    "inviati",
    "inviata",
    "elementi inviati",
    "verzonden",
    "verzonden items",
    "verzonden berichten",
    "wysłane",
    "elementy wysłane",
    "odeslané",
    "odeslaná pošta",
    "gönderilmiş öğeler",
    "gönderilmiş postalar",
    "gönderilenler",
    "skickat",
    "skickade objekt",
    "sendt",
    "sendte elementer",
    "sendt post",
    "lähetetyt",
    "trimise",
    "elküldött",
    "elküldött elemek",
    "απεσταλμένα",
    "đã gửi",
    "thư đã gửi",
    "terkirim",
    "العناصر المرسلة",
    "البريد المرسل",
    "الرسائل المرسلة",
    "المرسلة",
    "ارسال شده",
    "פריטים שנשלחו",
)
_DRAFTS = (
    "drafts",
    "draft",
    "草稿箱",
    "草稿",
    "草稿夹",
    "下書き",
    "임시보관함",
    "entwürfe",
    "borradores",
    "rascunhos",
    "brouillons",
    "черновики",
    "bozze",
    "concepten",
    "wersje robocze",
    "koncepty",
    "taslaklar",
    "utkast",
    "kladder",
    "المسودات",
)
_TRASH = (
    "trash",
    "bin",
    "deleted",
    "deleted items",
    "deleted messages",
    "已删除",
    "已删除邮件",
    "已刪除的郵件",
    "刪除的郵件",
    "回收站",
    "垃圾箱",
    "ゴミ箱",
    "削除済みアイテム",
    "지운편지함",
    "휴지통",
    "papierkorb",
    "gelöschte elemente",
    "gelöschte objekte",
    "papelera",
    "elementos eliminados",
    "lixeira",
    "itens excluídos",
    "corbeille",
    "éléments supprimés",
    "корзина",
    "удаленные",
    "удалённые",
    "cestino",
    "posta eliminata",
    "prullenbak",
    "verwijderde items",
    "kosz",
    "elementy usunięte",
    "koš",
    "çöp kutusu",
    "silinmiş öğeler",
    "العناصر المحذوفة",
    "المهملات",
)
_JUNK = (
    "junk",
    "junk e-mail",
    "junk email",
    "junk mail",
    "spam",
    "bulk mail",
    "垃圾邮件",
    "垃圾郵件",
    "病毒文件夹",
    "迷惑メール",
    "스팸메일함",
    "스팸편지함",
    "spamverdacht",
    "junk-e-mail",
    "unerwünscht",
    "correo no deseado",
    "correo basura",
    "lixo eletrônico",
    "lixo eletrónico",
    "courrier indésirable",
    "indésirables",
    "pourriel",
    "спам",
    "нежелательная почта",
    "posta indesiderata",
    "ongewenste e-mail",
    "wiadomości-śmieci",
    "önemsiz e-posta",
    "بريد إلكتروني غير هام",
    "البريد غير الهام",
)
_BY_NAME = {
    name: use
    for use, names in (("\\Sent", _SENT), ("\\Drafts", _DRAFTS), ("\\Trash", _TRASH), ("\\Junk", _JUNK))
    for name in names
}
_LEFT_OUT = ("\\Drafts", "\\Trash", "\\Junk")
# Virtual folders that show mails of other folders again.
_VIRTUAL = ("\\All", "\\Flagged", "\\Important")
_ROOT = re.compile(r"^(?:inbox[./\\|]|\[(?:gmail|google mail)\]/)", re.IGNORECASE)
_GMAIL = re.compile(r"^\[(?:gmail|google mail)\]/", re.IGNORECASE)
_RUN = re.compile(rb"&([A-Za-z0-9+,]*)-")


def readable(raw_name: bytes) -> str:
    """Return the text of a folder name in modified UTF-7; what breaks its rules is shown as it stands."""
    try:
        text = _RUN.sub(_utf7_run, raw_name).decode("utf-8")
    except (ValueError, binascii.Error):
        text = raw_name.decode("utf-8", "backslashreplace")
    return text


def _utf7_run(match: re.Match[bytes]) -> bytes:
    coded = match.group(1).replace(b",", b"/")
    if not coded:
        return b"&"
    octets = base64.b64decode(coded + b"=" * (-len(coded) % 4), validate=True)
    return octets.decode("utf-16-be").encode("utf-8")


def _key(name: str) -> str:
    return name.strip().casefold()


def role(mailbox: Mailbox) -> str:
    r"""Return the special use of a folder, by flag or by name: `\Sent`, `\Drafts`, `\Trash`, `\Junk` …, or ""."""
    return mailbox.special_use or _BY_NAME.get(_key(_ROOT.sub("", mailbox.name)), "")


def _named(mailboxes: Iterable[M], names: Iterable[str]) -> list[M]:
    wanted = {_key(name) for name in names}
    return [each for each in mailboxes if _key(each.name) in wanted]


def sent_folder(mailboxes: Sequence[M], chosen: str | None = None) -> M | None:
    """Return the folder of sent mail: the `chosen` one (None where it doesn't exist), else by flag, else by name."""
    usable = [each for each in mailboxes if each.selectable]
    if chosen is not None:
        return next(iter(_named(usable, [chosen])), None)
    flagged = [each for each in usable if each.special_use == "\\Sent"]
    by_name = sorted(
        (each for each in usable if role(each) == "\\Sent" and not each.special_use),
        key=lambda each: _SENT.index(_key(_ROOT.sub("", each.name))),
    )
    return next(iter([*flagged, *by_name]), None)


def to_read(mailboxes: Sequence[M], only: Sequence[str] = (), skip: Sequence[str] = ()) -> list[M]:
    """Return the folders to read: INBOX first, then Sent, then the rest in the server's order.

    Drafts, Trash, Junk and virtual folders are left out unless named in `only`; `skip` always wins. Of Gmail only All
    Mail is read, since every label shows mails that lie there too. Names are compared without regard to case.
    """
    usable = [each for each in mailboxes if each.selectable and each not in _named(mailboxes, skip)]
    if only:
        chosen = _named(usable, only)
    else:
        everything = [each for each in usable if each.special_use == "\\All" and _GMAIL.match(each.name)]
        chosen = everything[:1] or [each for each in usable if role(each) not in (*_LEFT_OUT, *_VIRTUAL)]
    sent = sent_folder(chosen)
    return sorted(chosen, key=lambda each: (_key(each.name) != "inbox", each is not sent))


def junk_folders(mailboxes: Sequence[M], only: Sequence[str] = (), skip: Sequence[str] = ()) -> list[M]:
    """Return the folders that a server's filter fills, of which only known people's mail is read: none where `only` chooses."""
    usable = [each for each in mailboxes if each.selectable and each not in _named(mailboxes, skip)]
    return [] if only else [each for each in usable if role(each) == "\\Junk"]
