"""Quotes: what a quotation says, the ten checks before it leaves, who approves it, and the way it goes to an order.

Room: domain. In: values and `now`. Out: values; a refused step is a RefusedByRule that names the mend.
"""
