"""What parties of a role do, in the words that they do it with (the way of writing is that of `domain.phrases`).

Room: domain. Each is something that only such a party does about itself: "our freight rates", never "freight". What a customer
says about his own forwarder, bank or inspector is told by `OTHERS`, and takes the words beside it away.
"""

from __future__ import annotations

from mailcrm.domain.message import Role

__all__ = ["BESIDE_A_NAME", "BUYS", "DOES", "FOLLOWS", "OTHERS", "TRIGGERS", "WE_ASK", "WE_SELL"]

_PRICE = "(usd|us\\$|\\$|eur|€|rmb|cny|¥) ?[\\d.,]{2,9}"
_BOX = "(1|2|3|4)?( ?x ?)?(20|40|45) ?('|’|ft|gp|hq|hc|dc|dv|rf|ot|gp)"

_UNIT = f"({_BOX}|kg|cbm|w/m)"

DOES: dict[Role, dict[str, str]] = {
    Role.FORWARDER: {
        "rates": (
            f"(to|nach|hacia|para|vers|from|ex|до|via) \\w+ …{_PRICE} …{_UNIT}; (to|nach|para|до) \\w+ …{_BOX} …{_PRICE}; {_BOX} …{_PRICE} (to|nach) \\w+"
            "; (our|latest|updated|following|new|attached|special|december|november|january|herewith|good|best|competitive) …(freight|ocean|shipping|air) (freight )?(rates?|tariffs?)"
            "; (unsere|anbei|aktuelle*) … (fracht|see)(raten|tarife); (nuestras|adjunto|enviamos) … (tarifas|fletes?)( de flete*)?; (nos|voici|ci-joint) … (taux|tarifs) de fret; (наши|направляем|высылаем) … ставки( фрахта)?; (i nostri|ecco|allego) … (noli|tariffe); navlun (teklif*|fiyat*); (nossas?|segue|enviamos) … (tarifas?|frete)( de frete)*; اسعار الشحن; (到|至|-|最新|特价|我司|线|線) …(海运费|空运费|海運費|运价|運價|运费|usd|us\\$)"
        ),
        "amount": f"{_PRICE}( ?/ ?| (per|je|pro|por|par|за|für|için|a|all in|net) | …){_BOX}; {_BOX} …{_PRICE}; (海运费|空运费|海運費|运价|運價|运费) …(usd|us\\$|\\$|\\d|￥|¥)",
        "says_so": (
            "(we|i) (are|am|act as|work as) (an? |your |the |one of the |leading |professional |international |global |reliable |freight ){0,5}(forwarder|forwarding (company|agent)|nvocc|shipping agent|logistics (company|provider)|customs broker)s?; (this is|my name is|i am|here is) … (from|of|at) … (freight|forwarding|logistics|shipping)(?! (dep|department|supplies))"
            "; (wir sind|als) … (spedition*|spediteur*); (somos|como) … (agentes? de carga|transitari*|empresa de log*|consolidador*|agentes? de cargas); (nous sommes|en tant que) … (transitaire*|commissionnaire de transport); (мы|наша компания) … (экспедитор*|экспедиторская|транспортно-экспед*|перевозчик*); (siamo|come) … (spedizionier*|casa di spedizioni); (biz|firmamız|şirketimiz) … (nakliye|lojistik|taşımacılık|forwarder); نحن … شركة (شحن|نقل|لوجست); (我们|我司|我)(是|为) …(货代|貨代|货运代理|国际物流|船代|物流公司)"
        ),
        "solicits": (
            "(do you have|have you got|if you have|should you have|are there|have) (any |some |other )?(shipments?|cargo|cargoes|loads?|goods to ship|bookings?|consignments?)(?! (status|number|no|details|from))(?= ?(\\?|next|this|for|to|in|please|pls|,|\\.|of|ready|soon|now))"
            "; any (cargo|shipments?|bookings?) (ready|to|for|from|next|this|\\?|in hand|on hand); (please |pls |kindly )?(contact|call|mail|e-?mail|let|inform|tell|ask) (me|us) … (for|about|with|if|know) … (booking|bookings|cargo|shipments?|space)(?!\\w); (send|place|give|forward) (us|me|your) (your )?bookings?; (looking|look) forward to your bookings?; (kindly |please |pls )?book (early|now|with us|soon|your space)"
            "; (we|i) (still )?(have|got) … space; space (available|is available|is tight|guaranteed|released|protected); can we (assist|help|support) … (shipments?|cargo|freight|shipping|logistics); (assist|handle|arrange) (with )?your (shipments?|cargo|transport)"
            "; haben sie … (ladung|sendungen|fracht|verladungen); (tiene|tienen|tenéis) … (embarques?|carga|envíos); (avez-vous|auriez-vous) … (expéditions?|marchandises? à|chargements?|fret); (есть ли|имеется ли|если есть) … (груз*|отправк*|перевозк*); (avete|ha) … (carichi|merce da|spedizioni); (têm|tem) … (embarques?|carga|cargas); yük(ünüz|leriniz)( var| varsa)*; (هل لديكم|اذا كان لديكم) …(شحنات|بضائع|حمولة); (需要|欢迎|如需|有)(订舱|訂艙|走货|出货|货)(请|可|联系|的话|时)*; 欢迎(订舱|询价|来电); 舱位(充足|保证|有|紧张|放出)"
        ),
        "schedule": "(t/t|transit time|transit|t\\.t\\.)( about| is|:)? ?\\d{1,2} ?(days|d)(?!\\w); sailing (every|on|each|date|weekly); (direct|weekly|fast) (vessel|service|sailing|line); (closing|etd|cut-?off) (on |every |: ?)?(mon|tue|wednes|thurs|fri|satur|sun|wed|thu|sat)(day)?; (carrier|shipping line|line|by) ?:? (msk|maersk|msc|cma|one|cosco|oocl|evergreen|emc|hmm|zim|yml|wan ?hai|hapag)(?!\\w); (fcl|lcl) (and|&|/) ?(fcl|lcl); valid (till|until|to|through) ; free time \\d+; (截关|截單|截单|开船|開船|航程) …(\\d|周|週|每|星期); 直航; 直达",
        "books": (
            "your booking (is|has been|was) (confirmed|received|accepted|made|released); booking (is )?confirm(ation|ed)( no| number)?; (send|submit|provide|need|return) (us |me )?(the |your )?(shipping instructions?|si(?!\\w)|vgm(?!\\w)|booking form|shipping order); (si|vgm|cy|cfs|customs|doc|port) (cut-?off|closing|cut)(?!\\w)(?! ?(\\?|please))"
            "; (container|cntr)s? … (can be|is ready to be|available to be) (picked|collected); (telex release|release|switch b/?ls?|b/?ls?) (is|has been|have been|was|are) (done|issued|made|completed|released|ready|sent)(?!\\w); (we|have) (have )?(issued|released) … (telex|b/?l|bill of lading); (settle|pay) … (local charges?|thc|o/f|freight charges?|d/o fee|debit note); arrival notice; delivery order"
            "; (截关|截單|截单|截港|开船|開船|放箱|提箱|做箱|补料|入货通知) …(\\d|周|星期|今天|明天|请); 提单(已|确认件); 电放(已|好了|完成)"
        ),
    },
    Role.BANK: {
        "credit": "(advise|inform|notify|advice) … (letter of credit|documentary credit|l/c|credit)(?!\\w); (letter of credit|l/c|lc|credit) … (issued|opened|established|received) in your favou?r; (issued|credit) in your favou?r; 信用证 …(已到|已开|已收到|通知|到达|来我行|领取); (来|到|贵司在)我行; 押汇; 结汇; 入账通知; 收汇",
        "documents": "(your|the) documents … (under|for) … (l/c|lc|credit|our reference|collection); documents … (presented|presentation) to (the )?(issuing|reimbursing|confirming) bank; (wish|want|agree) to waive (the )?discrepanc*; discrepancies?: ; (incoming|inward|outward) (remittance|payment|transfer) … (credited|received|arrived|held); mt ?(700|707|710|103|202|799)(?!\\w)",
    },
    Role.INSPECTION: {
        "inspects": "our inspectors? (will|would|shall|is going to) (visit|come|arrive|be|inspect|check|perform|start|contact)* ?; our inspector arrives; (your |the |this )?inspection (is|has been|was|will be) (scheduled|arranged|confirmed|booked|assigned|completed|performed|conducted); (perform|conduct|carry out|execute) (the |an? )?(\\w+[- ]){0,3}inspection; inspection (booking|report|certificate) … (confirmed|received|attached|issued|ready|no); on behalf of (the |your )?(buyer|client|customer|importer); aql (level )?[i0-9]*",
        "tests": "test(ing)? report (will|is|has|no|attached|issued|ready); (your|the) samples? (have|has) (arrived|been received) … (test|lab|report); (quotation|quote|fee) for (the )?(test|testing|certification|inspection); testing fee*; draft report; 检测报告; 验货(预约|安排|报告|员); 检验(安排|报告|证书)",
    },
    Role.PLATFORM: {
        "serves": "(renew|your|our|gold|premium|upgrade) (\\w+ )?(memberships?|subscription|store ?front|minisite|showroom|supplier account|advertis*); (membership|account) (expires|renewal|fee|plan)*; 会员(续费|到期|服务); 旺铺; 直通车; 续费; 客户经理",
    },
    Role.AUTHORITY: {
        "rules": "(customs|import|export|tax) declaration; (zoll|einfuhr)anmeldung; 报关单; 海关编码; 稽查; 申报",
    },
    Role.SUPPLIER: {
        "sells": "(we|our (company|factory)) (are|is) (an? |one of the |the |your |professional |leading )… (manufacturer|supplier|factory|producer|exporter|maker|vendor)s?(?! of (your|our))( (of|for|in) )?*; (我们|我司|本公司|我厂)(是|为|专业) …(厂家|工厂|生产商|制造商|供应商|生产|供应); (wir sind|als) … (hersteller|produzent|lieferant); (somos) … (fabricantes?|proveedor*|produtor*); (nous sommes) … (fabricants?|fournisseurs?); (мы|наша компания) … (производител*|поставщик*); (siamo) … (produttor*|fornitor*|fabbrica*); (biz) … (üretici*|imalatç*)",
        "names_price": "our (best |lowest |fob |unit |factory |ex-?works )?prices? (is|are|starts?|as|for|from|:)(?! (too|target)); (we|i) (can|could|are able to|are pleased to) (offer|quote|supply|provide) (you )?(the |with |a |our )?(?!advance|payment); (our|the) quotation (is|as|for|:|attached); welcome to (inquire|enquire|your inquiry|order); (报价|價格|价格)(如下|单见附件|见附件|表见附件|为); (我司|我们)的?(报价|价格)(是|为|如下); unser (preis|angebot) (ist|beträgt|lautet|anbei); nuestro precio (es|de); notre prix (est|de); наша цена; il nostro prezzo; nosso preço; fiyatımız",
    },
    Role.AGENT: {
        "represents": "(we|i) … (are|am|act|work|working) …(an? |as |the )… (buying|sourcing|purchasing|commission|sales|indent|indenting) (agent|agency|office|house)s?; (represent|be the agent (of|for)) your (company|factory|brand|products?) *; on (a )?commission (basis)?; (exclusive|sole) (agent|agency|distribut*) (for|in|of) *; (采购|佣金|独家)代理; (我们|我)(是|做) …(采购代理|代理商|中间商); (somos|como) … agente de compras; (wir sind|als) … (handelsvertret*|einkaufsagent*); nous sommes … agents? commercial*; мы … агент*",
    },
}  # fmt: skip

# Tells something only beside a name, or after the words above it: whoever neither is nor offers anything may ask so too.
FOLLOWS = frozenset({"solicits", "schedule"})

# Done by customers too, when they pass on what their own forwarder or bank told them: counts beside a name only.
BESIDE_A_NAME = frozenset({"amount", "books", "credit", "documents", "inspects", "tests", "rules", "serves"})

# Somebody else's forwarder, bank, inspector: whoever says so is none himself.
OTHERS: dict[Role, str] = {
    Role.FORWARDER: "(book|ship) with (?!us); contact them; (our|my) (goods|order|po)(?!\\w); can you (ship|wait|deliver|postpone); (freight|rates?) (is|are) (now|up|ok|okay|fine); the (forwarder|carrier); (our|my|your|their|his|her|other|another|different|nominated|appointed|buyer's|customer's) (\\w+ )?(forwarder|forwarding agent|freight agent|shipping agent|customs broker|logistics (partner|provider|company)|carrier|spediteur)s?; ours (offers|quotes|is|has); (received|got|have) (a |an |the )?(better |lower |other )?(freight )?(rates?|quotes?|offers?|quotations?) (of|from) ; (check|compare|ask|find) …(rates?|forwarder|freight)(?! with us)( again)?(?= ?(of|with|from|\\?|\\.)); (freight|rates?) … (too|very|so) (high|expensive); can you (do|get|offer|find) better; according to the (line|carrier|forwarder); (unser|unsere|unserem|ihr|ihre|ihrem) (spediteur|spedition); (nuestro|su|mi) (transitario|agente de carga|forwarder|transportista); (notre|votre) (transitaire|transporteur); (наш|ваш) экспедитор*; (nosso|seu) (agente|transitário|despachante); (il nostro|il vostro|nostro) spedizioniere; (我们的|我司的|你们的|我们|指定|客户的)(货代|貨代|物流公司)",
    Role.BANK: "(our|my|your|their|his|the customer's|buyer's|issuing) bank(?! reference)s?(?= ?(says|said|has|is|will|told|asks?|for|account|details|\\.|,|and|here|,)); (at|through|from|with|via|by) (our|my|your) bank; we (have )?(opened|applied|open|established|paid|transferred); (unsere|ihre) bank; nuestro banco; notre banque; наш банк; 我们的?银行; 贵司银行",
    Role.INSPECTION: "(your|their|the) inspector; (report|inspection) of (sgs|bv|intertek|tuv|tüv); (sgs|bv|bureau veritas|intertek|tuv|qima) (will|has|shall|inspected|did)",
}  # fmt: skip

# Beside the purposes of a mail: what a buyer of goods writes in whatever mail.
BUYS = (
    "(send|give|email|share|get|have|receive|need|want|provide) (us |me |you )?(your |a |an |the |some |best |free |two |three |new ){0,3}(prices?|price ?list|quotation|catalogue?s?|samples?|proforma( invoice)?|pi|moq)(?!\\w)(?! for (the )?(freight|test))"
    "; (please|pls|kindly|could you|can you|would you) (also )?(quote|offer)(?! (us )?(the )?(freight|shipping|space)); (we|i) (need|want|require|look for|are looking for|would like to (buy|order|purchase)|buy|import|wish to (buy|order)) (\\d|a |an |some |the following|your (products?|goods|valves)); what is your (price|moq)"
    "; your (best )?(prices?|products?|price ?list|moq|catalogue?)(?!\\w); interested in your; (place|confirm|placed|placing) (an |the |our |a |this |new )?order; our (new |purchase )?(order|po)(?!\\w); purchase order (attached|no)*; target price; (pcs|pieces|sets|units|rolls) of; we (hereby )?order|do you sell; lead time; bulk order; mass production; production (status|ready)"
)

# Our own mails: what makes us a buyer of somebody, and what makes somebody a buyer of ours.
WE_ASK = (
    "(please|pls|kindly|could you|can you) (quote|offer)( us)?(?! (the )?(target|your target)); (send|give|offer|provide) us (with )?(your )?(best |lowest )?(price|prices|quotation|quote|offer)(?! (idea|target)); we (need|want|would like|plan|are going|intend) to (buy|purchase|order|source) ; we (need|require) (\\d|the following) *; your (price|quotation) for … (pcs|pieces|sets|rolls|tons|cartons)"
    "; (请|麻烦)(贵司|你们|您)?(报价|报个价|报一下价|给(我们|我)?(报价|报个价)); (我司|我们)(需要|想|要)(采购|订购|买|定); 你们的?报价是多少; 请报(\\d|一下|以下|最优)"
)
WE_SELL = (
    "(our|attached|find|enclosed|revised) … (quotation|offer|proforma invoice|pi|price ?list|catalogue)(?!\\w); our (best |fob |cif |unit )?prices? ; (thank you|thanks) for your (inquiry|enquiry|order|interest|purchase order|po); your (inquiry|enquiry|order|sample request|purchase order); our (products?|samples?|catalogue); we (are|offer|manufacture|produce|can offer|can supply|supply) (a |the |an )?"
    "; (我司|我们)(的)?(报价|产品|价格)(如下|单|见); 感谢(您|贵司)的?(询价|询盘|订单); (您|贵司)的?(询价|询盘|订单|样品)"
)

# Without one of these in a mail (in plain small letters) nobody there does this.
TRIGGERS: dict[str, tuple[str, ...]] = {
    "rates": ("40hq", "40hc", "20gp", "40gp", "40'", "20'", "40ft", "20ft", "40 hq", "40 ft", "freight", "/kg", "/cbm", "tariff", "shipping rate", "ocean rate", "fracht", "flete", "frete", "fret", "фрахт", "ставк", "noli", "navlun", "الشحن", "海运费", "空运费", "海運費", "运价", "運價", "运费"),
    "amount": ("40hq", "40hc", "20gp", "40gp", "40'", "20'", "40ft", "20ft", "40 hq", "40 ft", "海运费", "空运费", "海運費", "运价", "運價", "运费"),
    "solicits": ("cargo", "shipment", "booking", "book ", "space", "load", "consignment", "goods to ship", "ladung", "sendung", "fracht", "embarque", "carga", "envio", "expedition", "marchandise", "chargement", "fret", "груз", "отправк", "перевоз", "carichi", "merce", "spedizion", "yukunuz", "yukleriniz", "شحنات", "بضائع", "حمولة", "订舱", "訂艙", "走货", "出货", "有货", "询价", "舱位"),
    "says_so": ("forward", "nvocc", "shipping agen", "logistic", "freight", "customs broker", "spedi", "carga", "transit", "consolid", "commissionnaire", "экспед", "перевоз", "nakliye", "lojistik", "tasimac", "شحن", "نقل", "لوجست", "货代", "貨代", "货运", "物流", "船代"),
    "schedule": ("t/t", "transit", "t.t.", "sailing", "direct", "weekly", "closing", "etd", "cut", "carrier", "line", " by ", "fcl", "lcl", "valid", "free time", "截关", "截單", "截单", "开船", "開船", "航程", "直航", "直达"),
    "books": ("booking", "shipping instruction", " si ", "vgm", "shipping order", "cut-off", "cutoff", "closing", "cy cut", "container", "cntr", "telex", "release", "b/l", "lading", "local charge", "thc", "o/f", "d/o", "debit note", "arrival notice", "delivery order", "截关", "截單", "截单", "截港", "开船", "開船", "放箱", "提箱", "做箱", "补料", "入货通知", "提单", "电放"),
    "credit": ("credit", "l/c", "favour", "favor", "我行", "信用证", "押汇", "结汇", "收汇", "入账"),
    "documents": ("documents", "discrepanc", "incoming", "inward", "outward", "mt7", "mt 7", "mt1", "mt 1", "mt2", "mt 2"),
    "inspects": ("inspect", "aql", "on behalf of"),
    "tests": ("test", "sample", "draft report", "fee", "检测", "验货", "检验"),
    "serves": ("member", "subscription", "storefront", "store front", "minisite", "showroom", "advertis", "account", "会员", "旺铺", "直通车", "续费", "客户经理"),
    "rules": ("declaration", "anmeldung", "报关", "海关", "稽查", "申报"),
    "sells": ("manufactur", "supplier", "factory", "producer", "exporter", "maker", "vendor", "厂", "生产", "制造", "供应", "hersteller", "produzent", "lieferant", "fabricant", "proveedor", "produtor", "fournisseur", "производ", "поставщик", "produttor", "fornitor", "fabbrica", "uretici", "imalat"),
    "names_price": ("our price", "our best", "our lowest", "our fob", "our unit", "our factory price", "our ex", "we can", "i can", "we could", "are able to", "pleased to", "quotation", "welcome to", "报价", "價格", "价格", "unser ", "nuestro precio", "notre prix", "наша цена", "nostro prezzo", "nosso preco", "fiyatimiz"),
    "represents": ("agent", "agency", "agencies", "represent", "commission", "buying office", "buying house", "distribut", "代理", "中间商", "vertret", "агент"),
}  # fmt: skip
