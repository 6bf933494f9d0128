"""Absences as automatic replies tell them: that somebody is away, and when she is back.

Room: domain. In: the text of a mail and the day it was written. Out: whether it reads like an out-of-office note without any
header, with the words that told it, and the day of return. A note says that its writer is away *and* what that means for the
reader (no access, a deputy, an answer later); a person who only mentions a holiday says the first, or asks for something:
"please send the PI to my colleague" is no note, "please send your request to my colleague" may be one. In doubt it is none.
"""

from __future__ import annotations

from datetime import date

from mailcrm.domain.dates import named_days
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.phrasebook import Phrases
from mailcrm.domain.said import Said

__all__ = ["away_until", "out_of_office"]

_READ, _NOTE = 1_500, 900
_AWAY_WORDS = (
    "(i am|i'm|i will be|i'll be|we are|(our|the) (office|offices|factory|plant|company|shop|warehouse|workshop) (is|are|will be)|office will be) (currently |now |presently |temporarily )?(out of (the |my )?office|away (from|until|on|till)|on (annual |maternity |sick |parental |business )?(leave|vacation|holiday|holidays|travel|trip)|not in the office|absent|closed|travelling|traveling)"
    "; out of office; ich (bin|befinde mich) … (nicht im (büro|haus)|abwesend|außer haus|im urlaub|in elternzeit|im mutterschutz|auf (dienst|geschäfts)reise|nicht erreichbar|unterwegs|wieder (da|im büro|erreichbar)); (unser|das) büro ist … geschlossen; wir haben betriebsferien; bin ich … (nicht im büro|abwesend|im urlaub|nicht erreichbar)"
    "; (estoy|estaré|me encuentro|estamos|estaremos) … (fuera de (la |mi )?oficina|de vacaciones|ausente|fuera de la ciudad); nuestra oficina (está|estará|permanecerá) … cerrada; (je suis|je serai|je suis actuellement|nous sommes) … (absente?|en congés?|en vacances|en déplacement|hors du bureau); nos bureaux (sont|seront) fermés"
    "; (estou|estarei|estamos|encontro-me) … (fora do escritório|de férias|ausente|em férias); (sono|sarò|siamo|saremo) … (fuori (ufficio|sede)|assente|in ferie|in vacanza); i nostri uffici (sono|saranno|resteranno) chiusi"
    "; (я|меня|я буду|сейчас я|в данный момент) … (в отпуске|в командировке|отсутству*|не в офисе|нет в офисе|не будет в офисе); нахожусь (в отпуске|в командировке|вне офиса); (ofis|büro) dışında*; (izindeyim|izinli|yıllık izin|tatildeyim|ofiste değilim|ofiste olmayacağım)\\w*"
    "; ik ben … (niet (op kantoor|aanwezig|bereikbaar)|afwezig|met vakantie|op vakantie|met verlof); (jestem|będę|przebywam) … (nieobecn*|na urlopie|poza biurem)"
    "; (jag är|jag kommer att vara|vi är) … (på semester|ledig|inte på kontoret|bortrest|föräldraledig|på resa); (jeg er|jeg er for tiden) … (på ferie|ikke på kontoret|ikke til stede|bortrejst|fraværende); (olen|olemme) … (lomalla|poissa|matkoilla); (jsem|budu) … (na dovolené|mimo kancelář|nepřítom*|na služební cestě); (szabadságon|házon kívül|irodán kívül) …; nem vagyok az irodában"
    "; (sunt|suntem|voi fi) … (în concediu|plecat*|absent*); (λείπω|απουσιάζω|βρίσκομαι … (εκτός γραφείου|σε άδεια)); (tôi|hiện tôi|mình) … (nghỉ phép|đi công tác|vắng mặt|không có mặt); (saya|kami) … (sedang cuti|di luar kantor|tidak di kantor)"
    "; 我(目前|现在|正在|将|于|从)? …(休假|出差|不在办公室|外出|放假|年假); 本人(目前|现|正在|将)? …(休假|出差|不在办公室|外出|年假|放假); 不在办公室; 我正在(休假|度假|出差); (خارج المكتب|في إجازة|في اجازة|إجازة سنوية); (不在にして|休暇(を|中|で|取)|外出して|出張中|休業); (부재중|휴가 중|휴가중|출장 중|휴가로|자리를 비)"
)
_AWAY = Phrases(_AWAY_WORDS)
_MEANING_WORDS = (
    "(limited|no|without|restricted|little|intermittent) … access; (reply|replied|respond|answer*|get back|come back|attend|read) … (upon|on|after|when|once|as soon as) … (return|back); (urgent|immediate|emergency) … (contact|call|please|write|e-?mail|assist*); in (my|his|her|our) absence; (please|kindly) contact … (my colleague|instead|during|@|in the meantime|for|at); (will be back|back in the office|will return(?! to you| with)|return(ing)? (on|to(?! you))|be back|back on); automatic (reply|response|message|answer); not be (monitored|read|forwarded); (until|till|through|from) … \\d"
    "; (dringend*|eilig*) … (wenden|kontakt*|fällen|angelegenheiten|vertret*); (nicht|wird nicht|werden nicht) … (weitergeleitet|gelesen|bearbeitet); wenden sie sich; vertretung; (nach meiner|meine) rückkehr; (ab|bis) … (wieder|zurück|erreichbar|abwesend)?; automatische (antwort|nachricht); keinen zugriff; zurück"
    "; (urgente|urgencia|urgencias|urgentes|emergência|urgência) … (contact*|escrib*|favor|llam*|ligu*|dirij*|comun*)?; (regreso|regresaré|retorno|retornarei|a mi regreso|no meu retorno|de vuelta|volveré|voltarei|hasta el|até) … ; acceso limitado; acesso limitado; sin acceso; (mi|minha|meu) (compañer|coleg)*; respuesta automática; resposta automática"
    "; (urgence|urgent) … (contact*|adress*|appel*|veuillez)?; (mon|de) retour; (jusqu'au|de retour le) … ; accès limité; réponse automatique; pendant mon absence; (urgenz*|urgent*) … (contatt*|rivolg*|scriv*)?; (rientro|rientrerò|tornerò|al mio ritorno|fino al) … ; accesso limitato; risposta automatica; in mia assenza"
    "; (срочн*) … (обра*|свяж*|звон*|пиш*)?; (вернусь|вернемся|по возвращении|буду в офисе|до|с) … \\d; ограничен* доступ*; автоматическ*; (acil|ivedi) … ; (döneceğim|dönüşümde|tarihinde|tarihine kadar|kadar); (erişimim|sınırlı); otomatik"
    "; (dringend*|spoed*) … ; (terug|tot|afwezigheid|vervang*) … ; (pilnych|pilne|pilnej) … ; (wracam|wrócę|do dnia|zastęp*|po powrocie) … ; (紧急|急事|如有急|若有急|急件); (till|t\\.o\\.m\\.|tillbaka|brådskande|tilbage|presserende|läser inte|begränsad) … ; (kiireellis*|palaan|asti) …; (naléhav*|do|zpět|vrátím|zastup*) … ; (sürgős|visszatér*|vissza) …; (urgențe|urgent|până|revin) …; (επείγον*|μέχρι|επιστρ*) …; (đến ngày|trở lại|gấp|khẩn) …; (sampai|kembali|mendesak) …; (返回|回来|回到|回复您|恢复|期间|至|到) …(办公室|\\d|月|日|回复|后|邮件); 无法(及时)?(回复|查看|处理); 自动回复; (للحالات|العاجلة|عاجل|بعد عودتي|سأعود|حتى|رد تلقائي|زميل); (お急ぎ|緊急|まで|戻り|返信が(遅れ|でき)|出社); (급한|긴급|복귀|까지|돌아|대체)"
)
_MEANING = Phrases(_MEANING_WORDS)
_WANTED_WORDS = (
    "(please|kindly|pls) (reply|answer|respond)(?! (to )?(all|only)); 付款; 打款; 汇款; 下单; 安排(生产|发货|船期); 请先; 寄出; 发货"
    "; (i|we) (urgently |still |also )?need; (brauche|brauchen|benötige|benötigen) (ich|wir); (ich|wir) (brauche|brauchen|benötige|benötigen); necesit(o|amos); (j'ai|nous avons) besoin; precis(o|amos); (ho|abbiamo) bisogno; (мне|нам) нуж*; 我们?需要"
    "; "
    "(please|kindly|pls|can you|could you) … (send|ship|quote|issue|confirm|provide|prepare|arrange|share|forward|pay|advise|let (me|us) know)(?!( \\w+){0,3} (e-?mails?|mails?|messages?|requests?|inquir\\w+|enquir\\w+|queries)(?!\\w))"
    "; (por favor|favor (de)?|le pido|te pido) (env|mand|remit|confirm|cotiz|prepar)\\w*(?!( \\w+){0,3} (correo|e-?mail|mensaje|consulta|solicitud)); (por favor|favor|peço que) (envi|mand|confirm|cot|prepar)\\w*(?!( \\w+){0,3} (e-?mail|mensagem|pedido))"
    "; bitte (schick|send|bestätig|erstell|mach|liefer)\\w*(?!( \\w+){0,3} (e-?mail|mail|nachricht|anfrage)\\w*); (merci de|merci d'|veuillez|prière de) (envoy|confirm|prépar|expédi)\\w*(?!( \\w+){0,3} (e-?mail|courriel|message|demande))"
    "; (per favore|vi prego di|prego) (invi|mand|conferm|prepar)\\w*(?!( \\w+){0,3} (e-?mail|messaggio|richiesta)); (пришлите|вышлите|отправьте|подтвердите|подготовьте)(?!( \\w+){0,3} (письмо|сообщение|запрос)); lütfen (?![^!?\\n]{0,40}(e-?posta|mesaj))[^!?\\n]{0,60}(gönder|onayla|hazırla|teyit)\\w*"
    "; (请|麻烦|烦请)(你|您)?(把|将|尽快)…(发|寄|给); (请|麻烦)(报价|确认|安排); 送ってください; お送りください; 見積もりをお願い; 보내 ?주세요; 보내 ?주시기; (graag|gelieve) … (sturen|bevestigen)(?! e-?mail); proszę (o przesłanie|przesłać|o potwierdzenie)"
)
_WANTED = Phrases(_WANTED_WORDS)
_RETURN_WORDS = "vuelta; volto; volv*; буду; tillbaka; till den; tilbage; zpět; do; đến; vissza; kembali; until; till; til; through; thru; to; back; return*; resume*; re-?open*; bis; zurück; wieder; ab dem; ab; hasta; regres*; vuelv*; volver*; al; jusqu'*; retour; reven*; reprise; au; até; retorn*; volta*; a; fino; rientr*; torn*; до; верну*; по; с; kadar; dön*; tarihi*; tot; terug; t/m; do; wrac*; wróc*; 至; 到; 直到; 止; 返; 回; まで; 戻; 出社; 까지; 복귀; 돌아; حتى; إلى; سأعود; عودت; العودة; -"
_RETURN = Phrases(_RETURN_WORDS)
_SENTENCES = lazy_pattern(r"(?<=[!?。！？؟\n])|(?<=[^\W\d]{2}\.)(?=\s)")
_ASKED = lazy_pattern(r"[?？؟]")


def out_of_office(text: str, *, whole: bool = True) -> tuple[str, ...]:
    """Return the words by which `text` reads like an out-of-office note, () where it is none.

    A note is short and asks nothing; of a beginning only (not `whole`) that can't be told yet.
    """
    said = text.strip()
    if whole and (len(said) > _NOTE or _ASKED.search(said)):
        return ()
    heard = Said(said)
    away = _AWAY.first_in(heard)
    if away and whole and _WANTED.found_in(heard):
        return ()
    meaning = away and (_MEANING.first_in(heard, away.end()) or _MEANING.first_in(heard, 0, away.start()))
    if not away or not meaning:
        return ()
    return (said[away.start() : away.end()], said[meaning.start() : meaning.end()])


def away_until(text: str, today: date) -> date | None:
    """Return the day on which the writer of an out-of-office note is back (or until which she is away), as far as it tells."""
    for sentence in _SENTENCES.split(text[:_READ]):
        days = named_days(sentence, today)
        if days and _RETURN.found_in(Said(sentence)):
            return days[-1]
    return None
