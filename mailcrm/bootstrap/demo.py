"""The demo: a made-up mailbox on servers of its own, with what its rep has decided so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mailcrm.bootstrap.homes import prepare_home
from mailcrm.bootstrap.world import assemble, core_of

if TYPE_CHECKING:
    from mailcrm.adapters.demo.servers import DemoServers
    from mailcrm.core.facade import Core
    from mailcrm.core.world import World

__all__ = ["open_demo"]


@contextmanager
def open_demo(at: datetime | None = None) -> Iterator[Core]:
    """Yield a core on a made-up mailbox: embedded servers, a home under the temp dir, read once, its decisions made.

    `at`: the demo's clock stands still there; None: it runs.
    """
    import tempfile

    from mailcrm.adapters.clock import SystemClock
    from mailcrm.adapters.demo.servers import DemoServers
    from mailcrm.adapters.demo.story import REP, USERS, mails
    from mailcrm.adapters.secrets.store import SecretStore

    now = at or SystemClock().now()
    with tempfile.TemporaryDirectory(prefix="mailcrm-demo-") as place, DemoServers(USERS) as servers:
        for mail in mails(now):
            servers.deliver(REP[1], mail.folder, mail.raw, mail.arrived_at)
        home = Path(place)
        (home / "mailcrm.toml").write_text('[office]\nzone = "Asia/Shanghai"\n', "utf-8")
        prepare_home(home, None)
        secrets = SecretStore(home, memory={"demo": USERS[REP[1]]})
        world = assemble(home, at.isoformat() if at else None, secrets)
        core = core_of(world)
        try:
            _set_up_demo(core, servers, now)
            _write_down_the_company(core)
            _replay(world, now)
            yield core
        finally:
            core.close()


def _set_up_demo(core: Core, servers: DemoServers, now: datetime) -> None:
    from mailcrm.adapters.demo.story import GO_LIVE, REP

    name, address = REP
    core.do(
        "add_account",
        name="demo",
        imap=f"imap://127.0.0.1:{servers.imap_port}",
        smtp=f"smtp://127.0.0.1:{servers.smtp_port}",
        user=address,
        secret=("memory", "demo"),
        own_addresses=(address,),
        zone="Asia/Shanghai",
        go_live=(now + GO_LIVE).isoformat(),
        display_name=name,
        signature=f"{name}\nBrightport Export Co., Ltd.\nNingbo, China",
    )
    core.do("sync")


def _write_down_the_company(core: Core) -> None:
    """Give the demo a letterhead and a bank account, so that its documents are whole."""
    from mailcrm.domain.documents.examples import letterhead

    ours = letterhead()
    named = ("name_en", "name_zh", "address_en", "address_zh", "phone", "mail", "web", "tax_id")
    core.do("edit_entity", **{name: getattr(ours, name) for name in named})
    core.do(
        "propose_account",
        beneficiary=ours.name_en,
        account="3901 0001 1920 0012 345",
        bank="Example Bank of Ningbo, Jiangdong Branch",
        swift="EXBKCNBN123",
        currency="USD",
    )
    core.do("register_account", id="b1", alone=True)


def _replay(world: World, now: datetime) -> None:
    """Do what the demo's rep has done so far, each at its own time."""
    from dataclasses import replace

    from mailcrm.adapters.clock import FixedClock
    from mailcrm.adapters.demo.story import STEPS

    for step in STEPS:
        core = core_of(replace(world, clock=FixedClock(now + step.at)))
        if step.verb == "role":
            company = next(row for row in core.ask("companies") if step.domain in row.domains)
            core.do("edit_company", id=company.id, role=step.role)
        else:
            core.do(
                "reply",
                thread=step.message_id,
                mode="send",
                hold=(now + step.estimate).isoformat(),
                reason=step.reason,
                seen_until=now + step.at,
            )
