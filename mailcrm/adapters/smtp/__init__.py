"""Submission by SMTP: `Smtp` over aiosmtplib, and `FakeTransport`, which tells the same stories without a network."""

from mailcrm.adapters.smtp.client import Smtp, Timeouts
from mailcrm.adapters.smtp.fake import FakeTransport

__all__ = ["FakeTransport", "Smtp", "Timeouts"]
