"""mailcrm: the inbox assistant of an export-sales rep."""

__version__ = "0.1.0"
