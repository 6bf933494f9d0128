"""Which servers' stamps about a sender are our own (authserv-id, RFC 8601, section 2.3): told by a person, or learnt.

Room: ingest. In: an account and its newest mail. Out: the names to trust. A server that stamps takes forged stamps of its name
out (section 5), one that doesn't stamp leaves them in. So a name is learnt only where nearly all new mail of many senders bears
it, above every foreign server: nobody can write it into everybody's mail.
"""

from __future__ import annotations

from collections import Counter

from sqlmodel import Session, col, select

from mailcrm.domain.message import Side
from mailcrm.records import MailAccount, Message

__all__ = ["learn_server", "own_servers", "servers_for"]

_LOOKED_AT, _LEAST, _SENDERS = 200, 20, 10
_SHARE = 0.9


def own_servers(account: MailAccount | None) -> frozenset[str]:
    """Return the authserv-ids of the servers that receive for `account`: those told by a person, else the learnt one."""
    if account is None:
        return frozenset()
    return frozenset(account.authserv_ids or [account.learnt_authserv_id]) - {""}


def servers_for(session: Session, account_id: int | None) -> frozenset[str]:
    """Return `own_servers` of the account of a stored mail; none where it belongs to no account."""
    return frozenset() if account_id is None else own_servers(session.get(MailAccount, account_id))


def learn_server(session: Session, account: MailAccount) -> None:
    """Look at the newest mail of `account`, a row of `session`; what was learnt stays until another name proves itself."""
    if account.authserv_ids:
        return
    newest = select(Message.authentication, Message.from_domain).where(
        col(Message.account_id) == account.id, col(Message.side) == Side.THEIRS.value
    )
    mails = list(session.exec(newest.order_by(col(Message.sort_key).desc()).limit(_LOOKED_AT)))
    senders: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for stamp, domain in mails:
        server = str((stamp or {}).get("server", ""))
        counts[server] += 1
        senders.setdefault(server, set()).add(domain)
    del counts[""]
    for server, count in counts.most_common(1):
        if count >= max(_LEAST, _SHARE * len(mails)) and len(senders[server]) >= _SENDERS:
            account.learnt_authserv_id = server
            session.add(account)
