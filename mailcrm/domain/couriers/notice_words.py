"""What couriers' notices say, by state and language: regular expressions, read without regard to case.

Room: domain. Data only, read by `notices` and `mail_numbers`; what one courier alone says stands in its own file. The states are
in the order in which they are looked for.
"""

__all__ = ["CUSTOMS", "NUMBER_WORD", "SAYINGS", "SHIPMENT"]

SHIPMENT = (
    r"\b(?:track(?:ing)?|shipment|parcel|package|waybill|consignment|deliver(?:y|ed|ing)|out for delivery|awb|sendung\w*|paket\w*|zustellung|lieferung|colis|envoi|livraison|livré"
    r"|env[íi]o|paquete|entrega\w*|spedizione|consegna\w*|paczk\w*|przesyłk\w*|отправлени\w*|посылк\w*|zending|pakket|gönderi\w*|kargo\w*)\b|快件|运单|包裹|派送|签收|快递|妥投|投递|荷物|配達|運單|\b(?:customs|douane|aduana|dogana)\b|清关|海关"
)

NUMBER_WORD = (
    r"(?:track(?:ing)?(?: ?(?:number|no\.?|id|code|#))?|way ?bill(?: ?(?:number|no\.?))?|awb(?: ?(?:number|no\.?))?|airway ?bill|shipment(?: ?(?:number|no\.?|id))?|consignment(?: ?(?:number|no\.?))?|parcel(?: ?(?:number|no\.?))?"
    r"|sendungsnummer|sendungs-?nr\.?|paketnummer|paket-?nr\.?|sendung|num[ée]ro de (?:suivi|colis)|n[úu]mero de (?:seguimiento|gu[íi]a|env[íi]o|rastreo)|numero di (?:spedizione|tracking)|numerze|numer paczki|номер (?:отправления|накладной)|运单号码?|快[递件]单号|邮件号码?|单号|運單號碼?|追跡番号|trackingnumber|inquirynumber\d?)"
    r"[\s:：#=()（\[\]/*]{0,12}"
)

CUSTOMS = {
    "en": r"held (?:in|at|by) customs|clearance delay|customs (?:hold|inspection)|customs.{0,30}(?:required|needed|delay|information|documents|pending)|(?:need|information|documents?|number)\b.{0,40}\b(?:customs|clearance)\b|clear (?:through )?customs",
    "de": r"(?:beim|vom) zoll (?:fest|an|zurück)gehalten|zoll(?:abfertigung|behandlung|anmeldung)?.{0,40}(?:benötig|erforderlich|verzöger|unterlagen)",
    "fr": r"(?:bloqué|retenu)e?s? (?:en|à la|par la) douane|(?:douane|dédouanement).{0,40}(?:attente|retard|requis|manqu|document)",
    "es": r"retenid[oa] (?:en|por) (?:la )?aduana|(?:aduana|despacho).{0,40}(?:requier|retras|document|falta)",
    "pt": r"retid[oa] (?:na|pela) (?:alf[âa]ndega|fiscaliza)|desembaraço.{0,40}(?:document|aguard)",
    "it": r"(?:ferm|trattenut|bloccat)[oa] (?:in|dalla) dogana|(?:dogana|sdoganamento).{0,40}(?:ritard|document|attesa|richiest)",
    "nl": r"(?:vast|tegen)gehouden (?:door|bij) de douane|douane.{0,40}(?:vereist|nodig|vertrag)",
    "pl": r"zatrzyman\w+ (?:w|przez) urz\w+ celn|(?:odpraw\w+ celn|celn)\w+.{0,40}(?:wymag|dokument|opóźn)",
    "ru": r"задержан\w* (?:на |тамож)|тамож.{0,40}(?:задерж|документ|требу)",
    "tr": r"gümrük.{0,40}(?:bekle|takıl|belge|gecik)",
    "zh": r"清关(?:延误|失败|异常|受阻|查验|[需所缺])|海关(?:扣|查验|留存|要求)|扣关|查验|缺少清关|清關(?:延誤|失敗|異常)",
    "ja": r"通関(?:保留|手続き(?:が)?(?:遅|保留))|税関(?:で|に)(?:保留|留)",
    "ar": r"محتجز\w* (?:في|لدى) الجمارك|الجمارك.{0,30}(?:مطلوب|تأخير)",
}  # fmt: skip

SAYINGS = {
    "exception": {
        "en": r"exception|(?:could|can) ?n(?:o|')t (?:be )?deliver|tried to deliver|delivery (?:attempt|problem|failed)|action required|attempted delivery|not delivered|missed (?:you|delivery)|undeliver|\bon hold\b|delay(?:ed)?|returned to (?:sender|shipper)|address (?:is )?incomplete",
        "de": r"zustell(?:versuch|hindernis|problem)|adresse (?:ist )?(?:fehlerhaft|unvollständig)|nicht zugestellt|konnte nicht|nicht möglich|niemanden? angetroffen",
        "fr": r"tentative de livraison|livraison (?:infructueuse|retardée|impossible|échou)|adresse (?:est )?incomplète|n'a (?:pas pu|trouvé personne)|échec de",
        "es": r"entrega fallida|dirección (?:incorrecta|incompleta)|no entregado|incidencia|no (?:se )?(?:ha podido|pudo)|intento de entrega",
        "pt": r"não entregue|tentativa de entrega|não foi possível entregar|endereço (?:incorreto|incompleto)",
        "it": r"mancata consegna|non (?:è stato possibile|consegnat)",
        "nl": r"niet (?:bezorgd|thuis|gelukt)",
        "pl": r"nie (?:doręczon|udało|zastali)\w*",
        "ru": r"в доставке отказано|не удалось доставить|не доставлен",
        "tr": r"teslim edilemedi|adres(?:te)? bulunamad",
        "zh": r"无法派送|派[送件]失败|拒收|滞留|查验|异常|異常|未妥投|退回|清关(?!(?:已|手续)?(?:完成|放行|成功))|地址(?:不详|有误|错误)",
        "ja": r"不在|お届けできません|住所不明",
        "ar": r"تعذر التسليم",
        **{f"customs, {language}": pattern for language, pattern in CUSTOMS.items()},
    },
    "in_transit": {
        "en": r"out for delivery|(?:is|be) (?:coming|arriving|delivered?) today|deliver(?:y|ing) (?:it )?(?:is )?(?:coming )?today|delivery is (?:today|coming)|scheduled for delivery|on (?:its|the) way|in transit|has arrived at|departed|will be delivered|(?:estimated|expected) (?:delivery|arrival)|due (?:today|tomorrow|for delivery)|arriv(?:es|ing) |ready for (?:pick-?up|collection)|with your local|live map|package coming",
        "de": r"kommt (?:heute|morgen|am|bald)|wird .{0,40}zugestellt|zur abholung|abholbereit|unterwegs|in zustellung",
        "fr": r"en route|en chemin|en acheminement|en cours de livraison|disponible (?:en|au)",
        "es": r"listo para recoger|en reparto|en tr[áa]nsito|en camino",
        "pt": r"em trânsito|a caminho|saiu para entrega",
        "it": r"in consegna|in transito|in arrivo",
        "nl": r"onderweg|wordt (?:vandaag|morgen) bezorgd",
        "pl": r"w drodze|przekazana kurierowi|doręczenia",
        "ru": r"в пути|прибыл\w* в|передан\w* курьеру",
        "tr": r"yolda|dağıtıma çıktı",
        "zh": r"派送中|正在派|派件中|运输中|正?发往|在途|已?到达|转运|清关(?:已|手续)?(?:完成|放行|成功)",
        "ja": r"配達中|輸送中|お届け予定",
        "ar": r"قيد (?:النقل|التوصيل)|خرج للتوصيل",
    },
    "delivered": {
        "en": r"(?:has|have|was|were|been|successfully|we|your package) ?(?:been |was )?delivered|\bdelivered\b|proof of delivery|signed (?:for )?by",
        "de": r"zugestellt",
        "fr": r"livré",
        "es": r"entregado",
        "pt": r"entregue",
        "it": r"consegnat[oa]",
        "nl": r"bezorgd|afgeleverd",
        "pl": r"doręczon\w+|dostarczon\w+",
        "ru": r"доставлен|вручен",
        "tr": r"teslim edildi",
        "zh": r"已签收|妥投|签收",
        "ja": r"配達完了|お届け済み",
        "ar": r"تم (?:التسليم|التوصيل)",
    },
    "shipped": {
        "en": r"shipped|has been (?:sent|dispatched|picked up|collected|created)|ship(?:ment|ping)? (?:notification|created|advice|picked up|collected)|picked up|handed (?:over )?to us|dispatch|label (?:was |has been )?(?:created|made)|is ready",
        "de": r"versendet|versandt|verschickt|abgeholt",
        "fr": r"expédié|pris en charge|collecté",
        "es": r"enviado|recogido",
        "pt": r"postado|coletado",
        "it": r"spedito|ritirat[oa]",
        "nl": r"verzonden|opgehaald",
        "pl": r"nadana",
        "ru": r"отправлен|принят[оа]? к доставке",
        "tr": r"kargoya verildi|teslim alındı",
        "zh": r"揽收|已?取件|收寄|已发货|已发出|寄出",
        "ja": r"発送|集荷",
        "ar": r"تم (?:الشحن|الاستلام)",
    },
}  # fmt: skip
