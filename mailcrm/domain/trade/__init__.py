"""The arithmetic of the trade: pure values, every figure exact until it is printed.

money.py      amounts with a currency, price steps, totals
exact.py      rounding of exact values: up to a price step, down for what is shown
currencies.py the codes of ISO 4217
incoterms.py  the eleven terms of 2020, read, printed and looked through for mistakes
shares.py     5%, 3‰, 0.05
working.py    how a figure came about, line by line
freight.py    freight of a piece, from cartons and containers or groupage
insurance.py  CIF from CFR and back
netting.py    net FOB of a price under any term, and the least price that keeps a floor
costing.py    the cost sheet of a trading company and of a factory
cost_sheet.py a cost sheet with what its figures were taken from
refunds.py    refund rates by HS code and day of export
refund_file.py reads a table of them
rates.py      exchange rates and their age
payment.py    payment terms as a value; payment_reading.py reads what people write
lc.py         the dates of a letter of credit
lists.py      quantity breaks
days.py       days as they are typed
rules.py      the house's rules, from the settings
"""
