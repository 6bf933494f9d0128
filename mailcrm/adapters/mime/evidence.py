# ruff: noqa: PLR2004  (the numbers are rows and cells of the code tables named beside them)
"""Which legacy charset unlabelled bytes are written in, by what their reading looks like.

Room: adapters. In: bytes that are not UTF-8, the sender's domain, charsets declared nearby. Out: the name of a codec.
Each codec is scored by how common the characters are that it reads (rows and levels of the national standards), so that
`Müller` stays Western and 报价 stays Chinese. One pass over at most 16 kB.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["likely_codec"]

_SAMPLE = 16_384
_NEARBY, _HOME = 0.35, 0.3
_BY_TLD = {
    "cn": "gb18030", "sg": "gb18030", "tw": "big5hkscs", "hk": "big5hkscs", "mo": "big5hkscs", "jp": "cp932", "kr": "cp949",
    "ru": "cp1251", "by": "cp1251", "ua": "cp1251", "kz": "cp1251", "bg": "cp1251", "rs": "cp1251", "su": "cp1251",
    "gr": "cp1253", "cy": "cp1253", "il": "cp1255", "th": "cp874", "tr": "cp1254", "vn": "cp1258",
    "pl": "cp1250", "cz": "cp1250", "hu": "cp1250", "sk": "cp1250", "ro": "cp1250", "si": "cp1250", "hr": "cp1250",
    "lt": "cp1257", "lv": "cp1257", "ee": "cp1257",
    **dict.fromkeys(("sa", "ae", "eg", "iq", "jo", "kw", "lb", "ly", "ma", "om", "qa", "sy", "tn", "ye", "ir", "dz"), "cp1256"),
}  # fmt: skip
_KIN = {"cp932": ("euc_jp",), "cp1251": ("koi8_r",), "gb18030": ("big5hkscs",)}

_PAIRS = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]")
_SJIS = re.compile(rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]|[\x80-\xff]")
_SMALL = range(0x61, 0x7B)
_LATIN_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")


def _share(good: int, total: int) -> float:
    return good / total if total else 0.0


def _among(data: bytes, *bounds: tuple[int, int]) -> int:
    """Count the bytes of `data` that lie within any of `bounds` (both ends count): one pass, not a step a byte."""
    wanted = bytes([byte for low, high in bounds for byte in range(low, high + 1)])
    return len(data) - len(data.translate(None, wanted))


class _Sample:
    """Some bytes, and what several of the scores look at: the pairs of a double-byte codec, taken apart."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        units = _PAIRS.findall(data)
        both = b"".join([unit for unit in units if len(unit) > 1])
        self.units = len(units)
        self.firsts = b"".join([unit[:1] for unit in units])
        self.leads, self.trails = both[::2], both[1::2]
        # The lead bytes of the pairs whose trail is high too, as it is in EUC.
        self.rows = b"".join([unit[:1] for unit in units if len(unit) > 1 and unit[1] >= 0xA1])
        self.high = _among(data, (0x80, 0xFF))


def _gb18030(sample: _Sample) -> float:
    """Score GB 2312: its level 1 lies in rows B0 to D7; running Chinese is made of little else, and of the marks of A1 and A3."""
    good = _among(sample.rows, (0xB0, 0xD7), (0xA1, 0xA1), (0xA3, 0xA3))
    rarer = _among(sample.rows, (0xD8, 0xF7))
    kana = _among(sample.rows, (0xA4, 0xA5))
    return _share(good, sample.units) + 0.5 * _share(rarer, sample.units) - _share(kana, sample.units) - _korean(sample)


def _korean(sample: _Sample) -> float:
    """Return what speaks for Korean: hangul fills rows B0 to C8 only; Chinese of some length always goes beyond."""
    return 0.6 if sample.units >= 12 and _among(sample.firsts, (0xC9, 0xF7)) * 20 < sample.units else 0.0


def _cp949(sample: _Sample) -> float:
    good = _among(sample.rows, (0xB0, 0xC8), (0xA1, 0xA1), (0xA3, 0xA3))
    return _share(good, sample.units) - (0.0 if _korean(sample) else 0.4)


def _big5(sample: _Sample) -> float:
    """Score Big5: its frequent characters lie in A4 to C6, its marks in A1 to A3."""
    good = _among(sample.leads, (0xA1, 0xC6))
    low_trails = _among(sample.trails, (0x40, 0x7F))
    in_latin = sum(trail in _SMALL and lead >= 0xC0 for lead, trail in zip(sample.leads, sample.trails, strict=True))
    hint = 0.1 if _share(low_trails, sample.units) > 0.2 else -0.15
    return _share(good, sample.units) + hint - _share(in_latin, sample.units)


def _cp932(sample: _Sample) -> float:
    units = _SJIS.findall(sample.data)
    kana = sum(len(u) == 2 and ((u[0] == 0x82 and u[1] >= 0x9F) or (u[0] == 0x83 and u[1] <= 0x96)) for u in units)
    kanji = sum(len(u) == 2 and (0x88 <= u[0] <= 0x97 or u[0] == 0x81) for u in units)
    return _share(kanji + kana, len(units)) + (0.1 if kana else -0.3)


def _euc_jp(sample: _Sample) -> float:
    kana = _among(sample.rows, (0xA4, 0xA5))
    kanji = _among(sample.rows, (0xB0, 0xCF), (0xA1, 0xA1))
    return _share(kanji + kana, sample.units) - (0.0 if kana * 6 > sample.units else 0.5)


def _western(sample: _Sample) -> float:
    """Score Western text: accents stand alone or in pairs, among plain letters."""
    words = _LATIN_WORD.findall(sample.data)
    good = sum(_western_word(w) for w in words)
    return 0.95 * _share(good, len(words))


def _western_word(word: bytes) -> bool:
    high = sum(b >= 0x80 for b in word)
    if high == 1 and len(word) <= 1:
        return (
            word[0]
            in b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xaa\xab\xad\xae\xb0\xb1\xb2\xb3\xb4\xb5\xb7\xba\xbb\xbc\xbd\xbe\xbf\xd7\xe0\xe8\xe9\xc0"
        )
    return high * 2 <= len(word) or (high <= 2 and len(word) <= 3 and all(b >= 0xA0 for b in word if b >= 0x80))


def _letters(low: int, high: int, capitals: range) -> Callable[[_Sample], float]:
    """Score an alphabet whose small letters fill `low` to `high`, written in whole words."""

    def score(sample: _Sample) -> float:
        runs = re.findall(rb"[\x80-\xff]{3,}", sample.data)
        small = _among(b"".join(runs), (low, high))
        begins = sum(run[0] in capitals for run in runs)
        stray = sum(b in capitals for run in runs for b in run[1:])
        return _share(small + begins, sample.high) - 0.8 * _share(stray, sample.high)

    return score


_SCORES: dict[str, Callable[[_Sample], float]] = {
    "cp1252": _western,
    "gb18030": _gb18030,
    "big5hkscs": _big5,
    "cp932": _cp932,
    "euc_jp": _euc_jp,
    "cp949": _cp949,
    "cp1251": _letters(0xE0, 0xFF, range(0xC0, 0xE0)),
    "koi8_r": _letters(0xC0, 0xDF, range(0xE0, 0x100)),
}
_HOME_ONLY: dict[str, Callable[[_Sample], float]] = {
    "cp1250": _western, "cp1254": _western, "cp1257": _western, "cp1258": _western,
    "cp1253": _letters(0xDC, 0xFE, range(0xB8, 0xDC)), "cp1255": _letters(0xE0, 0xFA, range(0)),
    "cp1256": _letters(0xC1, 0xED, range(0)), "cp874": _letters(0xA1, 0xFB, range(0)),
}  # fmt: skip


def likely_codec(data: bytes, domain: str = "", nearby: tuple[str, ...] = ()) -> str:
    """Return the codec that reads `data` best; "cp1252" where nothing speaks for another.

    `domain` is the sender's (its country prefers that country's charset), `nearby` what other parts declare.
    """
    sample = _Sample(data[:_SAMPLE])
    home = _BY_TLD.get(domain.rpartition(".")[2].lower(), "")
    scores = {codec: score(sample) for codec, score in _SCORES.items()}
    for codec in (home, *nearby):
        if codec in _HOME_ONLY:
            scores[codec] = _HOME_ONLY[codec](sample)
    for codec in scores:
        scores[codec] += (
            _HOME * (codec == home) + 0.6 * _HOME * (codec in _KIN.get(home, ())) + _NEARBY * (codec in nearby)
        )
        scores[codec] -= _broken(sample, codec)
    return max(scores, key=lambda codec: scores[codec])


def _broken(sample: _Sample, codec: str) -> float:
    """Return the share of bytes that `codec` can't read, five-fold: a codec that stumbles often is not the one."""
    return 5 * _share(sample.data.decode(codec, "replace").count("\ufffd"), sample.high)
