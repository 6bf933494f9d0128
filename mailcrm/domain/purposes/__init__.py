"""What a mail is for, read by explainable rules: one file of phrases per language, one reader.

Room: domain. A language is added by its file and one entry in `reading.LANGUAGES`.
"""

from mailcrm.domain.purposes.reading import Reading, read_purpose

__all__ = ["Reading", "read_purpose"]
