"""The ten checks before a quote is ready to send, one file each.

Room: domain. In: `QuoteFacts`, everything that is known of a quote and around it today. Out: `Finding`s. `every.py` runs all of them. What
fails in a finding that `refuses` is to be mended; the others a manager may let pass, for exactly this content.

     1 customer.py       what is known of the customer: the checklist of the inquiry      refuses
     2 floor.py          net FOB of every line against the price list of today            approval
     3 cost_sheet.py     what stands behind the price, and who says so                    approval
     4 confirmations.py  freight, insurance, inspection: missing refuses, expired         approval
     5 payment.py        terms that the house allows                                      approval
     6 exchange.py       the currency, and the age of the rate behind it                  refuses
     7 validity.py       until when                                                       refuses
     8 lead_time.py      lead time and MOQ                                                refuses
     9 bank.py           our bank block, byte for byte                                    refuses
    10 strangers.py      another customer's name, a price list's id                       refuses
"""
