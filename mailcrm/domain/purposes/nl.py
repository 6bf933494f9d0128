"""Dutch: the commonest of what customers write, by purpose (see `en`)."""

from mailcrm.domain.purpose import Purpose

__all__ = ["BUYER", "PHRASES"]

PHRASES = {
    Purpose.COMPLAINT: "klacht*; klag(en|t); reclam(atie|eren)*; (beschadigd|kapot|gebroken|defect|nat|verroest)e?; verkeerde (kleur|artikelen|producten|maat|levering|model|goederen)*; (slechte|matige) kwaliteit; kwaliteit … (slecht|onvoldoende|niet (goed|acceptabel)); onacceptabel; niet (acceptabel|tevreden|akkoord|conform); teleurgesteld; schadevergoeding; vergoeding; terugbetaling; creditnota; (weken|dagen) te laat; te laat geleverd; werk(t|en) niet; ontbre(ekt|ken)",
    Purpose.LEFT_COMPANY: "(verlaat|verlaten|vertrek|uit dienst|niet meer werkzaam|werkt niet meer)(?! de haven)\\w*; nieuwe contactpersoon; mijn opvolger; met pensioen",
    Purpose.PAYMENT_SLIP: "betalingsbewijs; betaalbewijs; (aanbetaling|betaling|restbetaling|bedrag|factuur|saldo) … (gedaan|betaald|overgemaakt|voldaan|verricht|uitgevoerd); hebben … (betaald|overgemaakt); swift( copy)? (bijgevoegd|in de bijlage)",
    Purpose.CHASER: "(is er|heeft u|al|nog) (al |nog )?(nieuws|antwoord|reactie|iets bekend); (nog )?(geen|niets) (antwoord|reactie|bericht|offerte|van u)\\w*; herinnering*; wacht(en)? (nog|al|op) … (antwoord|reactie|offerte|u); wat is de status; wanneer (kunnen|krijgen|ontvangen|mogen) … (antwoord|offerte|reactie|prijs)",
    Purpose.ORDER: "(bijgaand|hierbij|bijgevoegd|onze|deze) … (bestelling|inkooporder|order)(?!bevestiging); (bevestigen|plaatsen|bestellen) (de|een|onze|hierbij|wij)*; wij bestellen; (stuur|sturen|zenden|graag) … (proforma|orderbevestiging); start de productie",
    Purpose.SAMPLE_FEEDBACK: "(monster|monsters|sample|samples) … (ontvangen|getest|goedgekeurd|aangekomen|goed|afgekeurd|binnen); (ontvangen|getest) … (monster|monsters|samples)",
    Purpose.SAMPLE_REQUEST: "(sturen|stuur|ontvangen|krijgen|graag|nodig|bestellen|willen) … (monster|monsters|sample|samples)",
    Purpose.SHIPPING: "etd; eta; (b/l|vrachtbrief|cognossement|verzenddocumenten|paklijst|certificaat van oorsprong); wanneer … (verzonden|verscheept|geleverd|verzenden|levert|vertrekt|aankomst|klaar)\\w*; container*; expediteur; rederij; douane*; tracking",
    Purpose.HAGGLE: "(prijs|prijzen|offerte) … (te|erg|nogal|vrij|is) (hoog|duur|hoge); te (duur|hoog); korting; (betere|lagere|scherpere|beste) prijs\\b … (geven|doen|aanbieden|mogelijk)?; concurrent*; andere leverancier; goedkoper; richtprijs; onderhandel*",
    Purpose.VISIT: "bezoek*; (beurs|canton fair); (zijn|komen|reizen) … (china|ningbo|shanghai|guangzhou)(?!.{0,20}geleverd); afspraak (maken|inplannen); fabrieksbezoek",
    Purpose.LATER: "(neem|nemen|mail|schrijf|bel) … (weer|opnieuw|terug)? ?(in|na|volgend) (januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|voorjaar|zomer|najaar|jaar|maand|de zomer)*; (project|order|aankoop) … (uitgesteld|stopgezet|on hold|in de wacht|geannuleerd); (op dit moment|momenteel|voorlopig|nu) (hebben wij |is er )?(geen|niet)*; volgend jaar; voldoende voorraad",
    Purpose.INQUIRY: "(interesse|geïnteresseerd|geinteresseerd)(e|en)?; offerte (voor|van|aan|op|maken|sturen)*; (stuur|sturen|graag|kunt u|aanvra|ontvangen|wilt u) … (prijs|prijzen|offerte|prijslijst|catalogus|prijsopgave); prijslijst; prijsopgave; catalogus; minimale (afname|bestelhoeveelheid|hoeveelheid); moq; (wij zoeken|op zoek naar); wat kost(en)?; importeur van; levert u",
    Purpose.COLD_SALE: "wij zijn (een |de )?… (fabrikant|leverancier|producent|expediteur|bureau); (bieden|presenteren) (u|wij) (onze|graag)*; (onze|bijgaand onze) (catalogus|brochure) (vindt|in de bijlage|bijgevoegd)*",
}  # fmt: skip
BUYER = "uw (prijs|prijzen|offerte|producten|catalogus|prijslijst); offerte; wij (zoeken|hebben nodig|willen (kopen|bestellen)); moq; fob; cif; proforma; geïnteresseerd"
