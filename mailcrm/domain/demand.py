"""Whether a mail wants something, what it says first, and in which language.

Room: domain. In: the newest part of a mail (no quotes, no signature). Out: a judgement with its safe side: a mail "looks
finished" (trade.md) only where every sentence thanks, notes or greets and nothing in it asks; all else asks. Linear time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from math import lcm

from mailcrm.domain.finished_words import (
    BESIDE,
    BESIDE_JOINED,
    OBJECTS,
    OBJECTS_JOINED,
    PATIENCE,
    SETTLED,
    SETTLED_JOINED,
)
from mailcrm.domain.language_words import LETTERS, STOP_WORDS
from mailcrm.domain.phrases import fold

__all__ = ["asks", "closes", "gist", "greets", "in_sentences", "is_patient", "language"]

_FINISHED_LENGTH = 400
_ROOM_FOR_ONE = 4  # in so many words of thanks one that isn't known is what they are for
_WISH, _NAME = 8, 16
_READ, _GIST = 4_000, 120
_SALUTATION, _OPENERS, _UNWRAPPED = (
    3,
    3,
    50,
)  # words of a salutation; lines that may open a mail; letters of a line that isn't wrapped
_TOP = 1  # a second line may still be part of the salutation: "Dear Lin," / "Dear all,"

_QUESTION = re.compile(r"[?？؟⸮;\u037e՞]|\d|[０-９٠-٩۰-۹]|[\u4e00-\u9fff](?:吗|呢|嗎)")  # noqa: RUF100
_REQUEST = re.compile(
    r"(?i)\b(?:please|pls|plz|(?<!you )kindly|remind\w*|claim\w*|refund\w*|broken|damaged|defective|unacceptable|could|can|would|should|must|need|needs|want|wish|send|confirm|advise|revert with|let me|let us"
    r"|for (?:quoting|advising|confirming|providing|offering)|sending (?:us|me) (?:your|the|an?) (?:\w+ )?(?:price\w*|offer|quot\w+|proforma|pi|invoice|draft|catalog\w*)|zusendung|übersendung|inviar\w+|inform|(?<!the )(?<!your )(?<!this )(?<!quick )update|when|how|what|why|which|who|where|urgent(?:ly)?|asap|waiting|await|in advance|require|request|interested|forward to"
    r"|but|however|not|still|yet|only|problem|wrong|missing|late|delay(?:ed)?|cancel|instead|\w{2,9}n['’]t|complain\w*"
    r"|por favor|podr[íi]a\w*|puede\w*|pueden|necesit\w+|quier\w+|quisier\w+|env[íi]e\w*|enviar\w*|confirm[ae]\w*|cu[áa]nd?o|cu[áa]nto|pero|falta|urgente|espero su|esperamos|no"
    r"|bitten?|erbitten|interess\w+|k[öo]nnen|k[öo]nnten|brauche\w*|ben[öo]tig\w+|m[öo]chte\w*|schicken|senden|best[äa]tigen|wann|aber|nicht|kein\w*|dringend|fehlt|leider"
    r"|s['’]il|veuillez|pouvez|pourriez|besoin|souhait\w+|voudr\w+|envoye[rz]|confirmer|quand|combien|mais|pas|urgent|manque"
    r"|poderia\w*|pode|podem|preciso|precisamos|queremos|gostar\w+|envie\w*|quando|quanto|mas|n[ãa]o|aguard\w+"
    r"|per favore|potrebbe|potete|pu[òo]|bisogno|vorre\w+|invi(?:i|are|ate)|confermare|ma|non|urgenza|attend\w+"
    r"|l[üu]tfen|gerek\w*|istiyor\w*|g[öo]nder\w*|ne zaman|ka[çc]|ama|de[ğg]il|acil\w*|bekli\w+"
    r"|пожалуйста|просим|прошу|нужн\w+|можете|могли|хотел\w*|хотим|пришлите|отправьте|подтвердите|когда|сколько|но|не|нет|срочно|жд[уеё]\w*)\b"
    r"|请|請|麻[烦煩](?![您你]们?了)|能否|可否|是否|什么|何时|怎么|多少|几个|需要|希望|发给|寄|尽快|但|不|没|未|缺|等待|等你|等您|确认一下"
    r"|\b(?:من فضلك|الرجاء|يرجى|نرجو|أرجو|نحتاج|أحتاج|نريد|أريد|متى|كم|لكن|ليس|عاجل|إرسال|ارسال|هل)\b"
    r"|ください|下さい|いただけ|(?<!よろしく)(?<!宜しく)お願い|でしょうか|ますか|いつ|必要|至急|しかし|ません"
    r"|부탁|주세요|주십시오|바랍니다|필요|언제|얼마|하지만|않|급"
)
_CLAUSE = re.compile(r"[.!,;:\n。！，；：、،؛…()·•~～/|]+|(?<!\w)-|-(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_WHAT_FOR = r"(?: [\w'’]+){1,6}\W*"
_THANKS_FOR = re.compile(
    rf"\W*(?:(?:ok|okay|many|great|perfect|super|noted|hi|hello|dear|and|well|\w{{2,12}}) ){{0,3}}(?:(?:thank\w*|thx|tks|thnx|cheers|appreciat\w+)(?: \w+){{0,4}}? for|(?:dank\w*|bedankt)(?: \w+){{0,2}} (?:fur|voor)|merci(?: \w+){{0,2}} (?:pour|de vo\w+|d'avoir)"
    rf"|gracias(?: \w+){{0,2}} por|(?:obrigad\w+|grat[oa])(?: \w+){{0,2}} (?:por|pel\w+)|grazie(?: \w+){{0,2}} (?:per|del\w*|di)|(?:спасибо|благодар\w+)(?: \w+){{0,2}} за|dziek\w+(?: \w+){{0,2}} za|شكرا(?: \w+)? على){_WHAT_FOR}"
    r"|\W*(?:[\w']+ ){1,5}icin (?:cok )?tesekkur\w*(?: eder\w*)?\W*"
)  # whatever one thanks for, in a few words
_STATES = re.compile(
    r"\b(?:they|is|are|was|were|had|seems?|looks?|ist|sind|war|waren|est|sont|esta|estan|son|sono|sao|zijn|sa|jest)\b"
)  # whoever only thanks says of nothing what it is
_ARABIC_PREFIX = re.compile("^و?ال")  # and, the: written as one with the word
_CAPITAL = re.compile(r"[A-ZÀ-ÞА-Я]")
_JOINED_SETTLED = re.compile(SETTLED_JOINED)
_JOINED_BESIDE = re.compile(f"{SETTLED_JOINED}|{BESIDE_JOINED}")
_JOINED_OBJECTS = re.compile(f"{SETTLED_JOINED}|{OBJECTS_JOINED}|{BESIDE_JOINED}")
_GREETING = re.compile(
    r"(?i)\W{0,3}(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|to whom it may concern|attn"
    r"|hola|buen(?:os|as) (?:d[íi]as|tardes|noches)|estimad[oa]s?|apreciad[oa]s?|hallo|guten (?:tag|morgen|abend)|sehr geehrte\w?|liebe[rs]?|moin"
    r"|bonjour|bonsoir|ch(?:er|ère)s?|madame|monsieur|ol[áa]|bom dia|boa (?:tarde|noite)|prezad[oa]s?|car[oaie]|caro|gentil[ei]|egregi\w|buongiorno|buonasera|salve|ciao"
    r"|merhaba\w*|say[ıi]n|selam|iyi g[üu]nler|здравствуйте|добрый (?:день|вечер)|доброе утро|уважаем\w+|привет)\b"
    r"|尊敬的|亲爱的|您好|你好|早上好|下午好|السلام عليكم|مرحبا|عزيزي|السيد|السادة|お世話になって|いつもお世話|拝啓|안녕하세요)"
    r"(?:[^\n,.!?:;，！？。؟]|(?<=mr|ms|dr|sr)\.|(?<=mrs|sra)\.|, (?=(?:mr|ms|mrs|dr)\b)){0,60}[,.!:;，！：、،。\s]{0,4}"
)
_OPENER = re.compile(
    r"(?i)\W{0,3}(?:(?:thanks?|thank you|many thanks|thx|tks)\b(?: \w+){0,3}? (?:for|to)\b|(?:i |we )?(?:hope|trust|wish)\w* (?:you|u\b|this|that|all|everything|ur|your)|(?:warm(?:est)? |best |kind |season'?s )?greetings\b|nice to meet|pleasure to|happy new year|merry christmas|eid mubarak|(?:as)?salam\w*|long time no|sorry for (?:the |my )?(?:late|delay)|how are you|trust (?:you|this)|good (?:day|morning|afternoon|evening)\W*$|this is \w+(?: \w+){0,3} (?:from|of|at)\b|my name is"
    r"|(?:muchas )?gracias por|(?:le|les|te) agradec|espero que|(?:vielen |herzlichen |besten )?dank f[üu]r|danke f[üu]r|ich hoffe|merci (?:beaucoup )?(?:pour|de)|(?:je|nous) vous remerci|j['’]esp[èe]re"
    r"|(?:muito )?obrigad[oa] (?:pel|por)|agrade[çc]\w+ (?:o|a|seu|sua|pel)|tudo bem|come va|come sta|como est[áa]|¿c[óo]mo est[áa]|comment allez|wie geht|nas[ıi]ls[ıi]n[ıi]z|как (?:ваши )?дела|un gusto|un placer|mucho gusto|buen (?:d[íi]a|inicio)|espero\b|spero\b|umar[ıi]m|ik hoop|we hopen|alles goed|hoe gaat|co s[łl]ycha[ćc]|jak si[ęe] (?:pan|masz)|je vous souhaite|ich wünsche|alles gute|uit naam van|рад[ыа]? (?:вас )?приветствовать|well received\W*$|bedankt voor|dank (?:u|je) (?:wel )?voor|hartelijk dank|dzi[ęe]kuj\w+ za|mam nadziej|(?:le|vi|la) ringrazi|ringrazi\w+ (?:per|della)|desidero ringraziar|gracias de antemano por su r|[\w'’]{2,20}(?: [\w'’]{2,20}){0,3} i[çc]in (?:[çc]ok )?te[şs]ekk[üu]r|espero que|grazie (?:mille )?(?:per|della|del)|spero che|e-?postan[ıi]z i[çc]in|te[şs]ekk[üu]r|спасибо за|благодар\w+ (?:вас )?за|надеюсь)"
    r"|感谢您?的|谢谢您?的|感谢|谢谢|(?:\S{1,20}の)?[^\s\dはがをも]{1,10}(?:です|でございます|と申します)。$|お疲れ様|ご無沙汰|[가-힣() ]{2,24}(?:입니다|이라고 합니다)\.$|잘 지내|오랜만|好久不见|最近(?:怎么样|好吗|忙吗)|(?:不好意思)?打扰|在吗|在不在|收到您的(?:来信|邮件)|كيف (?:حال|الحال)|آمل|نتمنى|تحية طيبة|تحياتي|はじめまして|안녕하세요|안녕하십니까|شكرا (?:ل|على)|أتمنى|お世話になって|いつも|ご連絡ありがとう|メールありがとう|메일 감사|연락 감사"
)
_NAMED = re.compile(
    r"(?:尊敬的|亲爱的|敬爱的|致)?[\w·• ]{1,16}?(?:经理|經理|总监|总裁|先生|女士|小姐|老师|部长|主任|(?<=^\w)总|様|さま|さん|殿|御中|님|씨)"
    r"[,，、:： ]{0,2}(?:您好|你好|早上好|上午好|下午好|晚上好|안녕하세요|안녕하십니까)?[,.!:;，！：、。]{0,2}"
    r"|[小老阿][\u4e00-\u9fff]{1,2}(?:[您你]好)?[,，:：!！、。]"
    r"|(?:[A-ZÀ-ÞА-Я][\w'.-]{0,20}[ /&]{0,3}){1,4}[,!，]"
    r"|(?i:(?:szanown\w+|beste|geachte|geehrte\w*|messieurs|mesdames|sirs?|madam|sr\.?|sra\.?|stimat\w+|vážen\w+|tisztelt|kära|hej|dzie[ńn] dobry|witam|cze[śs][ćc]|goede(?:n|morgen|middag|dag)\w*)\b[^\n?？\d]{0,50}[,.!:]?)"
    r"|(?i:(?:здравствуйте|добрый день|доброе утро|уважаем\w+|gentil\w+|egregi\w+|spett\.?\w*|prezad\w+|estimad\w+|bom dia|boa tarde|ol[áa]|buongiorno|buonasera|salve|madame|monsieur|ch[eè]re?s?|bonjour|merhaba|say[ıi]n|dear|hi|hello)\b[^\n?？\d]{0,50}[,!:，！：])"
    r"|(?:السيد|السيدة|الأستاذ|الأستاذة|الاستاذ|السادة|الأخ|الأخت|عزيزي|عزيزتي|حضرة|تحية|مرحبا|السلام عليكم)[^\n؟?]{0,50}"
)
_CLOSER = re.compile(
    r"(?i)\W{0,3}(?:(?:best|kind|warm|with (?:best|kind)|many)? ?regards|sincerely(?: yours)?|yours (?:sincerely|faithfully)|cheers|br|rgds|saludos(?: cordiales)?|atentamente|mit freundlichen gr[üu](?:ß|ss)en|viele gr[üu](?:ß|ss)e|cordialement|cordiali saluti|distinti saluti|atenciosamente|с уважением|sayg[ıi]lar[ıi]m(?:la|[ıi]zla)|祝好|顺祝商祺|此致|敬具|よろしくお願い(?:いた|致)?します|감사합니다|مع (?:أطيب )?التحية?ات?|met vriendelijke groet\w*|pozdrawiam)[\s,.!。，]{0,4}"
)
_NUMBERING = re.compile(r"[(（]?\d{1,2}[.)）、]?")
_SENTENCE_END = re.compile(r"[.!?؟。！？](?:(?<![。！？])[\"'”’)]{0,2}\s+|(?<=[。！？]))")
_INLINE = re.compile(
    r"((?:Hi|Hello|Dear|Hallo|Hola|Bonjour|Hey|Buongiorno|Bom dia|Olá|Merhaba|Добрый день|Здравствуйте|Guten Tag|Gentile|Estimad[oa])\b"
    r"(?:[^,.!:?\d]|(?<=\b[MDS][rs])\.|(?<=\bMrs)\.|(?<=\bSra)\.|(?<=\bSig)\.){0,40}[,!:])\s+(?=\S)"
)
_SHORT_FORM = re.compile(
    r"(?i)(?:^|[\s(])(?:mr|mrs|ms|dr|no|nr|art|approx|ca|pcs|co|ltd|inc|st|vs|e\.g|i\.e|z\.b|bzw|sr|sra|sig|sig\.ra|spett|p|[a-z])\.$"
)
_SHORT = 12
_GAP = re.compile(r"\n[ \t]*\n")
_DIGIT = re.compile(r"\d")
_WORD_OR_NUMBER = re.compile(r"[^\W_]")


def _split(words: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the whole words and the stems ("thank*") of a list, folded."""
    folded = fold(words).split()
    return frozenset(word for word in folded if word[-1] != "*"), tuple(
        {word[:-1] for word in folded if word[-1] == "*"}
    )


_VOCABULARY = {"settled": _split(SETTLED), "beside": _split(BESIDE), "object": _split(OBJECTS)}
_PATIENCE = re.compile(
    rf"\s*(?:(?:ok|okay|thanks|thank you|noted|gracias|danke|merci|obrigad[oa]|grazie|спасибо|tesekkurler|tamam|bedankt|dzieki)\s+)?(?:and |y |und |et |e |и )?(?:{PATIENCE})\W*"
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")


def asks(text: str) -> bool:
    """Return whether `text` holds a demand; True wherever there is room for doubt, and for an empty text too.

    It holds none where each clause consists of words that thank, note or greet: what isn't known may be a demand.
    """
    text = text.strip()
    if not text or len(text) > _FINISHED_LENGTH or _QUESTION.search(text):
        return True
    settled = False
    for clause in filter(_WORD.search, _CLAUSE.split(text)):
        judged = _judged(clause)
        if judged is _Clause.OPEN:
            return True
        settled = settled or judged is _Clause.SETTLED
    return not settled or bool(_REQUEST.search(text))  # the dearest look last: hardly a mail comes so far


def is_patient(text: str) -> bool:
    """Return whether `text` only says that its writer waits ("ok, waiting"): a demand by itself, none after our holding reply."""
    text = text.strip()
    if len(text) > _FINISHED_LENGTH or _QUESTION.search(text):
        return False
    clauses = [clause for clause in _CLAUSE.split(text) if _WORD.search(clause)]
    rest = [clause for clause in clauses if not _PATIENCE.fullmatch(fold(clause))]
    return len(rest) < len(clauses) and all(
        _judged(clause) is not _Clause.OPEN and not _REQUEST.search(clause) for clause in rest
    )


class _Clause(Enum):
    SETTLED, BESIDE, OPEN = range(3)


def _judged(clause: str) -> _Clause:
    """Whether a clause thanks or notes, only stands beside one that does (a name, a wish), or may say anything."""
    if _CJK.search(clause):
        return _judged_joined(clause)
    folded = fold(clause)
    if _THANKS_FOR.fullmatch(folded) and not _STATES.search(folded):
        return _Clause.SETTLED
    words = _WORD.findall(clause)
    kinds: set[str | None] = set()
    unknown = 0
    for word in words:
        kind = _kind(word)
        kinds.add(kind)
        unknown += kind is None
        if unknown > 1:
            return _Clause.OPEN
    if "settled" in kinds:
        room = len(words) >= _ROOM_FOR_ONE and not _STATES.search(folded)
        return _Clause.SETTLED if unknown <= room else _Clause.OPEN
    return _Clause.OPEN if unknown or "object" in kinds or len(words) > _WISH else _Clause.BESIDE


def _judged_joined(clause: str) -> _Clause:
    settled = _JOINED_SETTLED.search(clause)
    rest = (_JOINED_OBJECTS if settled else _JOINED_BESIDE).sub("", clause)
    unknown = [word for word in _WORD.findall(rest) if _kind(word) is None]
    if unknown:
        return _Clause.OPEN
    return _Clause.SETTLED if settled else _Clause.BESIDE


def _kind(word: str) -> str | None:
    """Return what a word is in a mail that looks finished; a capital letter makes a name of an unknown one."""
    folded = word.lower() if word.isascii() else fold(word)
    for form in (folded,) if folded.isascii() else dict.fromkeys((folded, _ARABIC_PREFIX.sub("", folded))):
        for name, (words, stems) in _VOCABULARY.items():
            if form in words or form.startswith(stems):
                return name
    return "name" if _CAPITAL.match(word) and len(word) <= _NAME else None


def gist(text: str) -> str:
    """Return the first meaningful sentence, at most 120 characters: greetings and thanks are passed over where more follows."""
    first = said = meant = ""
    for number, sentence in enumerate(_sentences(text[:_READ])):
        first = first or sentence
        if greets(sentence, number) or _NUMBERING.fullmatch(sentence):
            continue
        said = said or sentence
        if not _opens(sentence) and not closes(sentence):
            meant = sentence
            break
    best = meant or said or first
    if len(best) <= _GIST:
        return best
    cut = best[: _GIST - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > _GIST // 2 else cut).rstrip(" ,;:-") + "…"


def greets(line: str, number: int) -> bool:
    """Whether line `number` of a mail (from 0) is but a salutation; one by a name alone stands at the top."""
    return bool(_GREETING.fullmatch(line) or (number <= _TOP and _NAMED.fullmatch(line)))


def closes(line: str) -> bool:
    """Whether a line is but the words before a name at the end."""
    return bool(_CLOSER.fullmatch(line))


def _sentences(text: str) -> Iterator[str]:
    seen = 0
    for paragraph in _paragraphs(text):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        while lines and _stands_alone(lines, seen):
            seen += 1
            yield lines.pop(0)
        seen += len(lines)
        yield from (one for one in in_sentences(_joined(lines)) if _WORD_OR_NUMBER.search(one))


def _paragraphs(text: str) -> Iterator[str]:
    start = 0
    for gap in _GAP.finditer(text):
        yield text[start : gap.start()]
        start = gap.end()
    yield text[start:]


def _stands_alone(lines: list[str], seen: int) -> bool:
    """Whether the first line is a salutation or an opener of its own: one that isn't wrapped into the next."""
    line = lines[0]
    if greets(line, seen) and (len(lines) == 1 or line[-1] in ",!.:;，！：、،様" or len(line.split()) <= _SALUTATION):
        return True
    unwrapped = len(lines) > 1 and len(line) < _UNWRAPPED and not _SENTENCE_END.search(line)
    return unwrapped and seen <= _OPENERS and _opens(line)


def _opens(sentence: str) -> bool:
    """Whether a sentence says hello or thanks before the mail comes to its point."""
    return (
        bool(_OPENER.match(sentence))
        or not asks(sentence)
        or (not _DIGIT.search(sentence) and _judged(sentence) is not _Clause.OPEN)
    )


def _joined(lines: list[str]) -> str:
    text = " ".join(lines)
    if text.isascii():
        return " ".join(text.split())
    text = ""
    for line in lines:
        glue = "" if text and _CJK.match(text[-1]) and _CJK.match(line) else " "
        text = f"{text}{glue}{line}" if text else line
    return " ".join(text.split())


def in_sentences(paragraph: str) -> Iterator[str]:
    """Yield the sentences of a paragraph whose lines are joined; a greeting at its start is one of its own."""
    sentence, start = "", 0
    for end in _SENTENCE_END.finditer(paragraph):
        sentence += paragraph[start : end.start() + 1]
        start = end.end()
        if _SHORT_FORM.search(sentence[-_SHORT:]):
            sentence += " "
        else:
            yield from _greeting_and_rest(sentence)
            sentence = ""
    yield from _greeting_and_rest(sentence + paragraph[start:])


def _greeting_and_rest(sentence: str) -> Iterator[str]:
    greeting = _INLINE.match(sentence)
    pieces = (greeting[1], sentence[greeting.end() :]) if greeting else (sentence,)
    yield from filter(None, map(str.strip, pieces))


_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30fa]+")),
    ("ko", re.compile(r"[\uac00-\ud7a3]+")),
    ("zh", re.compile(r"[\u3400-\u9fff]+")),
    ("ru", re.compile(r"[\u0400-\u04ff]+")),
    ("ar", re.compile(r"[\u0600-\u06ff]+")),
    ("he", re.compile(r"[\u0590-\u05ff]+")),
    ("el", re.compile(r"[\u0370-\u03ff]+")),
    ("th", re.compile(r"[\u0e00-\u0e7f]+")),
    ("hi", re.compile(r"[\u0900-\u097f]+")),
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_LETTER = re.compile(r"[^\W\d_]")
_WHOLE = lcm(*range(1, len(STOP_WORDS) + 1))  # a word, so that each of the languages that have it gets a whole share


def _languages() -> dict[bytes, str]:
    """Return stop word, as octets of UTF-8 → the languages that have it: "de", or "de nl"."""
    known: dict[bytes, str] = {}
    for code, words in STOP_WORDS.items():
        for word in words.encode().split():
            known[word] = f"{known[word]} {code}" if word in known else code
    return known


_BY_STOP_WORD = _languages()
_BY_LETTER = {letter: code for code, letters in LETTERS.items() for letter in letters}
_SMALL_LETTERS = bytes(ord(chr(octet).lower()) if chr(octet).isalpha() else ord(" ") for octet in range(128)) + bytes(
    range(128, 256)
)  # of UTF-8
_NOT_ASCII = re.compile("[^\0-\x7f]")
_FOREIGN = re.compile("[\u0370-\ud7ff]+")
_SAMPLE = 1_500


def language(text: str) -> str:
    """Return the ISO 639-1 code of the language that `text` is mostly written in; "" where that isn't clear."""
    sample = text[:_SAMPLE]
    foreign, latin = _foreign(sample), 0
    for code, script in _SCRIPTS if foreign else ():
        count = _letters(script, foreign)
        if count <= 1:
            continue
        latin = latin or _letters(_LATIN, sample)
        # A Chinese or Japanese letter is a word or half a one: a few of them outweigh many Latin letters.
        if count * (3 if code in ("ja", "ko", "zh") else 1) > latin:
            return _refined(code, sample)
    return _by_stop_words(sample)


def _foreign(sample: str) -> str:
    """Return the letters that aren't Latin, and what stands between them."""
    try:
        sample.encode("latin-1")  # most mail is: this costs next to nothing
    except UnicodeEncodeError:
        return "".join(_FOREIGN.findall(sample))
    return ""


def _letters(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


def _refined(code: str, sample: str) -> str:
    if code == "ru" and re.search(r"[іїєґІЇЄҐ]", sample):
        return "uk"
    if code == "ar" and len(re.findall(r"[پچژگکی]", sample)) * 20 > len(sample) // 5:
        return "fa"
    return code


def _by_stop_words(sample: str) -> str:
    """Return the language that most stop words are of; one that several have is shared among them."""
    counts: dict[str, int] = {}
    signs = set() if sample.isascii() else set(_NOT_ASCII.findall(sample))
    for letter in {sign.lower() for sign in signs} & _BY_LETTER.keys():
        counts[_BY_LETTER[letter]] = counts.get(_BY_LETTER[letter], 0) + _WHOLE
    for sign in signs:
        small = "".join(letter if _LETTER.match(letter) else " " for letter in sign.lower())
        if small != sign:
            sample = sample.replace(sign, small)
    words = sample.encode().translate(_SMALL_LETTERS).split()
    for codes, times in Counter(filter(None, map(_BY_STOP_WORD.get, words))).items():
        several = codes.split()
        share = times * (_WHOLE // len(several))
        for code in several:
            counts[code] = counts.get(code, 0) + share
    most = max(counts.values(), default=0)
    first, *others = (code for code, count in counts.items() if count == most) if most >= _WHOLE else ("",)
    return "" if others else first
