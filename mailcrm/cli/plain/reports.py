"""What a sync or an import did, for people.

Room: cli.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns
from mailcrm.domain.words import _, plural
from mailcrm.queries.rows import ImportReport, SyncReport

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_import", "show_sync"]


def show_sync(out: Output, report: SyncReport) -> None:
    """Print the folders that had something, and how much is new."""
    cells = [
        (account.name, str(folder.new), str(folder.duplicate), str(folder.quarantined), folder.name)
        for account in report.accounts
        for folder in account.folders
        if folder.fetched
    ]
    if out.options.quiet:
        return
    if cells:
        columns(out, (_("account"), _("new"), _("known"), _("unreadable"), _("folder")), cells)
    out.line(plural("{count} new mail.", "{count} new mails.", report.new_messages))
    old = sum(folder.old for account in report.accounts for folder in account.folders)
    if old:
        out.line(
            plural(
                "{count} of them is old mail that appeared here only now (a migration?): history, no clock runs for it.",
                "{count} of them are old mail that appeared here only now (a migration?): history, no clock runs for them.",
                old,
            )
        )


def show_import(out: Output, report: ImportReport, _core: Core) -> None:
    """Print what came in."""
    if out.options.quiet:
        return
    out.line(
        plural(
            "{count} new mail from {files} files; {duplicate} known before, {quarantined} unreadable.",
            "{count} new mails from {files} files; {duplicate} known before, {quarantined} unreadable.",
            report.new,
            files=report.files,
            duplicate=report.duplicate,
            quarantined=report.quarantined,
        )
    )
