"""How people announce a file in a mail, in fourteen languages: phrases as in `mailcrm.domain.phrases`, parted by "; ".

Room: domain. `ANNOUNCED` says that one is attached. `NOT_OURS` are uses of the same words that announce none of ours: the customer's own
files, requests to attach one, files that are missing, what hangs on a carton.
"""

__all__ = ["ANNOUNCED", "NOT_OURS"]

ANNOUNCED = (
    "attached; attach; attaching; attachments?; enclosed; enclose; enclosing; enclosures?; (see|find) … herewith"
    "; adjunt(o|a|os|as|amos|é); (envío|enviamos|mando|remito|encontrará\\w*|ver) … (adjunt(o|a|os|as)|anexo|archivo)"
    "; anbei; (im|siehe|als|dem|den) anhang; anhängend*; angehängt*; beigefügt*; beiliegend*; (in der|siehe|als) anlage; hänge … an; füge … bei"
    "; ci-(joint|jointe|joints|jointes|après joint); en (pièce jointe|p\\.?j\\.?|annexe); pièces? jointes?; (je|nous) (vous )?(joins|joignons); (joint|jointe|joints) (à|au) (ce|cet|présent) (mail|courriel|message|mél)*"
    "; (em|no|segue|seguem|segue em|vide|conforme|confira o) anexos?; anexad[oa]s?; anexei; anexo (a|o|os|as|segue|envio|seguem|encaminho); anexamos"
    "; (in|vedi|trova|trovate|vedere) … allegat[oi]; allegat[oaie]; allego; alleghiamo"
    "; во вложени(и|ях); вложени[еия]*; прилага(ю|ем|ется|ются)*; прикреп(лен|лён|ил|или|ляю|ляем|лена|лены)*; в приложении; приложен(а|о|ы)?; вложен(а|о|ы)?; файл во вложении; в аттаче"
    "; ekte(ki|dir|ler)?; ekli(dir)?; ekliyor(um|uz); ekledi(m|k); ilişikte*; ekte sun*; eklenmiştir"
    "; bijgevoegd*; (in de|zie de|als|zie) bijlagen?; bijgaand*; bijgesloten; voeg … (bij|toe)"
    "; w załączni(ku|kach); załącz(am|amy|ony|ona|one|oną|niku|eniu)*; dołącz(am|amy|ony|ona|one|yłem|yłam)*; w załączeniu"
    "; مرفق*; المرفق*; مرفقات; أرفق*; ارفق*; نرفق*; طيه; تجدون طي*; الملف المرفق"
    "; (见|見|请查收|请看|请见|请参考|查收|查看|看|参考|参见|详见|如|在|發|发)(一下|下)?(以下|下面|该|此)?(的)?附件; 附件(是|为|中|里|内|有|请|已|的|：|:|，|就是|附); 附上; 随附; 隨附; 随函附; 现附; 附(了|有)(报价|价格|照片|图|文件|资料|目录|样本|PI|发票|合同)*; 以附件"
    "; 添付(し|いた|致|の|に|ファイル|資料|書|を|させ|ござ|通り)*; 同封; 別添"
    "; 첨부(합니다|했습니다|하였|드립|드리|된| ?파일|해|하오니|하여|와 같이|를|하니)"
)
NOT_OURS = (
    "(your|ur|his|her|their|customer's) (\\w+ ){0,3}(attached|enclosed|attachments?|enclosures?)"
    "; (attached|enclosed|attachments?|enclosures?) (\\w+ ){0,2}(in|to|with|of|from) (your|ur|his|her|their)"
    "; (attached|enclosed) (\\w+ ){0,5}(in|to|with|of|from) (my|our|the|this) (last|previous|earlier|first|former|other)"
    "; (you|they|he|she)( have|'ve| had|'d)? (\\w+ )?(attach|attached|enclosed)"
    "; (received|got|opened|open|checked|reviewed|studied|seen|saw|read|noted|thanks for|thank you for|tks for|thx for) (\\w+ ){0,4}(attached|attachments?|enclosed)(?! (please|pls|is|are|you))"
    "; (no|without|missing|any|forgot|forgotten) (\\w+ ){0,2}(attach|attachments?|attached); (not|n't|never) … (attach|attached|attachments?); attachments? (\\w+ ){0,2}(is|was|are|were|seems) (\\w+ )?(missing|empty|broken|damaged|not)"
    "; (please|pls|plz|kindly|can you|could you|would you|will you)( also| please| kindly)? attach; (send|resend|forward|share) (us|me) … attachment"
    "; (attached|enclosed) (\\w+ly )?(to|on|onto|inside|in|by|with|at) (the|each|every|a|an|both|all|its)(?! (e-?mail|mail|message|quotation|offer|file|following|pdf|excel|zip|sheet|document)); (fully|totally|semi)[ -]enclosed; enclosed (type|motor|housing|bearing|space|area|design|box|structure|fan|switch)s?; (strings|importance|value|conditions?) attached"
    "; (su|sus|tu|tus|vuestr[oa]s?) (\\w+ ){0,3}adjunt[oa]s?; (recib\\w+|revis(é|amos)|vist[oa]|vimos|vi|gracias por) (\\w+ ){0,3}adjunt[oa]s?; (sin|falta|faltaba|no) … adjunt(o|a|os|as); (adjunte|adjunten|favor de adjuntar|puede adjuntar)"
    "; (ihr|ihre|ihren|ihrem|ihrer) (\\w+ ){0,3}(anhang|anlage|angehängt\\w*|beigefügt\\w*); (ohne|kein|keinen|fehlt) … (anhang|anlage); (anhang|anlage) (\\w+ ){0,2}(fehlt|fehlte|erhalten|bekommen|leer); (bitte) (\\w+ ){0,3}(anhängen|beifügen|hängen|fügen); (danke|dank) (\\w+ ){0,2}(für) (\\w+ ){0,2}(anhang|anlage|angehängt\\w*|beigefügt\\w*)"
    "; (votre|vos) (\\w+ ){0,3}(pièces? jointes?|ci-joint\\w*|annexes?); (sans|aucune?|manque\\w*|reçu|merci pour) … (pièces? jointes?|ci-joint\\w*); (veuillez|merci de|pouvez-vous|pourriez-vous) (\\w+ ){0,2}joindre"
    "; (seu|seus|sua|suas|vosso) (\\w+ ){0,3}(anexos?|anexad\\w+); (sem|faltou|falta|recebi|recebemos|obrigad[oa] pelo|vi) (\\w+ ){0,3}anexos?"
    "; (suo|sua|suoi|vostr[oaie]) (\\w+ ){0,3}allegat[oaie]; (senza|manca|mancava|ricevuto|grazie per) (\\w+ ){0,4}allegat[oaie]; allegat[oaie] (mancante|mancanti|ricevut[oi])"
    "; (ваш|ваше|ваши|вашем|вашего|вашу) (\\w+ ){0,3}(вложени|приложени|прикрепл)\\w*; (без|нет|не|получил|получили|увидел|спасибо за) (\\w+ ){0,3}(вложени|прикрепл|прилага|приложен)\\w*; (приложите|прикрепите|вложите) *"
    "; (ekinizi|ekinizdeki|ekiniz); (ek|eki|ekte|ekteki|ekli) … (yok|göremedi|açılm|gelmedi|aldık|aldım|boş|eksik)\\w*; (gönderdiğiniz|yolladığınız|sizin) … (ek|ekteki|ekli)\\w*; (ekler misiniz|ekleyin|ekleyiniz|ekleyebilir misiniz); günlük ekmek"
    "; (uw|jouw|jullie) (\\w+ ){0,3}(bijlagen?|bijgevoegd\\w*); (geen|zonder|ontbreekt|ontvangen|bedankt voor|dank voor) (\\w+ ){0,2}(bijlagen?|bijgevoegd\\w*); bijlage (\\w+ ){0,2}(ontbreekt|ontvangen|leeg)"
    "; (państwa|pana|pani) (\\w+ ){0,3}załączni\\w*; (bez|brak|nie|brakuje|otrzymał\\w*|dziękuj\\w* za) (\\w+ ){0,3}załącz\\w*; (proszę|prosimy) (o )?(\\w+ )?(załączenie|załączyć|dołączyć|dołączenie)"
    "; (مرفقاتكم|مرفقكم|المرفق الذي أرسل\\w*|بدون مرفق\\w*|لا يوجد مرفق\\w*|لم نجد المرفق\\w*|استلمنا المرفق\\w*|شكرا على المرفق\\w*|يرجى إرفاق|يرجى ارفاق); مرفق (كهربائ|عام|صح)\\w*"
    "; (您|你|你们|您们|贵司|贵方|客户)(发|發|给|寄|们)?(来|过来|邮件)?(里|中)?(的)?附件; (收到|已收|没有|没|未|无|无法打开|打不开|看了|看过|查看了|缺|谢谢)(了|到|看到|收到|您的|你的)?(的)?附件; 附件(没|未|打不开|无法|收到|已收|丢|是空|缺); (请|麻烦|烦请)(您|你)?(把|将)?.{0,10}(附上|随附|作为附件|以附件); (上次|之前|上封|前一封|昨天)(邮件|信)?(的|里|中)?附件"
    "; (添付(ファイル)?(を|が)?(拝見|受け取り|受領|確認(いた|致)?しました|届|開け|見当たら|あり?ません|ござい?ません|ない)|(ご|御|お送りいただいた|頂いた|いただいた)添付|添付(して)?(ください|下さい|いただけ|願))"
    "; (보내주신|주신|귀사의|보내신) ?첨부; 첨부( ?파일)?(을|를|이|가|은|는)? ?(받|없|열리지|확인했|누락|안 )\\w*; 첨부(해|하여)? ?(주세요|주십|주시|부탁|바랍)"
)
