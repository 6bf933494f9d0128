"""Every row of mail.md's charset table, in bodies and in headers."""

from __future__ import annotations

import base64
import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.adapters.mime import Mime
from mailcrm.domain.message import ParsedMail

CHINESE = "您好，请报价500件，含运费到汉堡。付款方式为电汇。朱镕基、陶喆 €2.50"
PLAIN_CHINESE = "您好，我们对贵公司的产品很感兴趣，请报价。"
TAIWAN = "您好，請提供最新的報價單以及交貨日期，謝謝。"
HONG_KONG = "呢個價錢啱唔啱？嘅、咗、嚟、喺"
JAPANESE = "お世話になっております。見積書を送ってください。①㈱"
KOREAN = "안녕하세요. 견적서를 보내 주시기 바랍니다. 똠방각하 펲시콜라"
RUSSIAN = "Добрый день! Пришлите, пожалуйста, цену на 500 штук."
GERMAN = "Sehr geehrte Frau Müller, die Größe paßt nicht. Grüße aus Köln"
SPANISH = "Estimado señor: adjunto la cotización del año próximo. ¿Cuándo llegará?"
FRENCH = "Où est la pièce ? Voilà le détail du contrôle reçu à l’œil : 2,50 €"


def mail(body: bytes, charset: str | None, sender: str = "ana@buyer.example", encoding: str = "8bit") -> bytes:
    label = f"; charset={charset}" if charset else ""
    head = f"From: <{sender}>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain{label}\r\n"
    return head.encode() + f"Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def read(raw: bytes) -> ParsedMail:
    return Mime().parse(raw)


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE, "gb18030", "GB_2312-80"),
        (CHINESE, "gb18030", "gbk"),
        (CHINESE, "gb18030", "x-gbk"),
        (CHINESE, "gb18030", "cp936"),
        (CHINESE, "gb18030", "gb18030"),
        ("𠮷野家 €", "gb18030", "gb2312"),
        (PLAIN_CHINESE, "gb2312", "gb2312"),
        (PLAIN_CHINESE, "hz", "hz-gb-2312"),
        (TAIWAN, "big5", "big5"),
        (HONG_KONG, "big5hkscs", "big5"),
        (HONG_KONG, "big5hkscs", "big5-hkscs"),
        (JAPANESE, "cp932", "shift_jis"),
        (JAPANESE, "cp932", "x-sjis"),
        ("見積書 お世話", "euc_jp", "euc-jp"),
        ("見積書 お世話", "iso2022_jp", "iso-2022-jp"),
        (KOREAN, "cp949", "ks_c_5601-1987"),
        (KOREAN, "cp949", "euc-kr"),
        (RUSSIAN, "koi8_r", "koi8-r"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", "latin1"),
        (GERMAN, "latin-1", "iso-8859-1"),
        ("Teşekkürler, ığüşöç", "cp1254", "iso-8859-9"),
        ("สวัสดีครับ", "cp874", "tis-620"),
        ("Zażółć gęślą jaźń", "iso8859-2", "iso-8859-2"),
        ("שלום", "iso8859-8", "iso-8859-8-i"),
        ("مرحبا بكم", "cp1256", "windows-1256"),
        (CHINESE, "utf-8", "UTF-8"),
        (CHINESE, "utf-8", '"utf8"'),
        (GERMAN, "utf-7", "utf-7"),
        (PLAIN_CHINESE, "utf-7", "unicode-1-1-utf-7"),
        (GERMAN, "utf-16-le", "utf-16le"),
    ],
)
def test_a_declared_charset_is_read_as_senders_mean_it(text: str, codec: str, label: str) -> None:
    got = read(mail(base64.encodebytes(text.encode(codec)), label, encoding="base64"))
    assert got.body == text
    assert got.charset_fallback is None


@pytest.mark.parametrize(
    ("text", "codec", "label", "sender", "fallback"),
    [
        (GERMAN, "utf-8", None, "a@buyer.example", "utf-8"),
        (PLAIN_CHINESE, "utf-8", None, "a@buyer.example", "utf-8"),
        (PLAIN_CHINESE, "utf-8", "gb2312", "a@buyer.example", "utf-8"),
        (GERMAN, "utf-8", "iso-8859-1", "a@buyer.example", "utf-8"),
        (GERMAN, "utf-8", "us-ascii", "a@buyer.example", "utf-8"),
        ("Müller", "cp1252", None, "a@buyer.example", "cp1252"),
        ("cotización", "cp1252", None, "a@buyer.example", "cp1252"),
        ("Müller", "cp1252", "us-ascii", "a@buyer.de", "cp1252"),
        ("Müller", "cp1252", "utf-8", "a@buyer.de", "cp1252"),
        ("Precio: 2,50 € – año", "cp1252", None, "a@buyer.example", "cp1252"),
        (GERMAN, "cp1252", None, "a@buyer.example", "cp1252"),
        (SPANISH, "cp1252", None, "a@buyer.example", "cp1252"),
        (FRENCH, "cp1252", None, "a@buyer.example", "cp1252"),
        ("informações e condições à disposição", "cp1252", None, "a@buyer.example", "cp1252"),
        ("报价", "gb18030", None, "a@buyer.example", "gb18030"),
        ("请报价", "gb18030", None, "a@factory.cn", "gb18030"),
        (PLAIN_CHINESE, "gb18030", None, "a@buyer.example", "gb18030"),
        (CHINESE, "gb18030", None, "a@buyer.example", "gb18030"),
        (PLAIN_CHINESE, "gb18030", "us-ascii", "a@buyer.example", "gb18030"),
        (PLAIN_CHINESE, "gb18030", "utf-8", "a@buyer.example", "gb18030"),
        (PLAIN_CHINESE, "gb18030", "iso-8859-1", "a@buyer.example", "gb18030"),
        (PLAIN_CHINESE, "gb18030", "x-unknown-charset", "a@buyer.example", "gb18030"),
        (TAIWAN, "big5", None, "a@buyer.com.tw", "big5hkscs"),
        (TAIWAN * 3, "big5", None, "a@buyer.example", "big5hkscs"),
        (JAPANESE, "cp932", None, "a@buyer.co.jp", "cp932"),
        ("お世話になっております。見積書を送ってください。", "cp932", None, "a@buyer.example", "cp932"),
        ("お世話になっております。見積書を送ってください。", "euc_jp", None, "a@buyer.example", "euc_jp"),
        ("見積書を送ってください", "iso2022_jp", None, "a@buyer.example", "iso-2022-jp"),
        ("見積書を送ってください", "iso2022_jp", "us-ascii", "a@buyer.example", "iso-2022-jp"),
        (KOREAN, "cp949", None, "a@buyer.co.kr", "cp949"),
        ("안녕하세요. 견적서를 보내 주시기 바랍니다. 감사합니다.", "cp949", None, "a@buyer.example", "cp949"),
        (RUSSIAN, "cp1251", None, "a@buyer.ru", "cp1251"),
        (RUSSIAN, "cp1251", None, "a@buyer.example", "cp1251"),
        (RUSSIAN, "koi8_r", None, "a@buyer.example", "koi8_r"),
        ("Zażółć gęślą jaźń", "cp1250", None, "a@buyer.pl", "cp1250"),
        ("Καλημέρα σας, παρακαλώ στείλτε", "cp1253", None, "a@buyer.gr", "cp1253"),
        ("مرحبا بكم نرجو إرسال السعر", "cp1256", None, "a@buyer.com.sa", "cp1256"),
        ("שלום רב נא לשלוח מחיר", "cp1255", None, "a@buyer.co.il", "cp1255"),
    ],
)
def test_a_missing_or_wrong_charset_is_found_by_evidence(
    text: str, codec: str, label: str | None, sender: str, fallback: str
) -> None:
    got = read(mail(text.encode(codec), label, sender))
    assert got.body == text
    assert got.charset_fallback == fallback


def test_iso_2022_jp_with_nec_rows_is_read() -> None:
    row13 = "①".encode("cp932")
    assert row13 == b"\x87\x40"  # JIS row 13, cell 1: 0x2d21
    got = read(mail(b"\x1b$B\x2d\x21\x1b(B ok \x1b(I\x31\x32\x1b(B", "iso-2022-jp"))
    assert got.body == "① ok ｱｲ"


def test_iso_2022_jp_with_the_rare_characters_of_jis_x_0212_is_read() -> None:
    assert read(mail(b"\x1b$B\x30\x21\x1b$(D\x30\x21\x1b(B ok", "iso-2022-jp")).body == "亜丂 ok"


def test_iso_2022_jp_reads_marks_as_windows_does() -> None:
    marks = (
        b"\x21\x41\x21\x42\x21\x5d\x21\x71\x21\x72\x22\x4c"  # of JIS X 0208; the standard codec reads them otherwise
    )
    assert read(mail(b"\x1b$B" + marks + b"\x1b(B", "iso-2022-jp")).body == "～∥－￠￡￢"
    assert read(mail(b"\x1b$B" + marks + b"\x2d\x21\x1b(B", "iso-2022-jp")).body == "～∥－￠￡￢①"


def test_half_a_character_of_iso_2022_jp_takes_nothing_from_the_next_run() -> None:
    assert read(mail(b"\x1b$B\x30\x1b$B\x30\x21\x1b(B ok", "iso-2022-jp")).body.endswith("亜 ok")


def test_a_broken_byte_costs_no_other_letter() -> None:
    got = read(mail(PLAIN_CHINESE.encode() + b"\xff" + PLAIN_CHINESE.encode(), "utf-8"))
    assert got.body == f"{PLAIN_CHINESE}ÿ{PLAIN_CHINESE}"


def test_a_cut_character_at_the_end_is_dropped() -> None:
    got = read(mail(PLAIN_CHINESE.encode()[:-1], "utf-8"))
    assert got.body == PLAIN_CHINESE[:-1]


@pytest.mark.parametrize(
    "label", ["punycode", "idna", "rot13", "zlib", "unicode_escape", "undefined", "../x", "\x00", "utf-8-sig"]
)
def test_codecs_that_are_no_charsets_are_not_run(label: str) -> None:
    assert read(mail(b"abc-def", label)).body == "abc-def"


def word(text: str, codec: str, label: str, encoding: str = "B") -> bytes:
    data = text.encode(codec)
    if encoding == "B":
        return b"=?" + label.encode() + b"?B?" + base64.b64encode(data) + b"?="
    return b"=?" + label.encode() + b"?Q?" + "".join(f"={byte:02X}" for byte in data).encode() + b"?="


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        (word("朱镕基 陶喆 €", "gb18030", "gb2312"), "朱镕基 陶喆 €"),
        (word("嘅報價", "big5hkscs", "big5", "Q"), "嘅報價"),
        (word("見積①", "cp932", "shift_jis"), "見積①"),
        (word("펲시콜라", "cp949", "ks_c_5601-1987"), "펲시콜라"),
        (word("2,50 €", "cp1252", "iso-8859-1", "Q"), "2,50 €"),
        (word("Größe", "utf-8", "utf-8*de"), "Größe"),
        (b"=?utf-8?B?5oql?= =?utf-8?B?5Lu3?=", "报价"),
        (b"=?utf-8?B?5oql5A==?=\r\n =?utf-8?B?u7c=?=", "报价"),
        (b"=?utf-8?Q?=E6=8A=A5=E4?= =?utf-8?Q?=BB=B7?=", "报价"),
        (b"=?utf-8?B?5oql5?= =?utf-8?B?Lu3?=", "报价"),
        (b"Re: =?utf-8?Q?Gr=C3=B6=C3=9Fe?= of item", "Re: Größe of item"),
        (b"=?utf-8?B?5pel5pys6Kq?= =?gb2312?Q?=C4=E3=BA?= cut", "日本你 cut"),
        (b"=?utf-8?Q?a_b=20c?=", "a b c"),
        (b"=?utf-8?q?what??=", "what?"),
        (b"=?iso-8859-1?Q?a?= b", "a b"),
        (b"=?iso-8859-1?Q?a?= =?utf-8?Q?b?=", "ab"),
        (b"=?utf-8?B?not ended", "=?utf-8?B?not ended"),
        (b"=?x-unknown?Q?abc?=", "abc"),
        ("报价单".encode(), "报价单"),
        ("报价单".encode("gb18030"), "报价单"),
        ("Größe".encode("cp1252"), "Größe"),
        ("見積".encode("iso2022_jp"), "見積"),
        (b"=?utf-8?Q?x=0D=0ABcc:_a@b.example?=", "x Bcc: a@b.example"),
        (b"folded\r\n subject", "folded subject"),
        (b"=?UTF-7?Q?+AOk-t+AOk-?=", "été"),
    ],
)
def test_a_subject_is_decoded(header: bytes, subject: str) -> None:
    raw = b"Subject: " + header + b"\r\nFrom: <a@factory.cn>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nx"
    assert read(raw).subject == subject


@given(st.text(st.characters(codec="gb18030", exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1, max_size=80))
def test_gb2312_means_gb18030_for_every_character(text: str) -> None:
    got = read(mail(base64.encodebytes(text.encode("gb18030")), "gb2312", encoding="base64"))
    assert got.body == codecs.decode(text.encode("gb18030"), "gb18030").strip("\n").removeprefix("\ufeff")
