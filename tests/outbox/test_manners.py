"""Manners of the shipped templates (trade.md): every one, in every language, to every kind of contact."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from outbox.shipped import (
    ALL,
    ANSWERS,
    FIRST,
    FOLLOW_UPS,
    HOLDING,
    LANGUAGES,
    PROGRAM,
    REASONS,
    SECOND,
    SECOND_LANGUAGES,
    SERIES,
    SHIPPED,
    TODAY,
    answered,
    letter_to,
    letters,
)

from mailcrm.domain import words
from mailcrm.domain.checks import ReplyFacts
from mailcrm.domain.checks.attachments import announced_attachment
from mailcrm.domain.checks.reading import check_reply
from mailcrm.domain.demand import asks, language
from mailcrm.domain.newest import Newest
from mailcrm.domain.promises import spoken_promise
from mailcrm.domain.purpose import Purpose
from mailcrm.domain.purposes import read_purpose
from mailcrm.outbox.render import Value
from mailcrm.outbox.salutation import salutation

every = pytest.mark.parametrize(("name", "tongue"), ALL, ids=[f"{tongue}-{name}" for name, tongue in ALL])

# display name, honorific, what the contact speaks ("": the language of the mail)
CONTACTS = [
    ("", "", ""),
    ("None", "", ""),
    ("null", "", ""),
    ("N/A", "", ""),
    ("sales@hamburg.example", "", ""),
    ("Purchasing", "", ""),
    ("Hamburg Import GmbH", "", ""),
    ("Anna Berg", "", ""),
    ("Berg, Anna", "Ms", ""),
    ("Dr. Anna Berg", "", "de"),
    ("Sascha Berg", "", "de"),
    ("Hiroshi Tanaka", "", "ja"),
    ("Kim Min-su", "", "ko"),
    ("Nagy Péter", "Mr", "hu"),
    ("张伟", "", "zh"),
]


def cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def test_the_templates_of_this_release_exist_in_their_languages() -> None:
    shipped = [(info.name, info.language) for info in SHIPPED.list() if info.purpose != "notice"]
    assert sorted(shipped) == sorted(ALL)
    assert SHIPPED.check() == ()


def test_what_is_for_ourselves_exists_in_the_languages_of_the_screens() -> None:
    ours = {(info.name, info.language) for info in SHIPPED.list() if info.purpose == "notice"}
    assert ours == {("notice", tongue) for tongue in words.LANGUAGES}


@pytest.mark.parametrize(
    ("name", "wanted", "got"),
    [
        *[(name, tongue, tongue) for name in FIRST for tongue in LANGUAGES],
        *[(name, tongue, tongue if tongue in SECOND_LANGUAGES else "en") for name in SECOND for tongue in LANGUAGES],
        *[(name, tongue, "en") for name in ("holding", "pi_send") for tongue in ("it", "tr", "pl", "ar", "ja", "ko", "hu")],
        ("holding", "pt-BR", "pt"),
        ("holding", "de_AT", "de"),
    ],
)  # fmt: skip
def test_who_speaks_another_language_gets_english(name: str, wanted: str, got: str) -> None:
    assert SHIPPED.language_for(name, [wanted]) == got


@pytest.mark.parametrize("name", [*FIRST, *SECOND])
def test_a_template_asks_the_same_in_every_language_and_in_both_languages_of_the_screen(name: str) -> None:
    tongues = LANGUAGES if name in FIRST else SECOND_LANGUAGES
    first, *others = (replace(SHIPPED.info(name, tongue), language="", path=Path()) for tongue in tongues)
    assert all(other == first for other in others)
    for worded in (first.titles, *(asked.words for asked in first.questions)):
        assert set(worded) == {"en", "zh"}
        assert worded["en"][:1].isupper()
        assert re.search(r"[\u4e00-\u9fff]", worded["zh"])
    shown = {"date": r"20\d\d-\d\d-\d\d"}
    for asked in first.questions:
        assert re.search(shown.get(asked.kind, ""), asked.words["en"]), "a day shows how it is typed"


WAITING = {
    *("inquiry_ask", "quote_cover", "sample_delivered", *FOLLOW_UPS, "pi_send", "deposit_request"),
    *("confirm_packing_marks_colour", "pp_sample_approval", "delay_notice", "documents_copy", "balance_request"),
    *("complaint_received", "complaint_result", "sample_fee_request", "sample_decline"),
    *("quote_expiring", "quote_withdrawn"),
}


@pytest.mark.parametrize("name", [*FIRST, *SECOND])
def test_what_asks_waits_for_an_answer(name: str) -> None:
    assert SHIPPED.info(name, "en").waits == (name in WAITING)
    for letter in letters(name, "en"):
        assert name in WAITING or "?" not in letter.body, letter.how


@every
def test_nothing_leaves_without_its_answers(name: str, tongue: str) -> None:
    info = SHIPPED.info(name, tongue)
    assert set(SHIPPED.missing(name, tongue, {})) == info.required
    assert SHIPPED.missing(name, tongue, answered(info, full=False)) == ()
    for wanted in info.required:
        assert SHIPPED.missing(name, tongue, answered(info, full=True) | {wanted: ""}) == (wanted,)


@every
def test_what_is_answered_stands_in_the_mail(name: str, tongue: str) -> None:
    info = SHIPPED.info(name, tongue)
    plain = {asked.name for asked in info.questions if asked.kind == "text"} - {
        "missing",
        "needed",
        "documents",
        "release",
    }
    *_others, full = letters(name, tongue)
    assert [asked for asked in plain if str(ANSWERS[asked]) not in full.body] == []
    lists = [asked for asked in ("needed", "documents") if asked in info.variables]
    assert all(str(ANSWERS[asked]).rpartition(", ")[2] in full.body for asked in lists)


@every
def test_every_contact_is_addressed_and_nobody_by_nothing(name: str, tongue: str) -> None:
    for contact, honorific, speaks in CONTACTS:
        given: dict[str, Value] = {"contact_name": contact, "honorific": honorific, "contact_language": speaks}
        body = letter_to(name, tongue, given)
        assert body.split("\n", 1)[0] == salutation(tongue, contact, honorific, speaks)
        assert not re.search(r"\bnone\b|\bnull\b|undefined|@", body, re.IGNORECASE)


@every
def test_no_way_to_fill_it_in_leaves_a_gap(name: str, tongue: str) -> None:
    for letter in letters(name, tongue):
        assert not re.search(r"\{\{|\{%|  |\n\n\n| \n| [.,](?!\.)|\(\)|（）|\n[ .,，。]", letter.body), letter.how


def broken(body: str) -> list[str]:
    """Return the lines that end for want of room alone: on a phone they would end in the middle."""
    lines = body.split("\n")
    return [
        line
        for line, following in itertools.pairwise(lines)
        if cells(line) > 60 and line[-1] not in ":：。？！,，" and re.match(r"[^\W\d]", following)
    ]


@every
def test_days_stand_in_words_instants_in_both_zones_and_paragraphs_are_whole(name: str, tongue: str) -> None:
    for letter in letters(name, tongue):
        assert not re.search(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2}|\d{1,2}\.\d{1,2}\.20", letter.body), letter.how
        if name in HOLDING:
            assert "17" in letter.body
            assert "10" in letter.body
            assert "Hamburg" in letter.body
        assert broken(letter.body) == [], letter.how
        assert letter.body.endswith("\nLi Lei\n")


PUSHING = {
    "en": r"\basap\b|a\.s\.a\.p|as soon as possible|urgent|immediately|kindly revert|hurry|without delay|must (?:pay|reply|answer)",
    "zh": r"尽快|立即|马上付|赶紧|务必|催|速回|抓紧",
    "es": r"cuanto antes|urgente|de inmediato|inmediatamente|lo antes posible|debe pagar",
    "de": r"schnellstmöglich|so bald wie möglich|dringend|umgehend|unverzüglich|eilig",
    "fr": r"dès que possible|au plus vite|urgent|immédiatement|sans délai|dans les plus brefs",
    "pt": r"o quanto antes|urgente|imediatamente|o mais rápido possível|com urgência",
    "ru": r"как можно скорее|срочно|немедленно|незамедлительно",
}
REGISTER = {
    "en": r"\b(?:hey|hi|gonna|u|pls|plz|thx|cheers)\b",
    "zh": r"你(?!好)",
    "es": r"\b(?:t[úu]|tus?|te|vos|vosotros|vuestr[oa]s?|contigo)\b",
    "de": r"\b(?:du|dich|dir|dein\w*|euch|eure?\w*)\b|\bihnen\b|\b(?:können|haben|möchten) sie\b",
    "fr": r"\b(?:tu|te|toi|ton|ta|tes)\b",
    "pt": r"\b(?:tu|te|ti|teu|tua|contigo|vós|vosso)\b",
    "ru": r"\b(?:ты|тебя|тебе|твой|твоя|вы|вас|вам|ваш\w*)\b",
}


@every
def test_no_word_pushes_and_the_register_is_that_of_business(name: str, tongue: str) -> None:
    for letter in letters(name, tongue):
        assert not re.search(PUSHING[tongue], letter.body, re.IGNORECASE), letter.how
        flags = 0 if tongue in ("ru", "de") else re.IGNORECASE
        assert not re.search(REGISTER[tongue], letter.body, flags), letter.how


@every
def test_only_a_holding_reply_promises_and_no_template_needs_a_second_look(name: str, tongue: str) -> None:
    for letter in letters(name, tongue):
        holds = name in HOLDING
        read = {tongue, language(letter.body)} - {""}
        promises = [spoken_promise(letter.body, one, TODAY) for one in read]
        assert all((promise is not None) == holds for promise in promises), (letter.how, promises)
        assert not holds or all(promise and promise.day for promise in promises), letter.how
        for spoken in read:
            facts = ReplyFacts(letter.body, spoken, TODAY, attachments=1, holds=holds)
            assert check_reply(facts) == (), letter.how


APOLOGIES = ("complaint_received", "complaint_result", "delay_notice", "late_apology", "promise_extend")


@every
def test_nothing_but_an_apology_may_read_as_a_complaint(name: str, tongue: str) -> None:
    if name not in APOLOGIES:
        for letter in letters(name, tongue):
            read = read_purpose(Newest(letter.body), asks=asks(letter.body), told=tongue)
            assert read.purpose is not Purpose.COMPLAINT, letter.how


@every
def test_only_what_has_a_file_announces_one(name: str, tongue: str) -> None:
    with_file = name in ("quote_cover", "pi_send", "documents_copy")
    assert all(bool(announced_attachment(letter.body)) == with_file for letter in letters(name, tongue))


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("name", HOLDING)
def test_each_reason_says_something_of_its_own(name: str, tongue: str) -> None:
    values = answered(SHIPPED.info(name, tongue), full=False) | PROGRAM
    bodies = {SHIPPED.render(name, tongue, values | {"reason": reason}).body for reason in REASONS}
    assert len(bodies) == len(REASONS)


# Follow-ups ------------------------------------------------------------------------------------------------------

BLAME = {
    "en": r"have not|haven't|did not|didn't|unanswered|no (?:reply|answer|response)|still waiting|again and again|remind|unfortunately|disappoint",
    "es": r"no (?:ha|han|hemos|nos ha)\b|sin respuesta|aún no|todavía no|lamentablemente|recordator",
    "zh": r"没有回|未回|仍未|尚未|迟迟|一直没|遗憾|催|提醒|为什么",
    "de": r"noch nicht|bisher nicht|keine Antwort|erinner|leider|warten (?:wir )?(?:noch|immer)",
    "fr": r"n'avez pas|sans réponse|toujours pas|rappel|relance|malheureusement|sans nouvelles",
    "pt": r"não (?:recebemos|respondeu|tivemos)|sem resposta|ainda não|lembrete|infelizmente",
    "ru": r"не получили|не ответили|до сих пор|напомина|к сожалению|без ответа",
}


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("name", [*FOLLOW_UPS, "quote_expiring"])
def test_a_follow_up_is_short_asks_and_blames_nobody(name: str, tongue: str) -> None:
    assert SHIPPED.info(name, tongue).is_nudge
    for letter in letters(name, tongue):
        assert not re.search(BLAME[tongue], letter.body, re.IGNORECASE), letter.how
        assert len(letter.body) < 700


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("name", SERIES["nudge"])
def test_a_nudge_quotes_what_was_asked_and_the_day(name: str, tongue: str) -> None:
    *_others, full = letters(name, tongue)
    assert "Colour?" in full.body
    assert "24" in full.body


def _sentences(body: str) -> set[str]:
    """Return what a letter says between salutation and close, sentence by sentence."""
    middle = re.sub(r"[„“«]?Colour\?.?|\S*2026\S*( г\.)?( \(вторник\))?", "", " ".join(body.split("\n")[1:-3]))
    return {said.strip() for said in re.split(r"[.!?。！？:：]", middle) if len(said.split()) > 2 or len(said) > 12}


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("series", SERIES)
@pytest.mark.parametrize("full", [False, True])
def test_no_follow_up_repeats_a_sentence_of_another(series: str, tongue: str, *, full: bool) -> None:
    told = [
        _sentences(SHIPPED.render(name, tongue, answered(SHIPPED.info(name, tongue), full=full)).body)
        for name in SERIES[series]
    ]
    assert all(told)
    assert (told[0] & told[1]) | (told[1] & told[2]) | (told[0] & told[2]) == set()


DOOR = {
    "en": "welcome|which month",
    "es": "bienvenido|qué mes",
    "zh": "随时|哪个月",
    "de": "willkommen|[Mm]onat",
    "fr": "bienvenus|quel mois",
    "pt": "bem-vindo|que mês",
    "ru": "рады|месяц",
}


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("series", SERIES)
def test_the_third_leaves_the_door_open(series: str, tongue: str) -> None:
    assert all(re.search(DOOR[tongue], letter.body) for letter in letters(SERIES[series][2], tongue))


# What the trade can't have wrong -----------------------------------------------------------------------------------

FACTS = [
    ("slip_received", "en", r"seen your payment slip.*What counts is the credit", r"(?:has|have) been credited|received your payment|money received"),
    ("slip_received", "zh", r"已看到.*水单.*尚未到账", r"已到账|已收到.*款"),
    ("slip_received", "es", r"hemos visto su justificante.*Lo que cuenta es el abono", r"está abonado|hemos recibido"),
    ("money_received", "en", r"has been credited to our account.*Credited on: Tue 24 November 2026", r"slip"),
    ("money_received", "zh", r"已到账.*到账日期：2026年11月24日", r"水单"),
    ("money_received", "es", r"está abonado en nuestra cuenta.*Abonado el: martes 24", r"justificante"),
    ("deposit_request", "en", r"Production starts when the deposit is credited.*slip.*does not replace", r"(?:on|after) (?:receipt|receiving) of (?:the|your) slip"),
    ("deposit_request", "zh", r"定金到账后开始生产.*水单.*不能代替到账", r"收到水单后"),
    ("deposit_request", "es", r"La producción empieza cuando el anticipo esté abonado.*justificante.*no sustituye", r"recibir el justificante"),
    *[
        (name, tongue, saying, r"slip|水单|justificante")
        for name in ("balance_request", "documents_copy")
        for tongue, saying in [
            ("en", r"originals? (?:documents )?leave us, or the telex release is given, after the balance has been credited"),
            ("zh", r"尾款到账后，我们再寄出正本(?:单据)?或做电放"),
            ("es", r"originales salen, o se da la liberación por télex, después de que el saldo esté abonado"),
        ]
    ],
    *[
        (name, tongue, saying, r"slip|水单|justificante|when the balance|尾款到账后")
        for name in ("originals_sent", "telex_released")
        for tongue, saying in [
            ("en", r"balance of order PO-8812 has been credited.*Balance credited on: Tue 24 November 2026"),
            ("zh", r"尾款已到账.*尾款到账日期：2026年11月24日"),
            ("es", r"saldo del pedido PO-8812 está abonado.*Saldo abonado el: martes 24"),
        ]
    ],
    ("bank_details_never_changed", "en", r"never change our bank account by mail.*[Pp]hone us on the number that you have on file", r"\bnew account is|IBAN"),
    ("bank_details_never_changed", "zh", r"从不通过邮件更改银行账户.*存档的电话", r"新账户是|IBAN"),
    ("bank_details_never_changed", "es", r"Nunca cambiamos nuestra cuenta bancaria por correo.*[Ll]lámenos al número que tiene registrado", r"la cuenta nueva es|IBAN"),
    ("sample_delivered", "en", r"hear what you think.*pleasure to supply you\. Which quantity", r"approved"),
    ("sample_delivered", "zh", r"您的意见.*有机会为您供货", r"批准"),
    ("sample_delivered", "es", r"conocer su opinión.*placer servirle", r"aprobada"),
    ("sample_delivered", "de", r"Ihr Urteil.*gern beliefern", r"Freigabe"),
    ("sample_delivered", "fr", r"votre avis.*heureux de vous livrer", r"approuvé"),
    ("sample_delivered", "pt", r"sua opinião.*prazer fornecer", r"aprovada"),
    ("sample_delivered", "ru", r"мнением.*будем рады поставлять", r"утвержд"),
    ("quote_expiring", "en", r"Q-2026-118 are valid until Thu 31 December 2026\.", r"last chance|hurry"),
    ("quote_expiring", "zh", r"Q-2026-118 的价格有效期至 ?2026年12月31日", r"最后|机会"),
    ("quote_expiring", "es", r"Q-2026-118 son válidos hasta el jueves 31 de diciembre de 2026\.", r"última"),
    ("quote_expiring", "de", r"Q-2026-118 gelten bis Donnerstag, 31\. Dezember 2026\.", r"letzte"),
    ("quote_expiring", "fr", r"Q-2026-118 sont valables jusqu'au jeudi 31 décembre 2026\.", r"dernière"),
    ("quote_expiring", "pt", r"Q-2026-118 são válidos até quinta-feira, 31 de dezembro de 2026\.", r"última"),
    ("quote_expiring", "ru", r"Q-2026-118 действительны до 31 декабря 2026 г\.", r"последн"),
    ("quote_withdrawn", "en", r"withdraw our quotation Q-2026-118: from today on its prices and terms no longer hold", r"valid until|we will"),
    ("quote_withdrawn", "zh", r"撤回报价单 Q-2026-118， ?自即日起其价格和条款不再有效", r"有效期|我们会"),
    ("quote_withdrawn", "es", r"retirar nuestra oferta Q-2026-118: desde hoy sus precios y condiciones ya no son válidos", r"válidos hasta|haremos"),
    ("quote_withdrawn", "de", r"Angebot Q-2026-118 zurückziehen: Preise und Bedingungen gelten ab heute nicht mehr", r"gelten bis|werden wir"),
    ("quote_withdrawn", "fr", r"retirer notre offre Q-2026-118 : à compter d'aujourd'hui, .* ne sont plus valables", r"jusqu'au|ferons"),
    ("quote_withdrawn", "pt", r"retirar a nossa proposta Q-2026-118: a partir de hoje os seus preços e condições deixam de valer", r"válidos até|faremos"),
    ("quote_withdrawn", "ru", r"отозвать наше предложение Q-2026-118: с сегодняшнего дня .* больше не действуют", r"действительны|подготовим"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "tongue", "says", "never"), FACTS)
def test_facts(name: str, tongue: str, says: str, never: str) -> None:
    for letter in letters(name, tongue):
        flat = " ".join(letter.body.split())
        assert re.search(says, flat), letter.how
        assert not re.search(never, flat), letter.how


@pytest.mark.parametrize(
    ("tongue", "production", "shipment", "order"),
    [
        ("en", r"approved for production\?.*production stops on Mon 30 November", r"approved for shipment\?.*loading stops on Mon 30 November", r"first order|place an order"),
        ("zh", r"批准投产？.*生产将于2026年11月30日", r"批准出货？.*装运将于2026年11月30日", r"首单|下单"),
        ("es", r"aprobada para la producción\?.*producción se detiene el lunes 30", r"aprobada para el embarque\?.*carga se detiene el lunes 30", r"primer pedido"),
    ],
)  # fmt: skip
def test_an_approval_asks_for_itself_and_says_when_work_stops(
    tongue: str, production: str, shipment: str, order: str
) -> None:
    first, second, *_full = letters("pp_sample_approval", tongue)
    for letter, says in ((first, production), (second, shipment)):
        flat = " ".join(letter.body.split())
        assert re.search(says, flat)
        assert not re.search(order, flat), "an approval is not the place to ask for an order"


def test_what_is_likely_is_filled_in() -> None:
    filled = {(asked.name, asked.filled_in(TODAY)) for asked in SHIPPED.info("quote_cover", "de").questions}
    assert filled == {("quotation", ""), ("valid_until", "2026-12-23"), ("answers", "")}
    needed = SHIPPED.info("complaint_received", "zh").filled_in(TODAY, {"needed", "order"})
    assert needed == {"needed": "photos, marks, quantity"}
    for name, tongue in ALL:
        info = SHIPPED.info(name, tongue)
        likely = info.filled_in(TODAY, info.required)
        assert SHIPPED.render(name, tongue, answered(info, full=False) | likely | PROGRAM).body
