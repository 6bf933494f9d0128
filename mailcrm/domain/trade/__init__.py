"""The trade's pure rules: money, prices, terms, bank details."""
