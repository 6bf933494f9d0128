"""From the mailbox to records: poll, store raw, read, thread, link people. Nothing here knows a deadline."""
