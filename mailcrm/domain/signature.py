"""Where the signature of a mail begins: the dashes, a device's line, a sign-off with a name below, a disclaimer.

Room: domain. In: the lines that their writer wrote. Out: the place of the cut. It is for view and for hints only, so in doubt
nothing is cut: a sign-off counts only if few short lines stand below it that ask nothing, a disclaimer only if it says of
itself what it is, in two ways. Linear time: every pattern sees a bounded piece.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailcrm.domain.patterns import lazy_pattern

__all__ = ["is_device_line", "signature_start"]

_LINE = 400
_SIGNATURE = lazy_pattern(r"\s{0,3}(?:--|—|––|__)[ \xa0]?\s{0,9}")
_DASHES_WIDTH = 15
_DEVICE = lazy_pattern(
    r"(?i)\W{0,3}(?:(?:sent|get) (?:from|with|by|via|using) (?:my |the )?\S|get outlook for\b|sent with \S|von meinem \S{1,30} gesendet|gesendet (?:von|mit|über) \S"
    r"|enviado (?:desde|de|do|con|através) \S|envoyé (?:de|depuis|à partir|avec) \S|inviato (?:da|dal) \S|отправлено (?:с|из) \S|(?:verzonden|verstuurd) (?:vanaf|met|vanuit) \S|lähetetty \S|надіслано з \S|στάλθηκε από \S|dikirim dari \S|đã gửi từ \S|elküldve|küldve az \S|(?:أُ?رسلت?|تم الإرسال|مُ?رسل) من \S"
    r"|skickat från \S|sendt fra \S|wysłan[eo] z \S|odesláno z \S|iphone'umdan gönderildi|发自我的|发送自|來自我的|从我的|傳送自|iPhoneから送信|나의 \S+에서 보냄|trimis de pe)"
    r".{0,80}"
)
_CLOSE = (
    r"(?:(?:with )?(?:best|kind|warm|warmest|kindest|many|sincere|my best|b\.?|k\.?)\s{0,2}(?:regards?|wishes|rgds|greetings)|regards?|rgds|b\.?r\.?|sincerely(?: yours)?"
    r"|yours (?:sincerely|faithfully|truly)|best|cheers|mit (?:freundlichen|besten|herzlichen|lieben) grü(?:ß|ss)en|freundliche grü(?:ß|ss)e|(?:viele|beste|liebe|schöne) grü(?:ß|ss)e|mfg|lg"
    r"|(?:un )?(?:cordial |fuerte |afectuoso )?(?:saludos?|abrazo)(?: cordiales| cordial| atentos)?|att(?:e|\.te)?\.?|cordialità|terveisin|ystävällisin terveisin|üdvözlettel|trân trọng|hormat kami|salam|mvh|(?:vänliga |bästa )?hälsningar|hochachtungsvoll|herzliche grüße|gruß|z wyrazami szacunku|مع (?:خالص|فائق) (?:التحية|التحيات|الاحترام|التقدير)|تحياتي|(?:muy )?atentamente|cordialmente|cordiali saluti|distinti saluti|saluti|(?:bien |très )?cordialement|(?:bien )?à vous|salutations(?: distinguées)?"
    r"|atenciosamente|cumprimentos|com os melhores cumprimentos|abraços|с уважением|с наилучшими пожеланиями|met vriendelijke groet(?:en)?|groet(?:en)?|med vänlig(?:a)? hälsning(?:ar)?"
    r"|med venlig hilsen|vennlig hilsen|z poważaniem|pozdrawiam|s pozdravem|saygılarımla|iyi çalışmalar|cu stimă|με εκτίμηση|مع أطيب التحيات|مع تحياتي|此致(?:敬礼)?|(?:顺)?祝商祺|祝(?:您|你|大家)?(?:工作顺利|生意兴隆|生活愉快|一切顺利)|顺颂商祺|祝好|敬上|(?:以上[、。]?(?:です[。]?)?)?(?:どうぞ|何卒)?[、]?(?:よろしく|宜しく)(?:お願い(?:いた|致)?します|お願い申し上げます)|以上|敬具|감사합니다)"
)
_CLOSING_LINES, _CLOSING_WIDTH = 14, 90
_NAME = r"[,，]?\s{1,3}(?-i:(?:[A-ZÀ-ÞА-Я][\w.'’-]{0,20}[ ]?){1,3})"
_CLOSING = lazy_pattern(
    rf"(?i)\W{{0,3}}(?:(?:thanks|thank you|many thanks|danke|vielen dank|gracias|merci|obrigad[oa]|grazie|спасибо)\W{{1,4}}(?:(?:and|und|y|et|e|и)\s)?)?"
    rf"{_CLOSE}(?:\W{{1,4}}{_CLOSE})?(?:{_NAME})?\W{{0,4}}"
)
_OPENS = lazy_pattern(
    r"(?i)\W{0,6}(?:disclaimer|confidential|legal|privacy|important notice|notice|this (?:e-?mail|message|mail|communication|transmission|electronic)|the (?:information|content)|any (?:use|views)|if you (?:are not|have received)"
    r"|diese[rs]?\b|der inhalt|die information|vertraulich|ce (?:message|courriel|mail)|cet? e-?mail|les informations|avis|este (?:mensaje|correo|e-?mail)|esta (?:mensagem|comunica)|la informaci|as informa|aviso|nota\b|questo|questa|le informazioni|avviso"
    r"|настоящ|данн|это (?:сообщение|письмо)|информация|bu (?:e-?posta|mesaj|ileti)|dit (?:bericht|e-?mail)|deze|de informatie|niniejsz|ta wiadomo|treść|(?:本|此|该)(?:电子)?(?:邮件|郵件|信息)|保密|このメール|本メール|本メッセージ|이 (?:메일|이메일|전자우편)|본 (?:메일|이메일))"
)
_SAYS = tuple(
    lazy_pattern(rf"(?i){words}")
    for words in (
        r"confidenti|privileged|vertraulich|confidenc|riservat|конфиденц|保密|机密|機密|gizli|vertrouwelijk|poufn|기밀|秘密",
        r"intended|addressee|recipient|adressat|empfänger|destinat|получател|адресат|收件人|alıcı|geadresseerd|ontvanger|adresat|宛先|수신인",
        r"delet|destroy|notify|inform the sender|tell the sender|lösch|informier|supprim|détrui|borr|elimin|exclu|apag|удал|сообщите|删除|刪除|通知|silin|verwijder|usun|削除|삭제",
        r"liab|haft|responsab|ответственност|sorumlu|aansprakelijk|odpowiedzial|virus|unauthori[sz]ed|unbefugt|strictly prohibited|forbidden|interdit|prohibid|vietat",
    )
)
# A first look, since nearly every line is none of this: the first three letters of all that the patterns above begin with,
# the first one where they aren't all English.
_FIRST, _LETTERS = lazy_pattern(r"\W{0,6}(\w{1,3})"), 3
_SIGN_OFF_LETTERS = (
    "sen get von ges env inv ver dik elk ski wys ode iph tri о l н σ đ k أ ر ت م 发 來 从 傳 나"  # devices
    " tha man dan vie gra mer obr wit bes kin war sin my b br bre brg bgr bwi kre krg kgr kwi reg rgd you che mit fre lie sch"
    " mfg lg un cor fue afe sal abr att ter yst hor mvh hoc her gru z muy ate dis bie com cum met gro med ven poz s say iyi cu"
    " с ü t v h à μ i ı 此 顺 祝 敬 以 ど 何 よ 宜 감"
)
_SIGNING_OFF = frozenset(_SIGN_OFF_LETTERS.split())
_DISCLAIMER_LETTERS = (
    "dis con leg pri imp not thi the any if die der ver ce cet les avi est la as avv que le bu dit dez de nin ta tre"
    " н д э и 本 此 该 保 こ 이 본"
)
_DISCLAIMING = frozenset(_DISCLAIMER_LETTERS.split())
_ASKS = lazy_pattern(r"(?m)[?？؟;][^\S\n]{0,3}$")
_DISCLAIMS, _DISCLAIMER_LINES, _DISCLAIMER, _TRIES = 2, 12, 1_200, 200


def is_device_line(line: str) -> bool:
    """Whether a line is what a telephone or a program writes of itself: "Sent from my …"."""
    return bool(_DEVICE.fullmatch(line))


def signature_start(run: Sequence[str], *, below: bool) -> int:
    """Return where the signature of a run of own lines begins (its length where there is none); `below`: words stand above.

    A line without words is "".
    """
    end = _disclaimer_start(run)
    own = run[:end]
    something = below
    for number, line in enumerate(own):
        if 0 < len(line) <= _CLOSING_WIDTH:
            if len(line) <= _DASHES_WIDTH and not line[0].isalnum() and _SIGNATURE.fullmatch(line):
                return number
            if something and _begins_with(line, _SIGNING_OFF) and _signs_off(own, number):
                return number
        something = something or line != ""
    return end


def _begins_with(line: str, beginnings: frozenset[str]) -> bool:
    """Whether a line's first letters are among `beginnings`."""
    letters = line[:_LETTERS].lower()
    if not letters.isalpha():
        found = _FIRST.match(line)
        letters = found[1].lower() if found else ""
    return (letters if letters.isascii() else letters[0]) in beginnings


def _signs_off(run: Sequence[str], number: int) -> bool:
    line = run[number]
    return bool(_DEVICE.fullmatch(line)) or (bool(_CLOSING.fullmatch(line)) and _only_a_name_follows(run, number))


def _disclaimer_start(run: Sequence[str]) -> int:
    """Return where a disclaimer ends what was written: a paragraph that opens like one and says two things that they say."""
    tries = _TRIES
    paragraphs = [
        number for number, (above, line) in enumerate(zip(("", *run), run, strict=False)) if line and not above
    ]
    for number in paragraphs:
        if not _begins_with(run[number], _DISCLAIMING) or not _OPENS.match(run[number][:_LINE]):
            continue
        if tries <= 0:
            break
        tries -= 1
        text = " ".join(rest[:_DISCLAIMER] for rest in run[number : number + _DISCLAIMER_LINES])[:_DISCLAIMER]
        asks = any(re.search(r"[?？؟]\s{0,3}$", rest[-_LINE:]) for rest in run[number : number + 4 * _DISCLAIMER_LINES])
        if sum(bool(says.search(text)) for says in _SAYS) >= _DISCLAIMS and not asks:
            return number
    return len(run)


def _only_a_name_follows(run: Sequence[str], number: int) -> bool:
    """Whether a sign-off is safe to cut: few short lines below it, none of which asks."""
    below = list(filter(None, run[number + 1 : number + 4 * _CLOSING_LINES]))
    if len(run) - number > 4 * _CLOSING_LINES or len(below) > _CLOSING_LINES:
        return False
    return max(map(len, below), default=0) <= _CLOSING_WIDTH and not _ASKS.search("\n".join(below))
