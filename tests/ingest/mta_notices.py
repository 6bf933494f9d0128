"""Notices of mail servers, written in the manner of each: what it says, and what a reader should learn from it.

The wording is our own, the forms are theirs: where the address stands, how the server's answer is quoted, where the original
begins. A `status` of one digit asks for the class only.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["MORE", "NOTICES", "TRAPS", "Notice", "mail", "report"]

ORIGINAL = "Message-ID: <q7@seller.example>\nFrom: Lin <lin@seller.example>\nTo: ana@buyer.example\nSubject: Offer 4711\n\nDear Ana, here is our offer.\n"
DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example>"


class Notice(NamedTuple):
    name: str
    text: str
    kind: str
    status: str
    recipient: str = "ana@buyer.example"
    original: str = "q7@seller.example"


def mail(sender: str, subject: str, text: str, extra: str = "", kind: str = "text/plain") -> str:
    return (
        f"From: {sender}\nTo: lin@seller.example\nSubject: {subject}\nDate: Mon, 2 Nov 2026 10:15:00 +0000\n{extra}"
        f"MIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}"
    )


def report(
    sender: str, subject: str, told: str, fields: str, original: str = ORIGINAL, told_type: str = "text/plain"
) -> str:
    return (
        f"From: {sender}\nTo: lin@seller.example\nSubject: {subject}\nDate: Mon, 2 Nov 2026 10:15:00 +0000\nAuto-Submitted: auto-replied\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b7\n\n"
        f"--b7\nContent-Type: {told_type}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{told}\n\n"
        f"--b7\nContent-Type: message/delivery-status\n\n{fields}\n\n--b7\nContent-Type: message/rfc822\n\n{original}\n--b7--\n"
    )


def fields(status: str, diagnostic: str = "", action: str = "failed", recipient: str = "ana@buyer.example") -> str:
    code = f"\nDiagnostic-Code: smtp; {diagnostic}" if diagnostic else ""
    return f"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}{code}"


HARD, SOFT = "bounce_hard", "bounce_soft"
NOTICES = (
    Notice("postfix, user unknown", report(DAEMON, "Undelivered Mail Returned to Sender",
        "This is the mail system at host mx.example.\n\nWe are sorry, but your message reached nobody.\n\n<ana@buyer.example>: host mail.buyer.example[192.0.2.7] said: 550 5.1.1\n    <ana@buyer.example>: Recipient address rejected: nobody of that name here (in reply to RCPT TO command)",
        fields("5.1.1", "550 5.1.1 <ana@buyer.example>: Recipient address rejected: nobody of that name here")), HARD, "5.1.1"),
    Notice("postfix, still trying", report(DAEMON, "Delayed Mail (still being retried)",
        "THIS IS ONLY A WARNING. NO NEED TO SEND AGAIN.\n\n<ana@buyer.example>: connect to mail.buyer.example[192.0.2.7]:25: Connection timed out",
        fields("4.4.1", "X-Postfix; connect to mail.buyer.example: Connection timed out", "delayed")), SOFT, "4.4.1"),
    Notice("postfix, no such domain", report(DAEMON, "Undelivered Mail Returned to Sender",
        "<ana@buyer.example>: Host or domain name not found. Name service error for name=buyer.example type=AAAA: Host not found",
        fields("5.4.4", "X-Postfix; Host or domain name not found")), HARD, "5.4.4"),
    Notice("sendmail, mailbox full", report("Mail Delivery Subsystem <MAILER-DAEMON@mx.example>", "Returned mail: see transcript for details",
        "The original message was received at Mon, 2 Nov 2026 10:14:00 GMT\nfrom localhost\n\n   ----- The following addresses had permanent fatal errors -----\n<ana@buyer.example>\n    (reason: 552 5.2.2 no room left)\n\n   ----- Transcript of session follows -----\n... while talking to mail.buyer.example.:\n>>> DATA\n<<< 552 5.2.2 no room left\n554 5.0.0 Service unavailable",
        fields("5.2.2", "552 5.2.2 no room left")), HARD, "5.2.2"),
    Notice("old sendmail", mail("Mail Delivery Subsystem <MAILER-DAEMON@mx.example>", "Returned mail: User unknown",
        "The original message was received at Mon, 2 Nov 1998 10:15:00 -0500\nfrom lin@[192.0.2.4]\n\n   ----- The following addresses had permanent fatal errors -----\n<ana@buyer.example>\n\n   ----- Transcript of session follows -----\n... while talking to mail.buyer.example.:\n>>> RCPT To:<ana@buyer.example>\n<<< 550 <ana@buyer.example>... User unknown\n550 <ana@buyer.example>... User unknown\n\n   ----- Original message follows -----\n" + ORIGINAL), HARD, "5.0.911"),
    Notice("older sendmail, unsent below", mail("MAILER-DAEMON@mx.example (Mail Delivery Subsystem)", "Returned mail: Host unknown",
        "   ----- Transcript of session follows -----\n550 ana@buyer.example... Host unknown (Name server: mail.buyer.example: host not found)\n\n   ----- Unsent message follows -----\n" + ORIGINAL), HARD, "5.0.912"),
    Notice("sendmail, warning", mail("Mail Delivery Subsystem <MAILER-DAEMON@mx.example>", "Warning: could not send message for past 4 hours",
        "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n   ----- Transcript of session follows -----\n<ana@buyer.example>... Deferred: Connection refused by mail.buyer.example.\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n\n   ----- Original message follows -----\n" + ORIGINAL), SOFT, "4"),
    Notice("exim, unrouteable", mail(DAEMON, "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\nA message of yours reached none of the addresses below. This error is final.\n\n  ana@buyer.example\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n\n" + ORIGINAL,
        "X-Failed-Recipients: ana@buyer.example\nAuto-Submitted: auto-replied\n"), HARD, "5.0.912"),
    Notice("exim, refused at rcpt", mail(DAEMON, "Mail delivery failed: returning message to sender",
        "The following address(es) failed:\n\n  ana@buyer.example\n    host mail.buyer.example [192.0.2.7]\n    SMTP error from remote mail server after RCPT TO:<ana@buyer.example>:\n    550 5.1.1 The account that you wrote to is not here\n\n" + ORIGINAL), HARD, "5.1.1"),
    Notice("exim, warning", mail(DAEMON, "Warning: message 1abcDE-0000aB-C2 delayed 48 hours",
        "A message that you sent has not yet been delivered to one or more of its recipients after more than 48 hours on the queue on mx.example.\n\nThe message identifier is:     1abcDE-0000aB-C2\nThe subject of the message is: Offer 4711\n\nThe address to which the message has not yet been delivered is:\n\n  ana@buyer.example\n    host mail.buyer.example [192.0.2.7]\n    Delay reason: Connection timed out\n\nNo action is required on your part. Delivery attempts will go on for some time."), SOFT, "4.0.947", original=""),
    Notice("qmail, no mailbox", mail("MAILER-DAEMON@mx.example", "failure notice",
        "Hi. This is the qmail-send program at mx.example.\nI could not bring your message to the addresses below.\nThis is a permanent error; I have given up.\n\n<ana@buyer.example>:\nSorry, there is no mailbox here of this name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <lin@seller.example>\n" + ORIGINAL), HARD, "5.1.1"),
    Notice("qmail, remote host said", mail("MAILER-DAEMON@mx.example", "failure notice",
        "<ana@buyer.example>:\nConnected to 192.0.2.7 but sender was rejected.\nRemote host said: 553 5.7.1 we take nothing from you\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <lin@seller.example>\n" + ORIGINAL), HARD, "5.7.1"),
    Notice("qmail, too long in the queue", mail("MAILER-DAEMON@mx.example", "failure notice",
        "<ana@buyer.example>:\n192.0.2.7 does not like recipient.\nRemote host said: 451 come back later\nGiving up on 192.0.2.7.\nI'm not going to try again; this message has been in the queue too long.\n\n--- Below this line is a copy of the message.\n\n" + ORIGINAL), SOFT, "4"),
    Notice("courier", report('"Courier mail server at mx.example" <@>', "NOTICE: mail delivery status.",
        "This is a delivery status notification from mx.example, running the Courier mail server.\n\nThe original message was received on Mon, 02 Nov 2026\n\n           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<ana@buyer.example>:\n   mail.buyer.example [192.0.2.7]:\n>>> RCPT TO:<ana@buyer.example>\n<<< 550 User unknown.",
        fields("5.0.0", "550 User unknown.")), HARD, "5.0.0"),
    Notice("opensmtpd", report("Mailer Daemon <MAILER-DAEMON@mx.example>", "Delivery status notification: error",
        "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has happened while trying to bring a mail to these recipients:\n\nana@buyer.example: 550 5.2.1 this mailbox sleeps\n\n    Below is a copy of the original message:",
        fields("5.2.1")), HARD, "5.2.1"),
    Notice("exchange 5.5", mail("System Administrator <postmaster@buyer.example>", "Undeliverable: Offer 4711",
        "Your message\n\n  To:      Ana Perez\n  Subject: Offer 4711\n  Sent:    Mon, 2 Nov 1998 10:15:00 +0800\n\ndid not reach the following recipient(s):\n\nana@buyer.example on Mon, 2 Nov 1998 10:16:02 +0100\n    The recipient name is not recognized\n\tThe MTS-ID of the original message is: c=us;a= ;p=buyer;l=SRV0211021016\n    MSEXCH:IMS:BUYER:HQ:SRV 0 (000C05A6) Unknown Recipient\n\nMessage-ID: <q7@seller.example>\n"), HARD, "5.0.911"),
    Notice("exchange 2003", report("System Administrator <postmaster@buyer.example>", "Undeliverable: Offer 4711",
        "Your message did not reach some or all of the intended recipients.\n\n      Subject:\tOffer 4711\n      Sent:\t11/2/2026 10:15 AM\n\nThe following recipient(s) could not be reached:\n\n      ana@buyer.example on 11/2/2026 10:16 AM\n            There is no such account at the organization this message was sent to.\n            <mail.buyer.example #5.1.1>",
        "Reporting-MTA: dns;mail.buyer.example\n\nFinal-Recipient: RFC822;ana@buyer.example\nAction: failed\nStatus: 5.1.1"), HARD, "5.1.1"),
    Notice("exchange 2003, no report", mail("System Administrator <postmaster@buyer.example>", "Undeliverable: Offer 4711",
        "Your message did not reach some or all of the intended recipients.\n\n      Subject:\tOffer 4711\n      Sent:\t11/2/2026 10:15 AM\n\nThe following recipient(s) could not be reached:\n\n      ana@buyer.example on 11/2/2026 10:16 AM\n            You do not have permission to send to this recipient.\n            <mail.buyer.example #5.7.1 smtp;550 5.7.1 Unable to relay for ana@buyer.example>"), HARD, "5.7.1", original=""),
    Notice("exchange 2007", report("Microsoft Exchange <postmaster@buyer.example>", "Undeliverable: Offer 4711",
        "Delivery has failed to these recipients or distribution lists:\n\nAna Perez<mailto:ana@buyer.example>\nThe address you typed was not found. Check it and send again.\n\nDiagnostic information for administrators:\n\nGenerating server: srv.buyer.example\n\nana@buyer.example\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
        fields("5.1.1", "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found")), HARD, "5.1.1"),
    Notice("microsoft 365", report("Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@buyer.example>", "Undeliverable: Offer 4711",
        "<html><body><p>Your message to <a href='mailto:ana@buyer.example'>ana@buyer.example</a> couldn't be delivered.</p><p>ana wasn't found at buyer.example.</p></body></html>",
        fields("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ana@buyer.example not found by SMTP address lookup"), told_type="text/html"), HARD, "5.1.10"),
    Notice("microsoft 365, report lost", mail("postmaster@seller.example", "Undeliverable: Offer 4711",
        "<html><body><h1>Your message couldn't be delivered</h1><p>Your message to <a href='mailto:ana@buyer.example'>ana@buyer.example</a> was blocked by the admins of buyer.example.</p><p>Remote Server returned '550 5.7.64 TenantAttribution; Relay Access Denied'</p></body></html>", kind="text/html"), HARD, "5.7.64", original=""),
    Notice("exchange, german", report("Microsoft Outlook <postmaster@buyer.example>", "Unzustellbar: Angebot 4711",
        "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nana@buyer.example\nDas Postfach des Empfängers ist voll.",
        fields("5.2.2", "554 5.2.2 mailbox full; STOREDRV.Deliver")), HARD, "5.2.2"),
    Notice("exchange, german, no report", mail("Microsoft Exchange <postmaster@buyer.example>", "Unzustellbar: Angebot 4711",
        "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Verteilerlisten:\n\nana@buyer.example\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden. Der Empfänger ist unbekannt.\n"), HARD, "5.0.911", original=""),
    Notice("exchange, chinese", mail("Microsoft Outlook <postmaster@buyer.example>", "未送达: 报价 4711",
        "未能将您的邮件传递给下列收件人或组:\n\nana@buyer.example\n您输入的电子邮件地址找不到。请检查后再发。\n\n生成服务器: srv.buyer.example\nana@buyer.example\n远程服务器返回“550 5.1.1 RESOLVER.ADR.RecipNotFound; not found”\n"), HARD, "5.1.1", original=""),
    Notice("exchange, delayed", report("Microsoft Outlook <postmaster@seller.example>", "Delivery delayed: Offer 4711",
        "Delivery is delayed to these recipients or groups:\n\nana@buyer.example\n\nThe server will go on trying for 1 day, 19 hours.",
        fields("4.4.7", "", "delayed")), SOFT, "4.4.7"),
    Notice("domino", mail("Postmaster@buyer.example", "DELIVERY FAILURE: User ana (ana@buyer.example) not listed in Domino Directory",
        "Your message\n\n  Subject: Offer 4711\n\nwas not delivered to:\n\n  ana@buyer.example\n\nbecause:\n\n  User ana (ana@buyer.example) not listed in Domino Directory\n"), HARD, "5.0.911", original=""),
    Notice("domino, mailbox full", mail("MAILER-DAEMON@buyer.example", "DELIVERY FAILURE: Error delivering to mail/ana.nsf; quota",
        "Your message\n\n  Subject: Offer 4711\n\nwas not delivered to:\n\n  ana@buyer.example\n\nbecause:\n\n  Cannot deliver: the user's mail file is over its quota\n"), HARD, "5.0.922", original=""),
    Notice("groupwise", mail("Mail Delivery Agent <mailer-daemon@buyer.example>", "Message status - undeliverable",
        "The message that you sent was undeliverable to the following:\n\n\tana@buyer.example (550 User unknown)\n\nPossibly truncated original message follows:\n\n" + ORIGINAL), HARD, "5"),
    Notice("james", mail("postmaster@mx.example", "Re: Offer 4711",
        "Hi. This is the James mail server at mx.example.\nI'm afraid I could not bring your message to the following addresses.\nThis is a permanent error; I've given up. Below I include the list of recipients and the reason why.\n\n[ana@buyer.example]\n\nError message below:\n550 5.1.1 no mailbox of this name\n\nMessage details:\n  Subject: Offer 4711\n  Message-ID: <q7@seller.example>\n", "Return-Path: <>\n"), HARD, "5.1.1"),
    Notice("imail", mail("Postmaster <postmaster@mx.example>", "Undeliverable Mail",
        "User mailbox exceeds allowed size: ana@buyer.example\n\nOriginal message follows.\n\n" + ORIGINAL), HARD, "5.0.922"),
    Notice("imail, delivery failed", mail("Postmaster <postmaster@mx.example>", "Undeliverable Mail",
        "undeliverable to ana@buyer.example\n\nOriginal message follows.\n\n" + ORIGINAL), HARD, "5"),
    Notice("mailenable", mail("Postmaster <postmaster@mx.example>", "Message Delivery Failure",
        "MailEnable: Message could not be delivered to some recipients.\nThe following recipient(s) could not be reached:\n\n\tRecipient: [SMTP:ana@buyer.example]\n\tReason: Remote SMTP Server Returned: 550 5.1.1 nobody here has this name\n\nMessage headers follow:\n\n" + ORIGINAL), HARD, "5.1.1"),
    Notice("mimecast", mail("postmaster@mimecast.example", "[Postmaster] Email Delivery Failure",
        "-- This is an automated notice --\nYour email could not be delivered.\n\nSender: lin@seller.example\nRecipient: ana@buyer.example\nSubject: Offer 4711\nReason: 550 Rejected by header based manually Blocked Senders\n"), HARD, "5.0.971", original=""),
    Notice("barracuda", mail("MAILER-DAEMON@gw.example (Mail Delivery System)", "Undelivered Mail: Offer 4711",
        "Your message to ana@buyer.example was blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:\n\nSubject: Offer 4711\n\nReporting-MTA: dns; gw.example\nMessage-ID: <q7@seller.example>\n"), HARD, "5.0.971"),
    Notice("proofpoint", report("Mail Delivery Subsystem <MAILER-DAEMON@pp.example>", "Returned mail: see transcript for details",
        "   ----- The following addresses had permanent fatal errors -----\n<ana@buyer.example>\n    (reason: 550 5.7.1 Your mail server's address is on the Dynamic Reputation list)",
        fields("5.7.1", "550 5.7.1 Your mail server's address is on the Dynamic Reputation list")), HARD, "5.7.1"),
    Notice("messagelabs", mail("MAILER-DAEMON@messagelabs.example", "Mail Delivery Failure",
        "This is the mail delivery agent at messagelabs.example.\nI was not able to deliver your message to the following addresses:\n\nana@buyer.example\n192.0.2.7 does not like recipient\nRemote host said: 550 5.1.1 Unknown recipient\n\n--- Below the line is a copy of the message.\n\n" + ORIGINAL), HARD, "5.1.1"),
    Notice("ironport", report("Mail Delivery System <MAILER-DAEMON@iron.example>", "Delivery Status Notification (Failure)",
        "The following message to <ana@buyer.example> was undeliverable.\nThe reason for the problem:\n5.1.0 - Unknown address error 550-'no such person'",
        fields("5.0.0", "5.1.0 - Unknown address error 550-'no such person' (delivery attempts: 0)")), HARD, "5.1.0"),
    Notice("surfcontrol", mail("SurfControl E-mail Filter <filter@buyer.example>", "Could not be delivered: Offer 4711",
        "Your message could not be delivered.\nThe server answered: 550 5.1.1 User not found\nThe mail was addressed to:\n\n  ana@buyer.example\n\nMessage-ID: <q7@seller.example>\n", "Return-Path: <>\n"), HARD, "5.1.1"),
    Notice("interscan", mail("InterScan MSS <postmaster@gw.example>", "Mail could not be delivered",
        "This is a notice of InterScan. Sent <<< RCPT TO:<ana@buyer.example>\nReceived >>> 550 5.1.1 <ana@buyer.example>... no such user\n\nUnable to deliver message to <ana@buyer.example>.\n\n" + ORIGINAL), HARD, "5.1.1"),
    Notice("gmail, address not found", report("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)",
        "** Address not found **\n\nYour message wasn't delivered to ana@buyer.example because the address couldn't be found, or is unable to receive mail.\n\nThe response was:\n550 5.1.1 There is no account of this name.",
        fields("5.1.1", "550-5.1.1 There is no account of this name.")), HARD, "5.1.1"),
    Notice("gmail, delayed", report("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Delay)",
        "** Delivery incomplete **\n\nThere was a temporary problem delivering your message to ana@buyer.example. Gmail will retry for 46 more hours.",
        fields("4.4.1", "DNS Error: DNS server gave no answer", "delayed")), SOFT, "4.4.1"),
    Notice("gmail of old, prose", mail("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)",
        "Delivery to the following recipient failed permanently:\n\n     ana@buyer.example\n\nTechnical details of permanent failure:\nThe error that the other server returned was: 550 550 5.1.1 unknown or illegal alias (state 14).\n\n----- Original message -----\n\n" + ORIGINAL, "X-Failed-Recipients: ana@buyer.example\n"), HARD, "5.1.1"),
    Notice("yahoo", mail("MAILER-DAEMON@yahoo.example", "Failure Notice",
        "Sorry, we were unable to deliver your message to the following address.\n\n<ana@buyer.example>:\n552: 5.2.2 The box of this person has no room\n\n--- Below this line is a copy of the message.\n\n" + ORIGINAL), HARD, "5.2.2"),
    Notice("aol", mail("Mail Delivery Subsystem <MAILER-DAEMON@aol.example>", "Returned mail: User unknown",
        "Your mail to the following recipients could not be delivered because they are not accepting mail from lin@seller.example:\n\n\tana@buyer.example\n"), HARD, "5", original=""),
    Notice("outlook.com", report("postmaster@outlook.example", "Delivery Status Notification (Failure)",
        "This is an automatically generated Delivery Status Notification.\n\nDelivery to the following recipients failed.\n\n       ana@buyer.example",
        "Reporting-MTA: dns;mail.outlook.example\n\nFinal-Recipient: rfc822;ana@buyer.example\nAction: failed\nStatus: 5.5.0\nDiagnostic-Code: smtp;550 Requested action not taken: mailbox unavailable"), HARD, "5.5.0"),
    Notice("yandex", report("mailer-daemon@yandex.example", "Недоставленное сообщение",
        "Это письмо отправлено почтовым сервером yandex.example.\n\nК сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не доставлено.\n\n<ana@buyer.example>: host mail.buyer.example[192.0.2.7] said: 550 5.7.1 No such user!",
        fields("5.7.1", "550 5.7.1 No such user!")), HARD, "5.7.1"),
    Notice("mail.ru", mail("mailer-daemon@corp.mail.example", "Mail failure.",
        "Это письмо создано автоматически\nсервером Mail.Example.\n\nВаше письмо не может быть доставлено одному или нескольким получателям:\n\n  ana@buyer.example\n    адрес не существует: user not found\n\n------ Копия вашего письма ------\n\n" + ORIGINAL, "X-Failed-Recipients: ana@buyer.example\n"), HARD, "5.0.911"),
    Notice("russian hoster", mail("Служба доставки почты <postmaster@hoster.example>", "Письмо не доставлено",
        "Ваше письмо не удалось доставить следующему получателю:\n\n<ana@buyer.example>\nПочтовый ящик переполнен\n"), HARD, "5.0.922", original=""),
    Notice("gmx", mail('"GMX Mailer Daemon" <mailer-daemon@gmx.example>', "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\nA message of yours could not be delivered to the following recipients.\n\nana@buyer.example:\nSMTP error from remote server for RCPT TO command, host: mail.buyer.example (192.0.2.7) reason: 550 5.1.1 <ana@buyer.example> unknown here\n\n--- The header of the original message is following. ---\n\n" + ORIGINAL), HARD, "5.1.1"),
    Notice("1&1, german", mail("Mail Delivery System <mailer-daemon@kunden.example>", "Mail konnte nicht zugestellt werden",
        "Diese Nachricht wurde automatisch erstellt.\n\nIhre E-Mail konnte an folgende Adresse nicht zugestellt werden:\n\nana@buyer.example:\n550 Postfach existiert nicht\n\n--- Kopfzeilen der ursprünglichen Nachricht ---\n\n" + ORIGINAL), HARD, "5"),
    Notice("zoho", mail("mailer-daemon@mail.zoho.example", "Undelivered Mail Returned to Sender",
        "This message was created automatically by mail delivery software.\n A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.\n\nana@buyer.example, ERROR CODE :550 - 5.1.1 no inbox of this name\n\nReceived:from mail.zoho.example by mx.zoho.example\n" + ORIGINAL), HARD, "5.1.1"),
    Notice("amazon ses", report("MAILER-DAEMON@email-smtp.amazonses.example", "Delivery Status Notification (Failure)",
        "An error occurred while trying to deliver the mail to the following recipients:\nana@buyer.example",
        fields("4.4.7", "550 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.4.0 Unable to lookup DNS for buyer.example>")), SOFT, "4.4.0"),
    Notice("sendgrid", report("MAILER-DAEMON@sendgrid.example", "Undelivered Mail Returned to Sender",
        "Hello, this is the mail server on sendgrid.example.\n\nI am sending you this message to inform you on the delivery status of a message you previously sent. Immediately below you will find a list of the affected recipients.",
        "Reporting-MTA: dns; sendgrid.example\n\nFinal-Recipient: rfc822; ana@buyer.example\nAction: failed\nStatus: 5.7.606\nRemote-MTA: dns; mail.buyer.example\nDiagnostic-Code: smtp; 550 5.7.606 Access denied, banned sending IP [192.0.2.4]"), HARD, "5.7.606"),
    Notice("mailgun", mail("Mail Delivery System <mailer-daemon@mailgun.example>", "Message delivery failed",
        "Your message could not be sent to: ana@buyer.example\n\nError Code: 605\nError Description: Not delivering to previously bounced address\n"), HARD, "5", original=""),
    Notice("docomo", mail("mail-daemon@docomo.example", "Returned mail: User unknown",
        "The user(s) account is temporarily over quota.\n\n<ana@buyer.example>\n\n--- The following is your mail ---\n" + ORIGINAL), HARD, "5.0.922"),
    Notice("kddi", mail("Postmaster@ezweb.example", "Mail System Error - Returned Mail",
        "The following addresses had delivery errors.\n\n<ana@buyer.example>\n  (user unknown)\n\nMessage-ID: <q7@seller.example>\n"), HARD, "5.0.911"),
    Notice("biglobe", mail("postmaster@biglobe.example", "Returned mail:",
        "   ----- The following addresses had delivery problems -----\n<ana@buyer.example>\n\n   ----- Non-delivered information -----\nThe number of messages in recipient's mailbox exceeded the local limit.\n\n   ----- Original message follows -----\n" + ORIGINAL), HARD, "5.0.922"),
    Notice("japanese hoster", mail("メール配信システム <postmaster@hoster.example>", "メールを配信できませんでした",
        "以下の宛先にメールを配信できませんでした。\n\n宛先: ana@buyer.example\n理由: 宛先のメールアドレスが見つかりません\n\nMessage-ID: <q7@seller.example>\n", "Auto-Submitted: auto-generated\n"), HARD, "5.0.911"),
    Notice("naver", mail("NAVER메일 <mailer-daemon@naver.example>", "메일이 전송되지 못했습니다",
        "보내신 메일이 아래와 같은 이유로 전송되지 못했습니다.\n\n받는 사람: ana@buyer.example\n보낸 메일: Offer 4711\n실패 이유: 존재하지 않는 사용자입니다. (550 5.1.1 no such user)\n"), HARD, "5.1.1", original=""),
    Notice("hanmail, box full", mail("Daum메일 <MAILER-DAEMON@hanmail.example>", "[반송] Offer 4711",
        "다음 수신자에게 메일을 보낼 수 없어 반송되었습니다.\n\nana@buyer.example\n수신자의 메일함 용량이 초과되었습니다.\n"), HARD, "5.0.922", original=""),
    Notice("qq", mail("PostMaster@qq.example", "来自qq.example的退信",
        "抱歉，您的邮件被退回来了……\n\n原邮件信息：\n时间 2026-11-02 10:15:00\n主题 Offer 4711\n收件人 ana@buyer.example\n\n退信原因：\n收件人邮件地址（ana@buyer.example）不存在，邮件无法送达。\nhost mail.buyer.example[192.0.2.7] said: 550 Mailbox not found\n\n建议解决方案：请联系收件人核实地址。\n"), HARD, "5", original=""),
    Notice("163", mail("Postmaster <Postmaster@163.example>", "系统退信",
        "抱歉，您的邮件被退回来了\n\n原邮件信息:\n主题: Offer 4711\n时间: 2026-11-02 10:15:00\n\n无法发送到 ana@buyer.example\n\n退信原因: 收件人邮箱已满\nSMTP error, RCPT TO: 552 5.2.2 no more room\n"), HARD, "5.2.2", original=""),
    Notice("exmail, later", mail("postmaster@exmail.example", "延迟投递通知: Offer 4711",
        "您好，您发送的邮件暂时未能送达，系统将继续重试。\n\n收件人：ana@buyer.example\n原因：对方服务器超时，无法连接\n\n您不需要重新发送。\n"), SOFT, "4", original=""),
    Notice("aliyun", mail("邮件系统 <postmaster@mail.aliyun.example>", "投递失败通知",
        "您的邮件投递失败，以下收件人没有收到：\n\nana@buyer.example\n\n失败原因：550 5.7.1 邮件被对方拒收，疑似垃圾邮件\n"), HARD, "5.7.1", original=""),
    Notice("taiwan hoster", mail("郵件系統 <mailer-daemon@hoster.example>", "郵件無法傳送",
        "您寄給下列收件人的郵件無法送達：\n\n<ana@buyer.example>\n原因：此帳號不存在\n"), HARD, "5.0.911", original=""),
    Notice("kerio", report("MAILER-DAEMON@mx.example", "Delivery Status Notification (Failure)",
        "This is an automatically generated delivery status report.\n\nWe can not bring your message to:\n\n<ana@buyer.example>\n\n550 5.1.1 the box is unknown",
        fields("5.1.1", "550 5.1.1 the box is unknown")), HARD, "5.1.1"),
    Notice("zimbra", report("MAILER-DAEMON@zimbra.example", "Undelivered Mail Returned to Sender",
        "<ana@buyer.example>: mail for buyer.example loops back to myself",
        fields("5.4.6", "X-Postfix; mail for buyer.example loops back to myself")), HARD, "5.4.6"),
    Notice("mdaemon", mail("MDaemon@mx.example", "Permanent Delivery Failure",
        "-------------------------------------------------------\nThe attached message had PERMANENT fatal delivery errors!\n-------------------------------------------------------\n\nAfter one or more unsuccessful delivery attempts the attached message has\nbeen removed from the mail queue on this server.\n\nYOUR DATA FILE WAS NOT DELIVERED TO ANY OF ITS RECIPIENTS.\n\nFailed address: ana@buyer.example\n\n--- Session Transcript ---\n Mon 2026-11-02 10:16:02: --> RCPT To:<ana@buyer.example>\n Mon 2026-11-02 10:16:02: <-- 550 <ana@buyer.example>, Recipient unknown\n--- End Transcript ---\n"), HARD, "5.0.911", original=""),
    Notice("x.400", mail("X400 Gateway <postmaster@gw.example>", "Report (non-delivery)",
        "This report relates to your message:\nSubject: Offer 4711\nMessage-ID: <q7@seller.example>\n\nYour message was not delivered to\n   ana@buyer.example\nfor the following reason:\n   Recipient's address unrecognised\n   MTA 'GW' gave error message unrecognised O/R name\n"), HARD, "5"),
    Notice("french provider", mail("Service de messagerie <postmaster@fournisseur.example>", "Échec de la remise de votre message",
        "Votre message n'a pas pu être remis au destinataire suivant :\n\nana@buyer.example\n\nMotif : la boîte aux lettres est pleine.\n"), HARD, "5.0.922", original=""),
    Notice("french, unknown", mail("MAILER-DAEMON@fournisseur.example", "Message non distribué",
        "Le serveur n'a pas réussi à remettre votre courrier.\n\nDestinataire : <ana@buyer.example>\nRaison : l'adresse n'existe pas\n"), HARD, "5.0.911", original=""),
    Notice("spanish provider", mail("Sistema de correo <postmaster@proveedor.example>", "No se pudo entregar su mensaje",
        "Su mensaje no pudo ser entregado a los siguientes destinatarios:\n\nana@buyer.example\n\nMotivo: el usuario no existe en este servidor.\n"), HARD, "5.0.911", original=""),
    Notice("portuguese provider", mail("Sistema de e-mail <mailer-daemon@provedor.example>", "Falha na entrega da mensagem",
        "Sua mensagem não pôde ser entregue para:\n\n<ana@buyer.example>\n\nMotivo: a caixa postal do destinatário está cheia.\n"), HARD, "5.0.922", original=""),
    Notice("italian provider", mail("Posta <postmaster@fornitore.example>", "Mancata consegna: Offerta 4711",
        "Il messaggio non è stato consegnato al seguente destinatario:\n\nana@buyer.example\n\nMotivo: 550 5.1.1 utente sconosciuto\n"), HARD, "5.1.1", original=""),
    Notice("sina", mail("MAILER-DAEMON@sina.example", "系统退信/Systems bounce",
        "<html><body><p>抱歉，您的邮件被退回。</p><p>收件人: ana@buyer.example</p><p>退信原因: 该用户不存在 (#5.1.1)</p></body></html>", kind="text/html"), HARD, "5.1.1", original=""),
    Notice("turkish hoster", mail("MAILER-DAEMON@hoster.example", "İletilemedi: Teklif 4711",
        "İletiniz aşağıdaki alıcıya teslim edilemedi:\n\nana@buyer.example\n550 5.1.1 böyle bir kullanıcı yok\n"), HARD, "5.1.1", original=""),
    Notice("polish hoster", mail("MAILER-DAEMON@hoster.example", "Niedostarczona wiadomość",
        "Wiadomość nie została doręczona do odbiorcy:\n\n<ana@buyer.example>\nPowód: 552 5.2.2 skrzynka jest pełna\n"), HARD, "5.2.2", original=""),
    Notice("no sender at all", mail("<>", "Delivery failure",
        "Delivery to the following address failed:\nana@buyer.example\nReason: host not found\n", "Return-Path: <>\n"), HARD, "5.0.912", original=""),
    Notice("report, address in angle brackets and a comment", report(DAEMON, "Delivery failed", "It failed.",
        "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: RFC822; <ana@buyer.example> (Ana)\nAction: Failed (bad mailbox)\nStatus: 5.1.1 (bad destination mailbox address)"), HARD, "5.1.1"),
    Notice("report under a wrong type", "From: MAILER-DAEMON@mx.example\nTo: lin@seller.example\nSubject: Delivery failed\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b7\n\n--b7\n\nIt failed.\n\n--b7\nContent-Type: text/plain\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ana@buyer.example\nAction: failed\nStatus: 5.1.1\n\n--b7\nContent-Type: message/rfc822\n\n" + ORIGINAL + "\n--b7--\n", HARD, "5.1.1"),
    Notice("a gateway wraps the report of another", "From: MAILER-DAEMON@gw.example\nTo: lin@seller.example\nSubject: Returned mail: User unknown\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=outer\n\n--outer\n\n----- The following addresses had permanent delivery errors -----\n\n--outer\nContent-Type: message/rfc822\n\n"
        + report(DAEMON, "Returned mail", "It failed.", fields("5.1.1", "550 5.1.1 nobody here")) + "\n--outer--\n", HARD, "5.1.1"),
)  # fmt: skip

# A second lot, written when the rules had been made for the first.
MORE = (
    Notice("hmailserver", mail("mailer-daemon@mx.example", "Message undeliverable: Offer 4711",
        "Your message did not reach some or all of the intended recipients.\n\n   Sent: Mon, 2 Nov 2026 10:15:00 +0800\n   Subject: Offer 4711\n\nThe following recipient(s) could not be reached:\n\nana@buyer.example\n   Error Type: SMTP\n   Remote server (192.0.2.7) issued an error.\n   hMailServer sent: RCPT TO:<ana@buyer.example>\n   Remote server replied: 550 5.1.1 no such person\n\nhMailServer\n"), HARD, "5.1.1", original=""),
    Notice("communigate", report("MAILER-DAEMON@mx.example", "Undeliverable mail: Offer 4711", "Failed to deliver to 'ana@buyer.example'\nSMTP module(domain buyer.example) reports:\n host mail.buyer.example says:\n 550 5.1.1 Not one of ours",
        "Reporting-MTA: dns; mx.example\n\nOriginal-Recipient: rfc822;<ana@buyer.example>\nFinal-Recipient: system;ana@buyer.example\nAction: failed\nStatus: 5.0.0"), HARD, "5.1.1"),
    Notice("powermta", report("mailer-daemon@pmta.example", "Delivery report", "Hello, this is the mail server on pmta.example.\n\nThe message could not be delivered because the destination refused it.",
        fields("5.7.1", "554 5.7.1 blocked by the list of the receiver")), HARD, "5.7.1"),
    Notice("haraka", mail("MAILER-DAEMON@mx.example", "failure notice", "Hi. This is the Haraka Mailer program at mx.example.\nYour message bounced.\n\nIntended Recipients: <ana@buyer.example>\nFailure Reason: Error: 550 5.4.4 no route to that domain\n\n--- Below this line is a copy of the message.\n\n" + ORIGINAL), HARD, "5.4.4"),
    Notice("axigen", mail('"MailerDaemon" <mailer-daemon@mx.example>', "Delivery failed for your message", "Sorry, the mail that you sent was not brought to one or more recipients.\n\nFailed addresses:\n  ana@buyer.example - mailbox is full\n"), HARD, "5.0.922", original=""),
    Notice("synology", mail("MAILER-DAEMON@nas.example (Mail Delivery System)", "Undelivered Mail Returned to Sender", '<ana@buyer.example>: unknown user: "ana"\n'), HARD, "5.0.911", original=""),
    Notice("sophos", mail("Email Appliance <postmaster@gw.example>", "Undeliverable message", "The message below could not be delivered.\n\nRecipient: ana@buyer.example\nServer response: 554 5.7.1 policy of the house\n\nMessage-ID: <q7@seller.example>\n"), HARD, "5.7.1"),
    Notice("fortimail", report("MAILER-DAEMON@forti.example", "Returned mail: see transcript for details", "   ----- Transcript of session follows -----\n550 5.1.1 <ana@buyer.example>... User unknown", fields("5.1.1", "550 5.1.1 User unknown")), HARD, "5.1.1"),
    Notice("trend micro", mail("IMSVA <postmaster@gw.example>", "Delivery status notification (failure)", "Your mail to ana@buyer.example was quarantined and will not be delivered. Reason: it was taken for spam.\n"), HARD, "5.0.980", original=""),
    Notice("icloud", report("Mail Delivery System <MAILER-DAEMON@icloud.example>", "Undelivered Mail Returned to Sender", "<ana@buyer.example>: host mx said: 552 5.2.2 over quota", fields("5.2.2", "552 5.2.2 over quota")), HARD, "5.2.2"),
    Notice("gmail, german", report("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)", "** Die Adresse wurde nicht gefunden **\n\nIhre Nachricht an ana@buyer.example ging nicht hinaus.", fields("5.1.1", "550 5.1.1 nobody")), HARD, "5.1.1"),
    Notice("gmail, quota, prose", mail("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)", "Recipient inbox full\n\nYour message couldn't be delivered to ana@buyer.example. Their inbox is full, or it's getting too much mail right now.\n"), HARD, "5.0.922", original=""),
    Notice("exchange, french", mail("Microsoft Outlook <postmaster@buyer.example>", "Non remis : Offre 4711", "Échec de la remise pour ces destinataires ou groupes :\n\nana@buyer.example\nL'adresse de messagerie que vous avez entrée est introuvable.\n\nLe serveur distant a renvoyé « 550 5.1.10 RESOLVER.ADR.RecipientNotFound »\n"), HARD, "5.1.10", original=""),
    Notice("exchange, spanish", mail("Microsoft Outlook <postmaster@buyer.example>", "No se puede entregar: Oferta 4711", "No se pudo entregar el mensaje a estos destinatarios o grupos:\n\nana@buyer.example\nEl buzón del destinatario está lleno y no admite mensajes ahora.\n"), HARD, "5.0.922", original=""),
    Notice("exchange, portuguese", mail("Microsoft Outlook <postmaster@buyer.example>", "Não é possível entregar: Oferta", "Falha na entrega para estes destinatários ou grupos:\n\nana@buyer.example\nO endereço de email não foi encontrado.\n"), HARD, "5.0.911", original=""),
    Notice("exchange, italian", mail("Microsoft Outlook <postmaster@buyer.example>", "Non recapitabile: Offerta", "Recapito non riuscito per i seguenti destinatari o gruppi:\n\nana@buyer.example\nL'indirizzo e-mail immesso non è stato trovato.\n"), HARD, "5.0.911", original=""),
    Notice("exchange, russian", mail("Microsoft Outlook <postmaster@buyer.example>", "Не удается доставить: Цена", "Сбой доставки следующим получателям или группам:\n\nana@buyer.example\nПочтовый ящик получателя переполнен.\n"), HARD, "5.0.922", original=""),
    Notice("exchange, japanese", mail("Microsoft Outlook <postmaster@buyer.example>", "配信不能: 見積もり", "次の受信者またはグループにメッセージを配信できませんでした:\n\nana@buyer.example\n入力した電子メール アドレスが見つかりませんでした。\n"), HARD, "5.0.911", original=""),
    Notice("exchange, korean", mail("Microsoft Outlook <postmaster@buyer.example>", "배달되지 않음: 견적", "다음 받는 사람 또는 그룹에 배달하지 못했습니다.\n\nana@buyer.example\n받는 사람의 사서함이 꽉 찼습니다.\n"), HARD, "5.0.922", original=""),
    Notice("exchange, traditional chinese", mail("Microsoft Outlook <postmaster@buyer.example>", "無法傳遞: 報價", "傳遞至下列收件者或群組失敗:\n\nana@buyer.example\n找不到您輸入的電子郵件地址。\n"), HARD, "5.0.911", original=""),
    Notice("exchange, dutch", mail("Microsoft Outlook <postmaster@buyer.example>", "Onbestelbaar: Offerte", "Kan het bericht niet bezorgen bij deze geadresseerden of groepen:\n\nana@buyer.example\nHet e-mailadres is niet gevonden.\n"), HARD, "5.0.911", original=""),
    Notice("exchange, polish", mail("Microsoft Outlook <postmaster@buyer.example>", "Nie można dostarczyć: Oferta", "Dostarczenie wiadomości do następujących adresatów lub grup nie powiodło się:\n\nana@buyer.example\nNie znaleziono podanego adresu e-mail.\n"), HARD, "5.0.911", original=""),
    Notice("exchange, swedish", mail("Microsoft Outlook <postmaster@buyer.example>", "Går inte att leverera: Offert", "Det gick inte att leverera till följande mottagare eller grupper:\n\nana@buyer.example\nE-postadressen hittades inte.\n"), HARD, "5.0.911", original=""),
    Notice("exchange, turkish", mail("Microsoft Outlook <postmaster@buyer.example>", "Teslim Edilemeyen: Teklif", "Aşağıdaki alıcılara veya gruplara teslim edilemedi:\n\nana@buyer.example\nGirdiğiniz e-posta adresi bulunamadı.\n"), HARD, "5.0.911", original=""),
    Notice("exchange, arabic", mail("Microsoft Outlook <postmaster@buyer.example>", "غير قابل للتسليم: عرض", "فشل التسليم إلى المستلمين أو المجموعات التالية:\n\nana@buyer.example\nتعذر العثور على عنوان البريد الإلكتروني الذي أدخلته.\n"), HARD, "5.0.911", original=""),
    Notice("coremail", mail("postmaster@coremail.example", "系统退信 (Mail Delivery Failure)", "您好，您发出的邮件未能送达对方。\n\n主题：Offer 4711\n收件人：ana@buyer.example\n\n失败原因：对方服务器拒绝，发信IP被列入黑名单\n"), HARD, "5.0.971", original=""),
    Notice("lark", mail("Lark Mail <mailer-daemon@larksuite.example>", "Delivery failed: Offer 4711", "Your email to ana@buyer.example could not be delivered because the address does not exist.\n"), HARD, "5.0.911", original=""),
    Notice("tencent, english", mail("PostMaster <PostMaster@exmail.example>", "Undeliverable:Offer 4711", "Sorry, your mail could not be delivered to the recipient below.\n\nRecipient: ana@buyer.example\nReason: The mailbox of the recipient has run out of space, 452 4.2.2\n"), SOFT, "4.2.2", original=""),
    Notice("cpanel, rate", mail(DAEMON, "Mail delivery failed: returning message to sender", "  ana@buyer.example\n    Domain seller.example has exceeded the max emails per hour (100/100) allowed. Message discarded.\n\n" + ORIGINAL, "X-Failed-Recipients: ana@buyer.example\n"), HARD, "5.0.946"),
    Notice("two addresses, one named as failed", mail(DAEMON, "Delivery failure", "Your message to ana@buyer.example and eva@buyer.example: delivery failed for one.\n\nFailed recipient: eva@buyer.example\n550 5.1.1 unknown\n"), HARD, "5.1.1", "eva@buyer.example", ""),
)  # fmt: skip

ANA = "Ana Perez <ana@buyer.example>"
TRAPS = (
    ("a person quotes a bounce", mail(ANA, "Re: Undeliverable: Offer 4711",
        "Dear Lin,\n\nyour mail to my colleague came back to you? She left. Please send it to me.\n\n> Delivery has failed to these recipients:\n> eva@buyer.example\n> 550 5.1.1 User unknown\n"), "human"),
    ("a person asks about a container", mail(ANA, "Undeliverable container?",
        "Hello,\n\nthe forwarder says that container MSKU 4711 is undeliverable, the address does not exist. Could you check?\n\nAna"), "human"),
    ("user unknown in a discussion", mail(ANA, "Mail problem",
        "Hi Lin, whenever I write to sales@seller.example I get 550 user unknown. Is the mailbox full? Which address shall I use?\n\nAna"), "human"),
    ("a person forwards a bounce by hand", mail(ANA, "Fwd: failure notice",
        "Lin, see below, what shall we do?\n\n---------- Forwarded message ----------\nFrom: MAILER-DAEMON@mx.example\nSubject: failure notice\nTo: ana@buyer.example\n\n<lin@seller.example>:\n550 5.1.1 no such user\n"), "human"),
    ("a person complains of a failed delivery", mail(ANA, "Delivery failure of PO 4711",
        "Dear Lin,\n\nthe courier could not deliver the samples: the address was wrong. Please send them to ana@buyer.example's office.\n"), "human"),
    ("a person whose name is Postmaster's friend", mail("Post Master Print Ltd <sales@postmaster-print.example>", "Price for returned mail boxes",
        "We need 500 boxes. What is your best price?"), "human"),
    ("delivered", report(DAEMON, "Delivery Status Notification (Success)", "Your message was delivered.", fields("2.0.0", "", "delivered")), "receipt"),
    ("relayed", report(DAEMON, "Delivery Status Notification (Relay)", "Your message was handed on; no further notice will come.", fields("2.0.0", "", "relayed")), "receipt"),
    ("expanded", report(DAEMON, "Delivery Status Notification (Expanded)", "Your message went to a list.", fields("2.0.0", "", "expanded")), "receipt"),
    ("dmarc aggregate", 'From: noreply-dmarc-support@reports.example\nTo: dmarc@seller.example\nSubject: Report domain: seller.example Submitter: reports.example Report-ID: 4711\nMIME-Version: 1.0\nContent-Type: application/zip; name="reports.example!seller.example!1!2.zip"\nContent-Disposition: attachment; filename="reports.example!seller.example!1!2.zip"\nContent-Transfer-Encoding: base64\n\nUEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==\n', "auto_generated"),
    ("abuse report", "From: feedback@isp.example\nTo: abuse@seller.example\nSubject: Email Feedback Report\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=b7\n\n--b7\n\nThis is an abuse report for a mail received.\n\n--b7\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: isp/1\nVersion: 1\n\n--b7\nContent-Type: message/rfc822\n\n" + ORIGINAL + "\n--b7--\n", "auto_generated"),
    ("challenge", mail(ANA, "Please confirm your mail (Offer 4711)",
        "This is an automatic answer. I use a spam guard: your mail is being held until you confirm that you are a person. Click the link below once and your message goes to my inbox.\nhttps://guard.example/c/4711\n", "Auto-Submitted: auto-replied\n"), "auto_reply"),
    ("vacation that quotes our mail", mail(ANA, "Automatic reply: Offer 4711",
        "I am away until 9 November.\n\n-----Original Message-----\nFrom: Lin <lin@seller.example>\nSent: Monday\nTo: Ana\nSubject: Offer 4711\n\nIf this mail could not be delivered, tell us.\n"), "auto_reply"),
    ("mailbox-full reminder to ourselves", mail("it-support@seller.example", "Your mailbox is almost full",
        "Dear user, your mailbox is over 95 % of its quota. Delete old mail, or new messages will be rejected.\n", "Auto-Submitted: auto-generated\n"), "auto_generated"),
    ("a courier's failed delivery", mail("DHL Express <noreply@dhl.com>", "Delivery attempt failed for shipment 1234567891",
        "We could not deliver your shipment, waybill 1234567891. The address was not found.\n"), "courier"),
    ("a customer answers 'delivery status'", mail(ANA, "Delivery status PO 4711?", "Lin, what is the delivery status? We have been told the goods were returned to sender.\n"), "human"),
)  # fmt: skip
