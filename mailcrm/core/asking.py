"""Questions by name: which read model answers which.

Room: core. A query is a function (session, outlook, **arguments) of the queries room, or one of those below that need a
tool besides the records (templates, an estimate, the servers).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from mailcrm.core.checks import doctor, test_account, try_account
from mailcrm.core.files import attachment, downloads
from mailcrm.core.leaving import leaving
from mailcrm.core.pressing import check_documents
from mailcrm.core.tables import preview_pricelist, preview_products, quote_lines
from mailcrm.core.world import World
from mailcrm.domain.clock.estimate import default_estimate, parse_estimate
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.links import can_be_opened, host_of, is_foreign, misleads
from mailcrm.domain.message import Address
from mailcrm.domain.words import Sentence, say
from mailcrm.ingest.reading import read_mail
from mailcrm.ingest.receivers import servers_for
from mailcrm.outbox.checking import Inspection, inspect
from mailcrm.outbox.prepare import Prepared, Request, prepare
from mailcrm.queries import (
    also,
    cost_sheets,
    customer,
    desk,
    draft,
    exchange_rates,
    explain,
    forgotten,
    freight,
    inquiries,
    inquiry_board,
    managing,
    notices,
    order_board,
    orders,
    our_company,
    outbox,
    people,
    pricelists,
    products,
    quarantine,
    quote_board,
    quote_forms,
    quotes,
    recipients,
    refund_rates,
    report,
    sample_board,
    samples,
    search,
    suggestions,
    tasks,
    team,
    threads,
    worklist,
)
from mailcrm.queries.rows import HoldRow, LinkRow, Person, Preview, ProviderRow, TemplateRow, TrustRow, WarningRow
from mailcrm.records import Message
from mailcrm.store.finding import number
from mailcrm.store.raws import read_raw

__all__ = ["QUESTIONS"]

Question = Callable[..., Any]


def _from_records(query: Question) -> Question:
    def ask(world: World, **arguments: Any) -> Any:  # noqa: ANN401  (each query has a row of its own)
        with world.store.read() as session:
            return query(session, world.outlook(session), **arguments)

    return ask


def _templates(world: World, *, language: str | None = None) -> tuple[TemplateRow, ...]:
    return tuple(
        TemplateRow(
            name=info.name,
            language=info.language,
            title=info.title,
            purpose=info.purpose,
            variables=info.variables,
            reasons=info.reasons,
            path=str(info.path),
            kinds={asked.name: asked.kind for asked in info.questions},
            optional=tuple(asked.name for asked in info.questions if not asked.required),
        )
        for info in world.templates.list()
        if language in (None, info.language)
    )


def _template_show(world: World, *, name: str, language: str | None = None) -> str:
    known = language or world.templates.language_for(name, ["en"])
    return world.templates.info(name, known).path.read_text("utf-8")


def _template_check(world: World) -> tuple[Sentence, ...]:
    return tuple(
        say(
            "{file}, line {line}: {problem}",
            file=f"{problem.file.parent.name}/{problem.file.name}",
            line=problem.line,
            problem=problem.sentence,
        )
        for problem in world.templates.check()
    )


def _estimate(world: World, *, text: str = "") -> Any:  # noqa: ANN401  (a datetime; ask is untyped)
    now, office = world.clock.now(), world.policies.office
    return parse_estimate(text, now, office) if text else default_estimate(now, office)


def _preview(world: World, *, thread: str, variables: Mapping[str, Any] | None = None, **chosen: Any) -> Preview:  # noqa: ANN401  (the fields of Request)
    request = Request(thread=thread, variables=variables or {}, **chosen)
    with world.store.read() as session:
        prepared = _prepared(world, session, request)
        ours, office = world.ours(session), world.policies.office
        found = inspect(session, prepared, request, ours, office, world.clock.now())
    return _shown(prepared, found)


def _holds(world: World, *, requests: Sequence[Mapping[str, Any]]) -> tuple[HoldRow, ...]:
    """Return the holding replies of several threads, each with what is wrong with it."""
    rows: list[HoldRow] = []
    with world.store.read() as session:
        for fields in requests:
            thread = str(fields["thread"])
            try:
                prepared = _prepared(world, session, Request(**fields))
                rows.append(HoldRow(thread, _shown(prepared, Inspection()), prepared.estimate))
            except MailcrmError as error:
                rows.append(HoldRow(thread, problem=error.sentence))
    return tuple(rows)


def _shown(prepared: Prepared, found: Inspection) -> Preview:
    return Preview(
        to=tuple(Person(a.display_name, a.addr_spec) for a in prepared.to),
        cc=tuple(Person(a.display_name, a.addr_spec) for a in prepared.cc),
        from_=Person(prepared.from_.display_name, prepared.from_.addr_spec),
        subject=prepared.subject,
        body=prepared.body,
        quoted=prepared.quoted,
        signature=prepared.signature,
        language=prepared.language,
        missing=prepared.missing,
        seen_until=prepared.seen_until,
        checks=found.checks,
        questions=found.questions,
        promised=found.promised,
        defaults=prepared.defaults,
    )


def _prepared(world: World, session: Session, request: Request) -> Prepared:
    ours = world.ours(session)
    return prepare(session, request, world.templates, ours, world.policies.office, world.clock.now())


def _trust(world: World, *, message: str) -> TrustRow:
    with world.store.read() as session:
        row = session.get_one(Message, number(message, "m", "message"))
        raw, servers = read_raw(session, row.raw_id), servers_for(session, row.account_id)
    view, read = world.read_trust(raw), read_mail(world.parser, raw, servers)
    return TrustRow(
        id=message,
        from_=Person(read.mail.from_.display_name, read.mail.from_.addr_spec),
        sender_host=view.sender_host,
        sender_ip=view.sender_ip,
        hops=view.hops,
        authentication=read.authentication,
        warnings=tuple(WarningRow(code, detail) for code, detail in read.warnings),
        defects=tuple(dict.fromkeys((*read.mail.defects, *view.defects))),
        to=_persons(read.mail.to),
        cc=_persons(read.mail.cc),
        reply_to=_persons(read.mail.reply_to),
        subject=row.subject,
        message_id=row.message_id,
        date=read.mail.date,
        arrived_at=row.arrived_at,
    )


def _persons(addresses: Sequence[Address]) -> tuple[Person, ...]:
    return tuple(Person(one.display_name, one.addr_spec) for one in addresses)


def _links(world: World, *, message: str) -> tuple[LinkRow, ...]:
    """Return the links of a mail, read out of its bytes: the text that is kept holds no target where a plain text says the same."""
    with world.store.read() as session:
        raw = read_raw(session, session.get_one(Message, number(message, "m", "message")).raw_id)
    return tuple(
        LinkRow(
            number=place,
            shown=link.shown,
            url=link.url,
            host=host_of(link.url),
            misleads=misleads(link.shown, link.url),
            foreign=is_foreign(link.url),
            opens=can_be_opened(link.url),
        )
        for place, link in enumerate(world.read_links(raw), 1)
    )


def _health(world: World) -> Any:  # noqa: ANN401  (a Health)
    holder = world.lock.holder()
    engine = "here" if world.lock.held else "elsewhere" if holder else "nobody"
    with world.store.read() as session:
        return desk.health(session, world.outlook(session), engine=engine, holder=holder)


def _providers(world: World, *, address: str = "") -> tuple[ProviderRow, ...]:
    return world.providers(address)


QUESTIONS: dict[str, Question] = {
    "worklist": _from_records(worklist.worklist),
    "thread": _from_records(threads.thread),
    "threads": _from_records(threads.threads),
    "forgotten": _from_records(forgotten.forgotten),
    "suggestions": _from_records(suggestions.suggestions),
    "explain": _from_records(explain.explain),
    "report_replies": _from_records(report.replies),
    "also_open": _from_records(also.also_open),
    "order": _from_records(orders.order),
    "orders": _from_records(orders.orders),
    "order_sheet": _from_records(orders.order_sheet),
    "order_board": _from_records(order_board.order_board),
    "order_page": _from_records(order_board.order_page),
    "order_form": _from_records(order_board.order_form),
    "task": _from_records(tasks.task),
    "tasks": _from_records(tasks.tasks),
    "sample": _from_records(samples.sample),
    "samples": _from_records(samples.samples),
    "sample_board": _from_records(sample_board.sample_board),
    "sample_page": _from_records(sample_board.sample_page),
    "sample_form": _from_records(sample_board.sample_form),
    "sample_parcels": _from_records(samples.sample_parcels),
    "sample_statuses": _from_records(samples.sample_statuses),
    "sample_ledger": _from_records(samples.sample_ledger),
    "search": _from_records(search.search),
    "companies": _from_records(people.companies),
    "company": _from_records(people.company),
    "customer": _from_records(customer.customer),
    "contact_card": _from_records(customer.contact_card),
    "contacts": _from_records(people.contacts),
    "contact": _from_records(people.contact),
    "cost_sheets": _from_records(cost_sheets.cost_sheets),
    "cost_sheet": _from_records(cost_sheets.cost_sheet),
    "exchange_rates": _from_records(exchange_rates.exchange_rates),
    "exchange_rate": _from_records(exchange_rates.exchange_rate),
    "freight_piece": _from_records(freight.freight_piece),
    "refund_rates": _from_records(refund_rates.refund_rates),
    "refund_preview": _from_records(refund_rates.refund_preview),
    "pricelists": _from_records(pricelists.pricelists),
    "pricelist": _from_records(pricelists.pricelist),
    "pricelist_diff": _from_records(pricelists.pricelist_diff),
    "pricelist_preview": preview_pricelist,
    "product": _from_records(products.product),
    "products": _from_records(products.products),
    "product_preview": preview_products,
    "inquiry": _from_records(inquiries.inquiry),
    "inquiries": _from_records(inquiries.inquiries),
    "inquiry_board": _from_records(inquiry_board.inquiry_board),
    "inquiry_page": _from_records(inquiry_board.inquiry_page),
    "inquiry_form": _from_records(inquiry_board.inquiry_form),
    "recipients": _from_records(recipients.recipients),
    "colleagues": _from_records(team.colleagues),
    "team_load": _from_records(managing.team_load),
    "presences": _from_records(team.presences),
    "notices": _from_records(notices.notices),
    "notice": _from_records(notices.digest_row),
    "quotes": _from_records(quotes.quotes),
    "quote": _from_records(quotes.quote),
    "quote_board": _from_records(quote_board.quote_board),
    "quote_lines": quote_lines,
    "quote_page": _from_records(quote_board.quote_page),
    "quote_form": _from_records(quote_forms.quote_form),
    "live_quotes_using": _from_records(quotes.live_quotes_using),
    "quarantine": _from_records(quarantine.quarantine),
    "quarantine_item": _from_records(quarantine.quarantine_item),
    "draft": _from_records(draft.draft),
    "outbox": _from_records(outbox.outbox),
    "outbox_item": _from_records(outbox.outbox_item),
    "accounts": _from_records(desk.accounts),
    "actions": _from_records(desk.actions),
    "attachment": attachment,
    "health": _health,
    "trust": _trust,
    "links": _links,
    "downloads": downloads,
    "templates": _templates,
    "template_show": _template_show,
    "template_check": _template_check,
    "estimate": _estimate,
    "preview": _preview,
    "leaving": leaving,
    "holds": _holds,
    "doctor": doctor,
    "test_account": test_account,
    "try_account": try_account,
    "providers": _providers,
    "our_entities": _from_records(our_company.our_entities),
    "our_entity": _from_records(our_company.our_entity),
    "bank_accounts": _from_records(our_company.bank_accounts),
    "bank_account": _from_records(our_company.bank_account),
    "document_check": check_documents,
}
