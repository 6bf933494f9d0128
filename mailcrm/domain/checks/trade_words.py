"""The words of the seven things that customers ask about, in fourteen languages: phrases as in `mailcrm.domain.phrases`.

Room: domain. `TOPICS` name a thing in a question and in an answer; `ANSWERED` are what else answers it: an amount, a number of
days. `REQUESTS` make a question of a sentence without a question mark; `SOCIAL` questions want no answer.
"""

__all__ = ["ANSWERED", "REQUESTS", "SOCIAL", "TOPICS"]

TOPICS = {
    "price": (
        "pric(e|es|ed|ing)*; quot(e|es|ed|ation|ations|ing)*; qoute; (best|your|our|an|firm|special|final|new|good) offers?; cost(s|ing)?; discounts?; rates?(?= for); how much"
        "; precio*; cotiza*; oferta*; presupuesto*; cuánto (cuesta*|vale|sale|es); descuento*; preis*; stückpreis*; angebot*; bieten sie; kost(et|en); rabatt*; prix; devis; offres?; tarif*; coût*; combien (coûte|ça coûte)*; remise*"
        "; preço*; cotaç(ão|ões); cotar; orçamento*; quanto (custa|fica|é|costa); desconto*; prezz(o|i); preventivo*; quotazion(e|i); offert(a|e); scont(o|i); цен(а|ы|у|е|ой|ам|ах)?; ценник*; стоимост*; котировк*; коммерческ* предложени*; сколько стоит*; скидк*; прайс*; расценк*"
        "; fiyat*; teklif*; indirim*; iskonto*; ne kadar tutar*; prijs*; prijzen; offerte*; korting*; hoeveel kost*; cen(a|y|ę|ie|ą|om|ach)?; cennik*; ofert(a|y|ę|ą)*; wycen*; rabat*; ile kosztuj*"
        "; سعر*; السعر*; أسعار*; الأسعار*; اسعار*; بسعر*; خصم*; كم (الثمن|التكلفة|يكلف); تكلفة*; 价(?!值); 價(?!值); 多少钱; 多少錢; 折扣; 优惠; 優惠; 价格; 値段; 単価; 見積; いくら; 割引; 金額; 가격; 단가; 견적; 얼마(?!나); 할인"
    ),
    "moq": (
        "moq*; m\\.o\\.q; minimum; minimal; min\\.? (order|qty|quantity|bestell*|purchase); smallest (order|quantity); pedido mínimo; cantidad mínima; mínimo*; mindest*; (quantité|commande) minim*; minimum de commande; quantidade mínima; mínima*"
        "; quantità minim*; ordine minimo; minim(o|a|i|e); минимальн*; мин\\. (заказ|парти|количеств)*; asgari; minimale; minimaln*; الحد الأدنى*; الحد الادنى*; أقل كمية*; أدنى كمية*; 起订; 起訂; 起批; 最小订; 最少订; 最低订; 最小订单; 最少多少; 最小ロット; 最低ロット; 最小注文; 最低注文; 最低数量; 최소 ?주문*; 최소 ?수량*; 최소 ?발주*"
    ),
    "lead_time": (
        "lead[ -]?times?; deliver(y|ies|ed|ing)?; (production|shipping|shipment|dispatch|manufacturing) (time|date|period)s?; (when|how soon|how fast) … (ship|shipped|shipping|deliver|delivered|dispatch|dispatched|ready|leave|send|sent); how (long|many days|many weeks) (does|do|will|would|is|for|until|to|it); etd; eta; transit time; ready (by|on|in|within); ship(ped|s)? (by|on|in|within|out)"
        "; plazo*; tiempo* de (entrega|producción|fabricación|envío); entrega*; cuándo … (envi|entreg|lleg|embarc|despach|list|sal)*; cuánto (tarda|tiempo|demora)*; lieferzeit*; liefertermin*; lieferfrist*; lieferdatum; lieferbar*; lieferung*; produktionszeit*; wie lange (dauert|brauch)*; wann … (liefer|fertig|versand|versend|versch|lieferbar)*"
        "; délai*; livraison*; livrer; livrez; combien de (temps|jours|semaines); quand … (livr|expédi|prêt)*; prazo*; tempo de (entrega|produção); quanto tempo; quando … (entreg|envia|embarc|pront)*; consegn(a|e|are|ate); tempi; tempistich*; quando … (consegn|spedi|pront)*"
        "; срок*; поставк*; доставк*; отгрузк*; отгруз(ите|им)*; когда … (отгруз|постав|готов|отправ)*; teslim*; termin*; ne zaman … (teslim|gönder|hazır|sevk)*; kaç (gün|hafta)*; levertijd*; leverdatum*; levering*; leveren; wanneer … (lever|klaar|verzend|verzonden)*; hoe lang; termin*; czas (dostawy|realizacji|produkcji)*; dostaw*; kiedy … (wyśl|wysył|dostaw|gotow)*"
        "; مدة (التسليم|الإنتاج|التصنيع|الشحن|التوريد)*; التسليم*; موعد (التسليم|الشحن)*; وقت (التسليم|الشحن|الإنتاج)*; متى … (الشحن|التسليم|تشحن|تسلم|جاهز)*; 交期; 交货; 交貨; 货期; 貨期; 工期; 生产周期; 多久; (几|多少)(天|周); 发货; 發貨; 出货; 出貨; 船期; 納期; 納品; 出荷; リードタイム; 届きますか; 납기*; 배송*; 출고*; 출하*; 리드 ?타임; 며칠; 얼마나 걸*"
    ),
    "port": (
        "ports?(?! of call); (loading|shipping|destination|discharge) port; puerto*; hafen; häfen; ladehafen; verschiffungshafen; zielhafen; porto; porti; portos; порт(а|у|ом|е|ы)?; liman*; haven; laadhaven; ports? (d'embarquement|de chargement|de départ); port(u|em|y|ach)?; ميناء*; الميناء*; 港口; 起运港; 装运港; 裝運港; 目的港; 卸货港; 哪个港; 什么港; 船積港; 積み?港; 仕向港; 항구*; 선적항*; 도착항*; 출발항*"
    ),
    "certificate": (
        "certifi(cate|cates|cation|cations|ed)*; (ce|ul|gs)[ -](mark|marking|marked|certif|report|approv|approved)*; rohs; fda; sgs; iso[ -]?\\d*; reach (report|test|compl|certif|conform)*; bsci; sedex; smeta; msds; sds; saso; gots; oeko-?tex; form (a|e|f)(?!\\w); test reports?; food grade (report|test)*"
        "; certificad(o|os|a|as|ción); certificac*; homologac*; zertifi*; prüfbericht*; prüfzeugnis*; konformität*; ursprungszeugnis*; certificat*; attestation*; homologation*; certificaç*; certificazion*; certificat(o|i); сертификат*; сертифик*; деклараци*; протокол* испытан*; sertifika*; test raporu*; certificaat; certificaten; keuring*; certyfikat*; atest*; świadectw*"
        "; شهادة*; شهادات*; الشهادات*; الشهادة*; 证书; 證書; 认证; 認證; 检测报告; 检验报告; 测试报告; 产地证; 产地证明; 资质; 認証; 証明書; 試験成績; 検査成績; 인증*; 증명서*; 시험 ?성적*; 성적서*"
    ),
    "payment": (
        "payments?; pay(?! attention); paid; (t/t|tt)(?!\\w); l/c; letter of credit; deposit*; down ?payments?; prepay*; prepaid; credit terms; (bank|wire) transfer; net \\d+; pago*; pagar; anticipo*; forma* de pago; transferencia*; carta de crédito; zahlung*; bezahl*; anzahlung*; vorkasse; akkreditiv*; überweis*; paiement*; payer; règlement*; acompte*; virement*"
        "; pagament(o|os|i); pago antecip*; adiantamento*; sinal de; carta de crédito; condi(ções|ção) de pag*; accont(o|i); bonific(o|i); lettera di credito; оплат*; платеж*; платёж*; предоплат*; аванс*; аккредитив*; ödeme*; avans*; akreditif*; peşin*; vadel(i|er)*; kapora*; betaling*; betalen; betaalt; aanbetaling*; vooruitbetaling*; płatno*; zapłat*; przedpłat*; zaliczk*; przelew*; akredytyw*"
        "; الدفع*; دفعة*; الدفعة*; سداد*; تحويل بنكي*; اعتماد مستندي*; عربون*; 付款; 支付; 定金; 订金; 訂金; 预付; 預付; 信用证; 信用證; 账期; 帳期; 电汇; 電匯; 货到; 尾款; 支払*; お支払*; 前金; 前払*; 入金; 信用状; 결제*; 지불*; 송금*; 선금*; 신용장*; 대금*; 입금*"
    ),
    "sample": (
        "sampl(e|es|ing)*; swatch*; muestra*; muster(?!t|n\\b); musterstück*; muestrario*; échantillon*; amostra*; campion(e|i|atura|ature|cino)*; образ(ец|ца|цы|цов|цу|цом|чик|чики)*; numune*; monsters?; stalen; staaltje*; próbk(a|i|ę|ą|ami)*; próbek; wzór; wzor(y|u|ów|nik)*; عينة*; عينات*; عينتين*; العينة*; العينات*; 样品; 樣品; 样板; 样件; 样衣; 打样; 打樣; 寄样; 小样; 产前样; 色卡; サンプル; 見本; 샘플*; 견본*; 시료*"
    ),
}
ANSWERED = {
    "price": "(usd|us\\$|eur|euros?|rmb|cny|gbp|\\$|€|£|¥|￥) ?\\d; \\d ?(usd|us\\$|eur|euros?|rmb|cny|gbp|\\$|€|£|美元|美金|元|人民币|円|ドル|달러|원|долл|руб|dolar*|euro|دولار)*",
    "lead_time": "\\d ?(calendar |working |business |more )?(days?|weeks?|months?|días?|semanas?|tagen?|wochen?|jours?|semaines?|giorni|settimane|dias?|дн(я|ей)?|недел[юьи]|gün|hafta|dagen|weken|dni|tygodni*)(?!\\w); \\d ?(个)?(天|周|工作日|星期|月底|日間|日以内|週間|か月|일|주|개월); \\d+ (يوم|أيام|أسابيع|أسبوع|ايام)*; (ex|ready|ship*) (works|stock|tomorrow|today); in stock; 现货; 在庫あり; auf lager; en stock; disponible*",
    "port": "(fob|cif|cfr|cnf|c&f|fas|cip|cpt|dap|ddp) \\w+; \\w+ (port|港)(?!\\w); (ningbo|shanghai|shenzhen|yantian|qingdao|tianjin|xiamen|guangzhou|nansha|dalian|宁波|上海|深圳|盐田|青岛|天津|厦门|广州|南沙|大连)*",
    "payment": "\\d+ ?% … (advance|deposit|before|against|t/t|copy|balance|定金|预付|尾款)*",
}
REQUESTS = (
    "please; pls; plz; kindly; need*; (i|we|i'd|we'd|would) (also )?(want|like); send; quote; qoute; advise; confirm; let (me|us) know; provide; inform; tell; share; look(ing)? for; require*; request*; could (you|u|we|i|someone|anybody|it); can (you|u|we|i); may (i|we); interested; give (us|me); awaiting; what; when; which; how; your best; also (the|your); would … (be)"
    "; por favor; favor; podría*; puede*; necesit*; quier*; quisier*; envi*; envíe*; enví*; mand*; cotic*; cotíc*; indi(que|quen|car|carme|carnos)*; confirm*; solicit*; inform*; interes*; gustaría; agradec*; cuál*; cuánto*; cuándo*; bitte*; könn*; brauch*; benötig*; möcht*; send(en|et)*; schick*; teilen sie; nenn*; anfrag*; bestätig*; erbitt*; unterbreit*; interess*; wie; welch*; wann"
    "; s'il vous plaît; svp; veuillez; merci de; merci d'*; pouvez; pourriez; souhait*; voudr*; besoin; envoy*; communiqu*; transmett*; indiqu*; quel*; combien; quand; gentileza; poderia*; pode*; precis*; gostar*; queremos; quero; qual*; quanto; quando; per favore; potete; potrebbe*; vorre*; bisogno; invi(are|arci|armi|ate|i)*; mandar*; gradir*; chied*; conferm*; comunic*; cortesemente; desider*"
    "; пожалуйста; просим; прошу; просьба; нужн*; могли; можете; хот(им|ел|ели|елось)*; интересу*; пришл*; вышл*; отправьте; сообщ*; укаж*; подтверд*; уточн*; напиш*; дайте; предостав*; как*; сколько; когда; lütfen; rica*; gönder*; istiyor*; isteri(m|z); ihtiyac*; verir*; verebilir*; paylaş*; ilet*; bildir*; öğren*; alabilir*; onayla*; nedir; ne; kaç; graag; kunt; kun; alstublieft; aub; stuur*; sturen; nodig; willen; wil; doorgeven; laat … weten; opgeven; wat; welke; wanneer"
    "; proszę; poproszę; prosimy; prosił*; potrzebuj*; chcia*; przes(łać|łanie|yłać)*; prześl*; poda(ć|nie|j|jcie)*; potwierdz*; moż(e|na)*; mogą; jak*; يرجى; الرجاء; نرجو; أرجو; من فضلك*; نحتاج*; أحتاج*; نريد*; نود*; أريد*; إرسال*; ارسال*; أرسل*; تزويد*; إفادت*; ما هو; ما هي; كم; هل; 请; 請; 麻烦; 麻煩; 需要; 想; 要; 发; 發; 提供; 告知; 报; 報; 能否; 可否; 给; 确认; 确定; 希望; ください; 下さい; お願い; 依頼; いただ; 頂; 教え; 希望; 知り; たい; 부탁*; 요청*; 주세요; 주십*; 바랍*; 주시*; 필요*; 원합*; 알려*; 싶*"
)
SOCIAL = "how are (you|things|u); how('s| is) (it|everything|life|business|your (day|week|weekend|family|business)); how (do|have) you (do|been); how was your; hope … (well|fine|good); cómo (está|estás|están|va|le va); qué tal; wie geht*; alles (gut|klar); comment allez*; (comment )?ça va; vous allez bien; tudo (bem|bom|certo); como (vai|está|estão|estás); come (sta|stai|state|va); tutto bene; как (дела|ваши дела|поживаете|вы); nasılsınız; nasıl gidiyor; iyi misiniz; hoe gaat*; alles goed; jak się (masz|pan|pani)*; co słychać; co u (pana|pani|państwa|ciebie)*; كيف (حالك|حالكم|الحال|أحوالكم)*; 最近(好|怎么样|如何|忙)*; (你|您)好吗; 近来可好; 还好吗; お元気; いかがお過ごし; 잘 지내*; 안녕하(세요|십니까)"
