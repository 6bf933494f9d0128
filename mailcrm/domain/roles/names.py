"""Who is known by name: carriers, inspectors, banks; platforms; and the words that firms of a kind have in their names.

Room: domain. A known domain is enough; a word in a name is one hint among others, since "Logistics Uniforms Ltd" buys and sells
clothes. So an English word counts at the end of a name only, where it says what the firm is.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailcrm.domain.message import Role
from mailcrm.domain.parties import registrable
from mailcrm.domain.patterns import lazy_pattern

__all__ = ["PLATFORMS", "known_role", "role_in_name"]

PLATFORMS = {
    "alibaba": "Alibaba", "made-in-china": "Made-in-China", "globalsources": "Global Sources", "tradekey": "TradeKey",
    "ec21": "EC21", "indiamart": "IndiaMART", "tradeindia": "TradeIndia", "exportersindia": "ExportersIndia", "europages": "Europages",
    "thomasnet": "Thomasnet", "kompass": "Kompass", "wlw": "wlw", "hktdc": "HKTDC", "diytrade": "DIYTrade", "dhgate": "DHgate",
    "go4worldbusiness": "go4WorldBusiness", "ecplaza": "ECPlaza", "tradewheel": "Tradewheel", "busytrade": "BusyTrade",
}  # fmt: skip
# A name and no more: buyers write through them too.
_PLATFORM_DOMAINS = frozenset({"alibaba-inc.com", "alibaba.com", "made-in-china.com", "globalsources.com", "tradekey.com", "ec21.com", "indiamart.com", "tradeindia.com", "exportersindia.com", "europages.com", "thomasnet.com", "hktdc.org", "hktdc.com", "diytrade.com", "dhgate.com", "go4worldbusiness.com", "ecplaza.net", "tradewheel.com", "busytrade.com"})  # fmt: skip
_KNOWN: Mapping[str, Role] = {
    domain: role
    for role, domains in {
        Role.FORWARDER: "maersk.com msc.com cma-cgm.com hapag-lloyd.com one-line.com oocl.com cosco.com coscoshipping.com coscon.com evergreen-line.com evergreen-marine.com yangming.com hmm21.com zim.com pilship.com wanhai.com sitc.com kuehne-nagel.com dbschenker.com dsv.com dhl.com fedex.com ups.com expeditors.com cevalogistics.com geodis.com bollore.com agility.com nipponexpress.com kerrylogistics.com sinotrans.com hellmann.com rhenus.com damco.com panalpina.com yusen-logistics.com",
        Role.INSPECTION: "sgs.com bureauveritas.com bvcps.com intertek.com tuv.com tuvsud.com tuv-sud.com tuv-nord.com tuev-nord.de tuvrheinland.com ccic.com qima.com asiainspection.com cotecna.com eurofins.com v-trust.com dekra.com applus.com lr.org dnv.com",
        Role.BANK: "icbc.com.cn bankofchina.com boc.cn ccb.com abchina.com bankcomm.com cmbchina.com citicbank.com spdb.com.cn cib.com.cn cmbc.com.cn nbcb.com.cn hsbc.com hsbc.com.cn hsbc.com.hk citi.com citibank.com sc.com standardchartered.com db.com deutsche-bank.com commerzbank.com bnpparibas.com ing.com ubs.com jpmorgan.com bankofamerica.com dbs.com ocbc.com mufg.jp smbc.co.jp sinosure.com.cn",
    }.items()
    for domain in domains.split()
}  # fmt: skip
_HOME_GOVERNMENT = "gov.cn"  # of a seller's own country; ministries elsewhere buy
_GOVERNMENT = lazy_pattern(
    r"(?:^|\.)(?:gov|gob|gouv|govt)\.[a-z]{2}$|\.gov$|\.go\.(?:jp|kr|th|id|ke|tz|ug)$|\.gv\.at$|\.admin\.ch$"
)

# "last": what the name ends with tells what the firm is; "first": what it begins with, in languages that say it so.
_LAST = {
    Role.FORWARDER: "logistics logistic logistik lojistik logistica logistique logistyka forwarding forwarder forwarders freight spedition speditions spedycja expeditie expediteurs cargo shipping huodai shippingline shippinglines nakliyat transitaire transitarios",
    Role.BANK: "bank banka bankasi banque banco banca",
    Role.INSPECTION: "inspection inspections inspectors surveyors",
    Role.AUTHORITY: "customs zoll aduana aduanas douane douanes dogana gumruk ciq haiguan",
}  # fmt: skip
_FIRST = {
    Role.FORWARDER: "transitarios transitaire spedizioni agencia-maritima naviera fletes spedition spedycja",
    Role.BANK: "banco banque banca banka",
}
_BY_LAST = {word: role for role, endings in _LAST.items() for word in endings.split()}
_BY_FIRST = {word: role for role, beginnings in _FIRST.items() for word in beginnings.split()}
_GLUED = ("logistics", "logistik", "lojistik", "logistica", "forwarding", "forwarders", "freight", "spedition", "expeditie", "cargo", "transitaires")  # fmt: skip
# In a signature only with the form of a firm behind it: "Logistics" alone is a customer's department.
_FORM = r"(?:\W{1,3}(?:international|intl|group|china|ningbo|shanghai|shenzhen|services?|agency))*(?:\W{1,3}(?:co|ltd|limited|gmbh|inc|llc|as|bv|srl|sa|ag|kg|corp|corporation|company|plc|nv|na|ltda|lda|oy|ab|sp|zoo))+\W{0,3}$"
_IN_WORDS = {
    Role.FORWARDER: lazy_pattern(
        r"(?i)\w\W{1,3}(?:logistics|logistik|lojistik|forwarding|freight forwarders?|shipping|spedition|expediteurs?|transitaires?|nvocc)"
        + _FORM + r"|(?:货代|货运代理|国际物流|国际货运).{0,6}公司"
    ),
    Role.BANK: lazy_pattern(r"(?i)\w\W{1,3}bank" + _FORM + r"|银行(?:股份)?(?:有限公司|.{1,8}分行|.{1,8}支行)"),
    Role.INSPECTION: lazy_pattern(r"(?i)\w\W{1,3}inspections?" + _FORM + r"|(?:检验|检测|商检).{0,6}公司"),
}  # fmt: skip
# One of them is in whatever is looked for above.
_ANCHORS = (
    "logisti", "lojistik", "forward", "shipping", "spedition", "expediteur", "transitaire", "nvocc", "bank", "inspection",
    "货", "物流", "银行", "检",
)  # fmt: skip
_OF_SOMEBODY_ELSE = lazy_pattern(
    r"(?i)\b(?:our|my|your|nominated|notify|consignee|beneficiary|swift|via|by|account|a/c)\b|我们的|我司的"
)


def known_role(domain: str) -> Role | None:
    """Return the role of whoever writes from a domain that everybody in the trade knows; None for any other."""
    house = registrable(domain)
    if house in _KNOWN:
        return _KNOWN[house]
    if domain == _HOME_GOVERNMENT or domain.endswith("." + _HOME_GOVERNMENT):
        return Role.AUTHORITY
    return Role.AUTHORITY if _GOVERNMENT.search(domain) and _of_domain(domain) is Role.AUTHORITY else None


def _of_domain(domain: str) -> Role | None:
    return _of_words([word for label in domain.split(".")[:-1] for word in _words(label)])


def _words(label: str) -> list[str]:
    return [word for word in label.replace("_", "-").split("-") if word]


def _of_words(words: list[str]) -> Role | None:
    if not words:
        return None
    role = _BY_LAST.get(words[-1])
    if role is not None and (len(words) > 1 or role is Role.AUTHORITY):
        return role
    role = _BY_FIRST.get(words[0])
    if role is not None and len(words) > 1:
        return role
    glued = any(word.endswith(_GLUED) and word not in _GLUED for word in words)
    return Role.FORWARDER if glued else None


def role_in_name(domain: str, *lines: str) -> tuple[Role, str] | None:
    """Return the role that a name tells, and the name: that in the house's domain, or one of the short `lines`.

    A line about somebody else's forwarder or bank names none. "" for a domain at which anybody can have a mailbox.
    """
    house = registrable(domain) if domain else ""
    if house in _PLATFORM_DOMAINS:
        return Role.PLATFORM, house
    label = house.partition(".")[0]
    role = _of_words(_words(label))
    if role is not None:
        return role, label
    lower = "\n".join(lines).lower()
    anchors = [anchor for anchor in _ANCHORS if anchor in lower]
    for line in lines if anchors else ():
        if len(line) > 80 or not any(map(line.lower().__contains__, anchors)):  # noqa: PLR2004  (longer is no name)
            continue
        if _OF_SOMEBODY_ELSE.search(line):
            continue
        for found, pattern in _IN_WORDS.items():
            if pattern.search(line):
                return found, line.strip()
    return None
