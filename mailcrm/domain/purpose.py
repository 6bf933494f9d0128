"""What a mail is for, as far as this release reads it: thanks, a cold sale, or anything else.

Room: domain. In: the newest part of a mail. Out: a purpose of trade.md. A cold sale is told only by a seller's own words
about himself (or a swindler's) with no word of a buyer beside them: in doubt a mail is an ordinary one. It only ever
matters for strangers, who are then shown under "unknown" without a clock, never dropped.
"""

from __future__ import annotations

import re

__all__ = ["COLD_SALE", "OTHER", "THANKS", "purpose"]

COLD_SALE, OTHER, THANKS = "cold_sale", "other", "thanks"

_READ = 6_000

_SELLER = re.compile(
    r"(?i)\bwe are (?:a|an|one of the|the)\b[^.\n]{0,60}\b(?:manufacturer|supplier|factory|exporter|producer|vendor|agency)"
    r"|\b(?:we|our (?:company|team|factory))\b[^.\n]{0,20}\b(?:speciali[sz]es? in|offers? (?:you )?(?:seo|web ?(?:site|design)|lead)|manufactures?)\b"
    r"|\b(?:find|see) (?:attached )?(?:our|my) (?:company )?(?:profile|catalogue|catalog|price list)\b"
    r"|\b(?:seo|first page of google|guest post|email list|leads database|web ?site redesign)\b"
    r"|\b(?:beneficiary|inheritance|lottery|next of kin|atm card|won the sum|claims? (?:agent|department)|your (?:e-?mail )?address was (?:drawn|selected))\b"
    r"|我们是[^。\n]{0,30}(?:生产商|供应商|厂家|制造商|工厂)|本公司(?:专业)?(?:生产|供应|提供)|代开发票|网站(?:推广|建设)"
    r"|\bsomos (?:un |una )?(?:fabricante|proveedor|f[áa]brica)|\bwir sind (?:ein |der )?(?:f[üu]hrender )?(?:hersteller|lieferant)"
)
_BUYER = re.compile(
    r"(?i)\b(?:we (?:need|require|want|are (?:looking|searching) for|import)|(?:like|want|wish) to (?:buy|order|purchase)|looking to (?:buy|import|source)"
    r"|inquiry|enquiry|rfq|purchase order|your (?:price|quotation|offer|products?|catalogue)|please (?:quote|send us your)|moq|fob|cif|proforma"
    r"|cotizaci[óo]n|precio|necesitamos|angebot|anfrage|preis|ben[öo]tigen|devis|prix)\b"
    r"|询价|采购|订购|需要贵|报价|起订"
)


def purpose(text: str, *, asks: bool) -> str:
    """Return what the mail is for; `asks`: whether there is a demand in it (domain.demand)."""
    head = text[:_READ]
    if _SELLER.search(head) and not _BUYER.search(head):
        return COLD_SALE
    return OTHER if asks else THANKS
