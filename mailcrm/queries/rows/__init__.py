"""The rows that screens and `--json` show: the vocabulary between the core and people.

Room: queries. Plain frozen values with the field names of the JSON output; ids are the stable strings "t12" (thread),
"m340" (message), "c7" (contact), "o5" (company), "x3" (outbox), "a1" (account), "q2" (quarantine), "l9" (action log), "u3" (colleague), "z4" (absence or duty), "n5" (digest of notices).
Instants are aware UTC: the sink shows them in the account's zone. Text in these rows is untrusted.
"""

from mailcrm.queries.rows.desk import AccountRow, ActionRow, DoctorRow, Health
from mailcrm.queries.rows.mail import (
    AlsoRow,
    AttachmentRow,
    ExplainRow,
    MessageRow,
    NoteRow,
    Person,
    ProbableRow,
    SearchRow,
    ThreadRow,
    TrustRow,
    WarningRow,
)
from mailcrm.queries.rows.notices import DigestRow, NoticeLine
from mailcrm.queries.rows.outbox import DraftRow, HoldRow, OutboxRow, Preview, TemplateRow
from mailcrm.queries.rows.people import CompanyRow, ContactRow, RecipientRow
from mailcrm.queries.rows.replies import RepliesReport
from mailcrm.queries.rows.reports import (
    AccountReport,
    FolderRow,
    ImportReport,
    QuarantineRow,
    RebuildReport,
    RereadReport,
    SyncReport,
)
from mailcrm.queries.rows.team import ColleagueRow, PresenceRow
from mailcrm.queries.rows.worklist import TaskRow, Worklist, WorklistRow

__all__ = [
    "AccountReport",
    "AccountRow",
    "ActionRow",
    "AlsoRow",
    "AttachmentRow",
    "ColleagueRow",
    "CompanyRow",
    "ContactRow",
    "DigestRow",
    "DoctorRow",
    "DraftRow",
    "ExplainRow",
    "FolderRow",
    "Health",
    "HoldRow",
    "ImportReport",
    "MessageRow",
    "NoteRow",
    "NoticeLine",
    "OutboxRow",
    "Person",
    "PresenceRow",
    "Preview",
    "ProbableRow",
    "QuarantineRow",
    "RebuildReport",
    "RecipientRow",
    "RepliesReport",
    "RereadReport",
    "SearchRow",
    "SyncReport",
    "TaskRow",
    "TemplateRow",
    "ThreadRow",
    "TrustRow",
    "WarningRow",
    "Worklist",
    "WorklistRow",
]
