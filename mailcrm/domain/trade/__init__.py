"""The arithmetic of the trade: pure values, every figure exact until it is printed.

money.py      amounts with a currency, price steps, totals
exact.py      rounding of exact values: up to a price step, down for what is shown
currencies.py the codes of ISO 4217
incoterms.py  the eleven terms of 2020, read, printed and looked through for mistakes
"""
