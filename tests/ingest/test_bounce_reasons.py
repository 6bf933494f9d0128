"""Why a mail came back: the codes that servers state, and the reasons that they put in words (RFC 3463)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.adapters.mime import Mime
from mailcrm.domain.message import Bounce, Kind, ReadMail
from mailcrm.ingest.classifiers.reasons import DETAILS, reason_in, reason_status
from mailcrm.ingest.classifiers.status import is_vague, reply_class, status_in
from mailcrm.ingest.reading import read_mail

HEAD = "From: MAILER-DAEMON@mx.example\nTo: lin@seller.example\nSubject: failure notice\nContent-Type: text/plain; charset=utf-8\n\n"


def read(text: str) -> ReadMail:
    return read_mail(Mime(), text.encode())


def bounce(text: str) -> Bounce:
    got = read(text).bounce
    assert got is not None
    return got


def report(fields: str, told: str = "Your mail could not be delivered.") -> str:
    return (
        "From: MAILER-DAEMON@mx.example\nTo: lin@seller.example\nSubject: Undelivered\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        f"--b\n\n{told}\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; ana@buyer.example\nAction: failed\n{fields}\n--b--\n"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("550 5.1.1 no such user", "5.1.1"), ("#5.1.1 smtp;550", "5.1.1"), ("550-5.7.26 unauthenticated", "5.7.26"),
        ("452 4.2.2 full", "4.2.2"), ("550 (5.2.1) disabled", "5.2.1"), ("5.0.0 then 550 5.4.4", "5.4.4"),
        ("4.4.7 expired, before it 4.4.1 no answer", "4.4.1"), ("550 5.0.0 unknown", "5.0.0"), ("2.0.0 sent", ""),
        ("SMTPSVC(5.0.2195.6713)", ""), ("host 5.1.1.7 said no", ""), ("v5.1.2 of the program", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_code_that_says_why_is_read(text: str, code: str) -> None:
    assert status_in(text) == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [("550 no", "5"), ("<<< 421 later", "4"), ("said: 554-blocked", "5"), ("waited 450 days", ""), ("no number", "")],
)
def test_the_class_of_a_reply(text: str, expected: str) -> None:
    assert reply_class(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("User unknown in virtual mailbox table", "user_unknown"), ("No such user here", "user_unknown"),
        ("The email account that you tried to reach does not exist", "user_unknown"), ("mailbox not found", "user_unknown"),
        ("收件人不存在", "user_unknown"), ("Пользователь не найден", "user_unknown"), ("Empfänger unbekannt", "user_unknown"),
        ("The recipient's mailbox is full", "mailbox_full"), ("user is over quota", "mailbox_full"), ("对方邮箱已满", "mailbox_full"),
        ("mailbox exceeds allowed size", "mailbox_full"), ("message size exceeds fixed maximum message size", "too_big"),
        ("Message too large", "too_big"), ("Domain not found", "host_unknown"), ("Unrouteable address", "host_unknown"),
        ("Host or domain name not found. Name service error", "host_unknown"), ("domain has null MX", "not_accepting"),
        ("Relay access denied", "no_relaying"), ("we do not relay", "no_relaying"), ("sorry, that domain isn't in rcpthosts", "no_relaying"),
        ("account has been disabled", "suspended"), ("该账号被停用", "suspended"), ("he is no longer with the company", "has_moved"),
        ("blocked using zen.spamhaus.example", "blocked"), ("your IP is on our block list", "blocked"), ("Client host banned", "blocked"),
        ("This message looks like spam", "spam"), ("unsolicited mail detected", "spam"), ("a virus was found", "virus"),
        ("no PTR record for your address", "reverse_dns"), ("SPF check failed", "authentication"), ("DMARC policy says no", "authentication"),
        ("poor sender reputation", "reputation"), ("too many connections from you", "too_many"), ("rate limit reached", "too_fast"),
        ("Sender address rejected: not permitted", "rejected"), ("you are not a member of this list", "rejected"),
        ("attachment type not allowed", "content"), ("SMTP authentication is required", "security"), ("must issue a STARTTLS command", "security"),
        ("connection refused", "network"), ("too many hops", "network"), ("Connection timed out", "expired"), ("retry timeout exceeded", "expired"),
        ("message has been in the queue too long", "expired"), ("Could not deliver for the last 4 days. Giving up", "expired"),
        ("command died with exit status 1", "mailer"), ("No space left on device", "system_full"), ("internal error", "system"),
        ("it is Tuesday", "undefined"), ("", "undefined"),
        ("<does-not-exist@buyer.example>: connection refused", "network"),  # an address is made of any words
    ],
)  # fmt: skip
def test_a_reason_in_words(text: str, reason: str) -> None:
    assert reason_in(text) == reason


def test_an_unknown_user_at_rcpt_is_unknown_and_elsewhere_filtered() -> None:
    assert reason_status("550 user unknown", ">>> RCPT TO:<a@b.example>\n<<< 550 user unknown", "5") == "5.0.911"
    assert reason_status("550 user unknown", ">>> DATA\n<<< 550 user unknown", "5") == "5.0.910"
    assert reason_status("550 user unknown", "550 user unknown", "5") == "5.0.910"
    assert reason_status("", "Unknown user: a@b.example", "5") == "5.0.911"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("Status: 5.1.1", "5.1.1"),
        ("Status: 5.0.0\nDiagnostic-Code: smtp; 550 5.2.1 disabled", "5.2.1"),
        ("Status: 5.1.1\nDiagnostic-Code: smtp; 552 5.2.2 over quota", "5.2.2"),  # the server's answer says more
        ("Status: 4.5.0\nDiagnostic-Code: smtp; 550 5.5.0 refused", "5.5.0"),
        ("Status: 5.0.0\nDiagnostic-Code: smtp; 550 user unknown", "5.0.0"),  # stated, however little it says
        ("Diagnostic-Code: smtp; 552 mailbox full", "5.0.922"),
        ("Diagnostic-Code: smtp; 421 too many connections", "4.0.945"),
        ("Status: failed", "5.0.900"),
    ],
)
def test_what_a_report_states_and_what_it_says(fields: str, code: str) -> None:
    assert bounce(report(fields)).status == code


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Unknown user: ana@buyer.example", "5.0.911"),
        ("<ana@buyer.example>:\nRemote host said:\n554 blocked by our block list", "5.0.971"),
        ("delivery to ana@buyer.example failed\n\n552 mailbox is full", "5.0.922"),
        ("<ana@buyer.example>: retry timeout exceeded", "5.0.947"),
        ("This is a warning: mail to <ana@buyer.example> is delayed.\n\n421 host not reachable", "4.0.947"),
    ],
)
def test_prose_without_a_code(told: str, code: str) -> None:
    got = bounce(
        f"{HEAD}The mail could not be delivered.\n\n{told}\n\n--- Below this line is a copy of the message.\n\nspam virus"
    )
    assert (got.status, got.recipient) == (code, "ana@buyer.example")


def test_a_report_by_anybody_counts_where_it_opens_with_its_form() -> None:
    mail = "From: service@seller.example\nTo: lin@seller.example\nSubject: Returned Mail\n\n{}Failed recipients\n\n<ana@buyer.example>: 550 no\n"
    assert read(mail.format("")).kind is Kind.BOUNCE_HARD
    assert read(mail.format("Dear Lin,\n\nwhat does this mean? " + "I ask you. " * 40)).kind is Kind.HUMAN
    assert read(mail.replace("Subject: ", "Subject: Fwd: ").format("")).kind is Kind.HUMAN


def test_a_notification_in_json() -> None:
    notice = (
        '{"Message": "{\\"notificationType\\":\\"Bounce\\",\\"bounce\\":{\\"bounceType\\":\\"Permanent\\",\\"bouncedRecipients\\":[{\\"emailAddress\\":'
        '\\"ana@buyer.example\\",\\"action\\":\\"failed\\",\\"status\\":\\"5.1.1\\",\\"diagnosticCode\\":\\"smtp; 550 5.1.1 no\\"}]}}"}'
    )
    got = read(f"From: <no-reply@notify.example>\nSubject: Notification\n\n{notice}")
    assert got.kind is Kind.BOUNCE_HARD
    assert got.bounce is not None
    assert (got.bounce.recipient, got.bounce.status, got.bounce.diagnostic) == (
        "ana@buyer.example",
        "5.1.1",
        "550 5.1.1 no",
    )


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from("45"))
def test_any_text_gets_a_code_of_its_class(answer: str, told: str, status_class: str) -> None:
    status = reason_status(answer, told, status_class)
    assert status.startswith(f"{status_class}.0.9")
    assert int(status[4:]) in DETAILS.values()
    assert not is_vague(status)


def test_a_list_that_takes_no_mail() -> None:
    got = read(
        "From: valves-admin@lists.example\nTo: lin@seller.example\nSubject: You lin@seller.example are not member (valves)\n\n"
        "You are not a member of this mailing list <valves@lists.example>.\n"
    )
    assert got.kind is Kind.BOUNCE_HARD
    assert got.bounce is not None
    assert got.bounce.status == "5.0.918"
    mail = "From: valves-admin@lists.example\nTo: lin@seller.example\nSubject: The new catalogue\n\nNot a member yet? Write to us."
    assert read(mail).kind is Kind.HUMAN
