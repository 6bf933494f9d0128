"""Bytes to text, whatever the label says.

Room: adapters. In: the bytes of a body or of a header word, the declared charset, and what is known of the sender. Out:
the text, and the codec that was used in place of the declared one (None where the label was right). Never raises.

Labels are read as the widest charset that senders put behind them (gb2312 holds GBK, iso-8859-1 holds cp1252 …). Where a
label is missing or wrong the bytes decide: UTF-8 strictly, then the legacy charset whose reading makes sense.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from mailcrm.adapters.mime.hints import Hints

__all__ = ["codec_for", "decode"]

_UNDECLARED = {
    "",
    "ascii",
    "us-ascii",
    "ansi_x3.4-1968",
    "unknown-8bit",
    "x-unknown",
    "unknown",
    "default",
    "none",
    "8bit",
}
_WIDER = {
    **dict.fromkeys(
        ("gb2312", "gbk", "x-gbk", "cp936", "gb_2312-80", "gb2312-80", "euc-cn", "ms936", "windows-936", "gb", "chinese",
         "csgb2312", "x-euc-cn", "gb2312_charset", "gb18030-2000", "gb-18030", "x-gb18030"),
        "gb18030",
    ),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cp950", "windows-950", "csbig5", "big-5", "x-big5"), "big5hkscs"),
    **dict.fromkeys(
        ("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "ms932", "csshiftjis", "x-ms-cp932"), "cp932"
    ),
    **dict.fromkeys(
        ("ks_c_5601-1987", "ks_c_5601", "ks_c_5601-1989", "euc-kr", "ksc5601", "ksc_5601", "korean", "windows-949", "ms949",
         "cseuckr", "x-windows-949", "uhc"),
        "cp949",
    ),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "iso-8859", "cp819"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874", "tis620"), "cp874"),
    **dict.fromkeys(("utf8", "utf-8", "unicode-1-1-utf-8", "utf_8", "utf8mb4", "x-unicode-2-0-utf-8"), "utf-8"),
    **dict.fromkeys(("utf-7", "unicode-1-1-utf-7", "x-unicode-2-0-utf-7", "utf7"), "utf-7"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e", "logical"), "iso8859-8"),
    **dict.fromkeys(("iso-8859-6-i", "iso-8859-6-e"), "iso8859-6"),
    **dict.fromkeys(("macintosh", "x-mac-roman", "mac"), "mac_roman"),
    **dict.fromkeys(("iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "csiso2022jp", "x-iso-2022-jp", "jis",
                     "iso-2022-kr", "iso-2022-cn"), "iso-2022"),
    **dict.fromkeys(("hz-gb-2312", "hz"), "hz"),
    **dict.fromkeys(("x-euc-jp", "euc-jp", "cseucpkdfmtjapanese", "x-euc"), "euc_jp"),
    "x-mac-cyrillic": "mac_cyrillic", "x-cp1251": "cp1251", "x-cp1252": "cp1252", "win-1251": "cp1251", "koi8-ru": "koi8_u",
}  # fmt: skip
# Codecs that a label may name. Others in the standard library are no charsets of mail, and some of them (punycode, idna)
# take quadratic time on hostile bytes.
_ALLOWED = re.compile(
    r"(?:utf[-_]?(?:8|16|32)(?:[-_]?[bl]e)?(?:[-_]sig)?|iso[-_]?8859[-_]\d{1,2}|(?:windows[-_]|cp|ibm)\d{3,4}|koi8[-_][rtu]"
    r"|mac[-_][a-z]{3,10}|latin[-_]?\d{1,2}|johab|kz1048|ptcp154|euc[-_][a-z0-9_]{2,8}|shift_jisx?\d{0,4}|gb18030|viscii)"
)
_ACCENTS, _FOUR = bytes(b & 0x80 for b in range(256)), b"\x80\x80\x80\x80"
_HIGH = bytes(b | 0x80 if 0x20 < b < 0x7F else b for b in range(256))  # noqa: PLR2004  (the graphic characters of ISO 646)
_TO_JIS, _TO_ASCII = frozenset((b"$@", b"$B")), frozenset((b"(B", b"(J", b"(H"))
# Where EUC-JP and cp932 read JIS X 0208 apart: WAVE DASH, DOUBLE VERTICAL LINE, MINUS, CENT, POUND, NOT.
_PARTED = tuple(zip("\u301c\u2016\u2212\xa2\xa3\xac", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2", strict=True))
_ESCAPES = re.compile(rb"\x1b(\$\([A-DO-Q]|\$\)[A-GCH]|\$[@AB]|\([BJIH])")
_FALLBACK = "mailcrm-cp1252"
_MULTIBYTE = frozenset(("gb18030", "big5hkscs", "cp932", "cp949", "euc_jp"))


_NO_HINTS = Hints()


@lru_cache(maxsize=256)
def codec_for(label: str) -> str | None:
    """Return the codec to read `label` with; None where it declares nothing that can be used."""
    name = label.strip().strip("\"'").partition(";")[0].strip().lower()
    if name in _UNDECLARED:
        return None
    if name in _WIDER:
        return _WIDER[name]
    if not _ALLOWED.fullmatch(name):
        return None
    try:
        found = codecs.lookup(name.replace("windows-", "cp")).name
    except LookupError:
        return None
    return _WIDER.get(found, found)


def decode(data: bytes, label: str = "", hints: Hints = _NO_HINTS) -> tuple[str, str | None]:
    """Return the text of `data`, and the codec used where it isn't the declared one (None: as declared, or plain ASCII)."""
    codec = codec_for(label)
    if data.isascii() and codec not in ("utf-7", "hz", "iso-2022") and not _wide(codec):
        if b"\x1b" in data and b"\x1b$" in data:  # one byte is found ten times faster than two
            return _iso_2022(data), "iso-2022-jp"
        return data.decode("ascii"), None
    if codec == "iso-2022":
        return (_iso_2022(data), None) if b"\x1b" in data or data.isascii() else _undeclared(data, hints)
    if codec is None:
        return _undeclared(data, hints)
    return _declared(data, codec, hints)


def _wide(codec: str | None) -> bool:
    return codec is not None and codec.startswith(("utf-16", "utf-32"))


def _declared(data: bytes, codec: str, hints: Hints) -> tuple[str, str | None]:
    text = _strictly(data, codec)
    if text is not None and not (codec.startswith("cp125") and _mislabelled(data, text)):
        return text, None
    if codec != "utf-8":
        again = _strictly(data, "utf-8")
        if again is not None and not data.isascii():
            return again, "utf-8"
    if text is None and codec in _MULTIBYTE:
        cut = _but_for_its_end(data, codec)
        if cut is not None:
            return cut, None
    if text is None and _mostly(data, codec):
        return _leniently(data, codec), None
    found, used = _undeclared(data, hints, codec)
    if text is not None and (used is None or used.startswith("cp12")):
        return text, None
    return found, None if used == codec else used


def _strictly(data: bytes, codec: str) -> str | None:
    """Return the text where every byte has a meaning; Big5 has two dialects, of which either will do."""
    try:
        text = data.decode(codec)
        if codec == "utf-7":
            text.encode()  # this codec alone lets half characters through
    except (UnicodeError, LookupError):
        if codec == "big5hkscs":
            return _strictly(data, "cp950")
        return _but_for_its_end(data, codec) if codec == "utf-8" else None
    return text


def _but_for_its_end(data: bytes, codec: str) -> str | None:
    """Return the text whose last character was cut off, without it."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeError:
        return None
    return text if not text.isascii() else None


def _mislabelled(data: bytes, text: str) -> bool:
    """Whether a Western reading is made of runs of accents, which no Western language writes."""
    data = data[:20_000]
    if _FOUR not in data.translate(_ACCENTS):  # that there is no run at all is seen a hundred times faster
        return False
    in_runs = sum(len(run) for run in re.findall(rb"[\x80-\xff]{4,}", data))
    high = _beyond_ascii(text[:20_000])
    return high >= 4 and in_runs * 2 > high  # noqa: PLR2004  (a word or two of Chinese is the least that can be told)


def _mostly(data: bytes, codec: str) -> bool:
    """Whether a broken byte here and there is all that keeps `data` from being `codec`."""
    sample = data[:65_536]
    try:
        text = sample.decode(codec, "replace")
    except (UnicodeError, LookupError):
        return False
    broken = text.count("\ufffd")
    return _beyond_ascii(text) >= (3 if codec == "utf-8" else 10) * broken


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _leniently(data: bytes, codec: str) -> str:
    try:
        text = data.decode(codec, _FALLBACK)
        text.encode()
    except (UnicodeError, LookupError):  # a stateful codec that gives up: its bytes are shown one by one
        return data.decode("cp1252", _FALLBACK)
    return text


def _undeclared(data: bytes, hints: Hints, declared: str = "") -> tuple[str, str | None]:
    """Read `data` by evidence; `declared` is a codec that was named, and doesn't fit."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = _strictly(data, "utf-16")
        if text is not None:
            return text, "utf-16"
    text = _strictly(data, "utf-8")
    if text is not None:
        return text, None if data.isascii() else "utf-8"
    if b"\x1b$" in data:
        return _iso_2022(data), "iso-2022-jp"
    if _mostly(data, "utf-8"):
        return _leniently(data, "utf-8"), "utf-8"
    from mailcrm.adapters.mime.evidence import likely_codec  # few mails need evidence

    codec = likely_codec(data, hints.domain, tuple(filter(None, map(codec_for, (declared, *hints.charsets)))))
    return _leniently(data, codec), codec


def _iso_2022(data: bytes) -> str:
    """Read RFC 1468 and its kin by hand: the standard codec refuses NEC's row 13 (①, ㈱), which Japanese mail is full of."""
    pieces = _ESCAPES.split(data)
    text = _plain_jis(pieces) if data.isascii() else None
    if text is None:
        runs = [_iso_2022_run(escape, run) for escape, run in zip(pieces[1::2], pieces[2::2], strict=True)]
        text = _leniently(pieces[0], "utf-8") + "".join(runs)
    return text.replace("\x0e", "").replace("\x0f", "")


def _plain_jis(pieces: list[bytes]) -> str | None:
    """Read runs of JIS X 0208 and ASCII at once as EUC-JP; None where there are others, or NEC's rows, which that codec refuses.

    The escapes stay between the runs meanwhile, so that no half of a character finds another in the next run.
    """
    if not (_TO_JIS | _TO_ASCII).issuperset(pieces[1::2]):
        return None
    runs = [
        run.translate(_HIGH) if escape in _TO_JIS else run
        for escape, run in zip(pieces[1::2], pieces[2::2], strict=True)
    ]
    joined = b"\x1b".join((pieces[0], *runs))
    if joined.count(b"\x1b") > len(runs):
        return None
    try:
        text = joined.decode("euc_jp").replace("\x1b", "")
    except UnicodeError:
        return None
    for as_euc_jp, as_cp932 in _PARTED:
        text = text.replace(as_euc_jp, as_cp932)
    return text


def _iso_2022_run(escape: bytes, run: bytes) -> str:
    if escape in _TO_ASCII:
        return _leniently(run, "utf-8")
    if escape == b"(I":
        return _leniently(bytes(b | 0x80 if b > ord(" ") else b for b in run), "cp932")
    high = run.translate(_HIGH)
    if escape in (b"$A", b"$)A"):
        return _leniently(high, "gb18030")
    if escape in (b"$(C", b"$)C"):
        return _leniently(high, "cp949")
    if escape == b"$(D":
        return _leniently(re.sub(rb"([\xa1-\xfe]{2})", b"\x8f\\1", high), "euc_jp")
    return _leniently(re.sub(rb"[\xa1-\xfe]{2}", lambda pair: _to_shift_jis(pair[0]), high), "cp932")


def _to_shift_jis(pair: bytes) -> bytes:
    """Turn one EUC-JP pair into Shift_JIS (JIS X 0208, annex 1)."""
    row, cell = pair[0] - 0xA1, pair[1] - 0xA1
    lead = row // 2 + (0x81 if row < 62 else 0xC1)  # noqa: PLR2004  (rows 63 and up lie behind the half-width katakana)
    trail = cell + 0x9F if row % 2 else cell + (0x40 if cell < 63 else 0x41)  # noqa: PLR2004  (0x7F is left out)
    return bytes((lead, trail))


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read the one byte that a codec stumbled over as cp1252, or as Latin-1 where even that has a hole."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return codecs.charmap_decode(byte, "strict", _CP1252)[0], error.start + 1


_CP1252 = "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in range(256))
codecs.register_error(_FALLBACK, _as_cp1252)
