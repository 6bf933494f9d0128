"""Orders: what carries on from an accepted quote until the customer has the goods and we have the money.

Room: domain. Pure values and rules; each module is one idea.
"""
