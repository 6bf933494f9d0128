"""How mail programs quote what they answer: each form with the words that are its writer's own.

`quoted`: whether lines are left out as quoted; `signature`: how the signature begins, "" where there is none.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FORMS", "Form", "letter"]


class Form(NamedTuple):
    name: str
    text: str
    reply: str
    quoted: bool = True
    signature: str = ""


def letter(form: Form) -> str:
    kind = "text/html" if form.text.startswith("<") else "text/plain"
    return (
        "From: Ana <ana@buyer.example>\nTo: lin@seller.example\nSubject: Re: Offer\nIn-Reply-To: <q7@seller.example>\n"
        f"MIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{form.text}\n"
    )


SAID = "We take 200 pcs of item 12."
OURS = "> Dear Ana,\n> our price is 2.60.\n> Lin"
BARE = "Dear Ana,\nour price is 2.60.\nLin"
LIN = "Lin Wei <lin@seller.example>"
FORMS = (
    # Plain text, an attribution above marked lines
    Form("gmail en", f"{SAID}\n\nOn Mon, Nov 2, 2026 at 10:15 AM {LIN} wrote:\n\n{OURS}", SAID),
    Form("gmail zh", f"{SAID}\n\nLin Wei <lin@seller.example> 于2026年11月2日周一 10:15写道：\n\n{OURS}", SAID),
    Form("gmail tw", f"{SAID}\n\nLin Wei <lin@seller.example> 於 2026年11月2日 週一 上午10:15寫道：\n\n{OURS}", SAID),
    Form("gmail ja", f"{SAID}\n\n2026年11月2日(月) 10:15 {LIN}:\n\n{OURS}", SAID),
    Form("gmail ko", f"{SAID}\n\n2026년 11월 2일 (월) 오전 10:15, {LIN}님이 작성:\n\n{OURS}", SAID),
    Form("gmail ar", f"{SAID}\n\nفي الاثنين، 2 نوفمبر 2026 في 10:15 ص تمت كتابة ما يلي بواسطة {LIN}:\n\n{OURS}", SAID),
    Form("gmail tr", f"{SAID}\n\nLin Wei <lin@seller.example>, 2 Kas 2026 Pzt, 10:15 tarihinde şunu yazdı:\n\n{OURS}", SAID),
    Form("gmail ru", f"{SAID}\n\nпн, 2 нояб. 2026 г. в 10:15, {LIN}:\n\n{OURS}", SAID),
    Form("gmail pt", f"{SAID}\n\nEm seg., 2 de nov. de 2026 às 10:15, {LIN} escreveu:\n\n{OURS}", SAID),
    Form("gmail pl", f"{SAID}\n\npon., 2 lis 2026 o 10:15 {LIN} napisał(a):\n\n{OURS}", SAID),
    Form("gmail sv", f"{SAID}\n\nDen mån 2 nov. 2026 kl 10:15 skrev {LIN}:\n\n{OURS}", SAID),
    Form("gmail vi", f"{SAID}\n\nVào Th 2, 2 thg 11, 2026 vào lúc 10:15 {LIN} đã viết:\n\n{OURS}", SAID),
    Form("gmail cs", f"{SAID}\n\npo 2. 11. 2026 v 10:15 odesílatel {LIN} napsal:\n\n{OURS}", SAID),
    Form("apple en", f"{SAID}\n\nAna\n\n> On 2 Nov 2026, at 10:15, {LIN} wrote:\n> \n{OURS}", f"{SAID}\n\nAna"),
    Form("apple es", f"{SAID}\n\nEl 2 nov 2026, a las 10:15, {LIN} escribió:\n\n{OURS}", SAID),
    Form("apple zh", f"{SAID}\n\n> 在 2026年11月2日，10:15，{LIN} 写道：\n> \n{OURS}", SAID),
    Form("thunderbird de", f"{SAID}\n\nAm 02.11.26 um 10:15 schrieb Lin Wei:\n{OURS}", SAID),
    Form("thunderbird fr", f"{SAID}\n\nLe 02/11/2026 à 10:15, Lin Wei a écrit :\n{OURS}", SAID),
    Form("thunderbird nl", f"{SAID}\n\nOp 2-11-2026 om 10:15 schreef Lin Wei:\n{OURS}", SAID),
    Form("thunderbird it", f"{SAID}\n\nIl 02/11/26 10:15, Lin Wei ha scritto:\n{OURS}", SAID),
    Form("thunderbird zh", f"{SAID}\n\n在 2026/11/2 10:15, Lin Wei 写道:\n{OURS}", SAID),
    Form("yahoo", f"{SAID}\n\n    On Monday, November 2, 2026 at 10:15:00 AM GMT+8, {LIN} wrote:\n\n{BARE}", SAID),
    Form("yahoo ja", f"{SAID}\n\n----- Original Message -----\nFrom: {LIN}\nTo: ana@buyer.example\nDate: 2026/11/2, Mon 10:15\nSubject: Offer\n\n{BARE}", SAID),
    # Chinese programs
    Form("qq", f'{SAID}\n\n\n\n------------------&nbsp;原始邮件&nbsp;------------------\n发件人: "Lin" <lin@seller.example>;\n发送时间: 2026年11月2日(星期一) 上午10:15\n收件人: "Ana"<ana@buyer.example>;\n主题: Offer\n\n{BARE}'.replace("&nbsp;", "\u00a0"), SAID),
    Form("163", f'{SAID}\n\n\n\n\n\nAt 2026-11-02 10:15:00, "Lin Wei" <lin@seller.example> wrote:\n\n{BARE}', SAID),
    Form("163 zh", f'{SAID}\n\n\n在 2026-11-02 10:15:00，"Lin Wei" <lin@seller.example> 写道：\n\n{BARE}', SAID),
    Form("foxmail", f"{SAID}\n\n\n\nana@buyer.example\n \n发件人： Lin Wei\n发送时间： 2026-11-02 10:15\n收件人： ana\n主题： Offer\n{BARE}", f"{SAID}\n\n\n\nana@buyer.example"),
    Form("netease master", f"{SAID}\n\n---- 回复的原邮件 ----\n| 发件人 | {LIN} |\n| 日期 | 2026年11月02日 10:15 |\n| 收件人 | ana@buyer.example |\n| 主题 | Offer |\n{BARE}", SAID),
    Form("lark", f'{SAID}\n\n发件人: "Lin Wei"<lin@seller.example>\n日期: 2026年11月2日周一 10:15\n主题: Offer\n收件人: "Ana"<ana@buyer.example>\n{BARE}', SAID),
    Form("dingtalk", f"{SAID}\n\n------------------------------------------------------------------\n发件人：Lin Wei <lin@seller.example>\n发送时间：2026年11月2日(星期一) 10:15\n收件人：ana<ana@buyer.example>\n主　题：Offer\n\n{BARE}", SAID),
    Form("wecom", f'{SAID}\n\n------------------ Original ------------------\nFrom: "Lin"<lin@seller.example>;\nDate: Mon, Nov 2, 2026 10:15 AM\nTo: "Ana"<ana@buyer.example>;\nSubject: Offer\n\n{BARE}', SAID),
    # Header blocks
    Form("outlook en", f"{SAID}\n\nFrom: {LIN}\nSent: Monday, November 2, 2026 10:15 AM\nTo: Ana <ana@buyer.example>\nSubject: Offer\n\n{BARE}", SAID),
    Form("outlook, names only", f"{SAID}\n\nFrom: Lin Wei\nSent: Monday, November 2, 2026 10:15 AM\nTo: Ana Perez\nSubject: RE: Offer\n\n{BARE}", SAID),
    Form("outlook ru", f"{SAID}\n\nОт: {LIN}\nОтправлено: понедельник, 2 ноября 2026 г. 10:15\nКому: Ana <ana@buyer.example>\nТема: Offer\n\n{BARE}", SAID),
    Form("outlook tr", f"{SAID}\n\nKimden: {LIN}\nGönderildi: 2 Kasım 2026 Pazartesi 10:15\nKime: Ana <ana@buyer.example>\nKonu: Offer\n\n{BARE}", SAID),
    Form("outlook ar", f"{SAID}\n\nمن: {LIN}\nتاريخ الإرسال: 2 نوفمبر 2026\nإلى: Ana <ana@buyer.example>\nالموضوع: Offer\n\n{BARE}", SAID),
    Form("outlook ja", f"{SAID}\n\n差出人: {LIN}\n送信日時: 2026年11月2日 10:15\n宛先: Ana <ana@buyer.example>\n件名: Offer\n\n{BARE}", SAID),
    Form("outlook ko", f"{SAID}\n\n보낸 사람: {LIN}\n보낸 날짜: 2026년 11월 2일 월요일 오전 10:15\n받는 사람: Ana <ana@buyer.example>\n제목: Offer\n\n{BARE}", SAID),
    Form("outlook it", f"{SAID}\n\nDa: {LIN}\nInviato: lunedì 2 novembre 2026 10:15\nA: Ana <ana@buyer.example>\nOggetto: Offer\n\n{BARE}", SAID),
    Form("outlook nl", f"{SAID}\n\nVan: {LIN}\nVerzonden: maandag 2 november 2026 10:15\nAan: Ana <ana@buyer.example>\nOnderwerp: Offer\n\n{BARE}", SAID),
    Form("outlook pt", f"{SAID}\n\nDe: {LIN}\nEnviada em: segunda-feira, 2 de novembro de 2026 10:15\nPara: Ana <ana@buyer.example>\nAssunto: Offer\n\n{BARE}", SAID),
    Form("outlook mobile", f"{SAID}\n\nGet Outlook for Android\n________________________________\nFrom: {LIN}\nSent: Monday, November 2, 2026 10:15:00 AM\nTo: Ana <ana@buyer.example>\nSubject: Offer\n\n{BARE}", SAID, signature="Get Outlook"),
    Form("blackberry", f"{SAID}\nSent from my BlackBerry 10 smartphone.\n  Original Message\nFrom: Lin Wei\nSent: Monday, November 2, 2026 10:15\nTo: Ana\nSubject: Offer\n\n{BARE}", SAID, signature="Sent from my"),
    Form("samsung", f"{SAID}\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\nFrom: {LIN}\nDate: 02/11/2026 10:15 (GMT+08:00)\nTo: ana@buyer.example\nSubject: Offer\n\n{BARE}", SAID, signature="Sent from my Galaxy"),
    Form("notes", f'{SAID}\n\n\n\nFrom:   "Lin Wei" <lin@seller.example>\nTo:     ana@buyer.example\nDate:   02-11-2026 10:15\nSubject:        Offer\n\n\n\n{BARE}', SAID),
    # Where the answer stands
    Form("below", f"On Mon, Nov 2, 2026 at 10:15 AM {LIN} wrote:\n{OURS}\n\n{SAID}", SAID),
    Form("between", "> How many?\n\n200 pcs.\n\n> Which colour?\n\nRed.", "200 pcs.\n\n\n\n\nRed."),
    Form("between, with an attribution", f"Hi Lin, see below.\n\nOn Mon, Nov 2, 2026, {LIN} wrote:\n> How many?\n200 pcs.\n> Which colour?\nRed.", "Hi Lin, see below.\n\n\n200 pcs.\n\nRed."),
    # HTML
    Form("gmail html", f"<div dir='ltr'>{SAID}</div><br><div class='gmail_quote'><div dir='ltr' class='gmail_attr'>On Mon, Nov 2, 2026 at 10:15 AM Lin Wei &lt;<a href='mailto:lin@seller.example'>lin@seller.example</a>&gt; wrote:<br></div><blockquote class='gmail_quote' style='margin:0 0 0 .8ex;border-left:1px solid'><div>Dear Ana,<br>our price is 2.60.</div></blockquote></div>", SAID),
    Form("blockquote cite", f"<html><body><p>{SAID}</p><div class='moz-cite-prefix'>On 02/11/2026 10:15, Lin Wei wrote:<br></div><blockquote type='cite' cite='mid:q7@seller.example'><p>Dear Ana, our price is 2.60.</p></blockquote></body></html>", SAID),
    Form("outlook border-top", f"<html><body><div class='WordSection1'><p class='MsoNormal'>{SAID}</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class='MsoNormal'><b>From:</b> Lin Wei &lt;lin@seller.example&gt;<br><b>Sent:</b> Monday, November 2, 2026 10:15 AM<br><b>To:</b> Ana<br><b>Subject:</b> Offer</p></div></div><p class='MsoNormal'>Dear Ana, our price is 2.60.</p></div></body></html>", SAID),
    Form("outlook, border and names only", f"<html><body><div><p>{SAID}</p><div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>From:</b> Lin Wei<br><b>Sent:</b> Monday, November 2, 2026<br><b>To:</b> Ana Perez<br><b>Subject:</b> Offer</p></div><p>Dear Ana, our price is 2.60.</p></div></body></html>", SAID),
    Form("divRplyFwdMsg", f"<html><body><div>{SAID}</div><div id='appendonsend'></div><hr style='display:inline-block;width:98%'><div id='divRplyFwdMsg' dir='ltr'><b>From:</b> Lin Wei &lt;lin@seller.example&gt;<br><b>Sent:</b> Monday, November 2, 2026<br><b>To:</b> Ana<br><b>Subject:</b> Offer</div><div>Dear Ana, our price is 2.60.</div></body></html>", SAID),
    Form("outlook web, greek", f"<html><body><div>{SAID}</div><div id='appendonsend'></div><hr><div id='divRplyFwdMsg'><b>Από:</b> Lin Wei<br><b>Στάλθηκε:</b> Δευτέρα 2 Νοεμβρίου 2026<br><b>Προς:</b> Ana<br><b>Θέμα:</b> Offer</div><div>Dear Ana, our price is 2.60.</div></body></html>", SAID),
    Form("yahoo html", f"<html><body><div class='ydp1'>{SAID}</div><div id='ydp2yahoo_quoted_1' class='yahoo_quoted'><div>On Monday, November 2, 2026 at 10:15:00 AM GMT+8, Lin Wei &lt;lin@seller.example&gt; wrote:</div><div>Dear Ana, our price is 2.60.</div></div></body></html>", SAID),
    Form("proton html", f"<div>{SAID}</div><div class='protonmail_quote'>On Monday, November 2nd, 2026 at 10:15, Lin Wei &lt;lin@seller.example&gt; wrote:<br><blockquote class='protonmail_quote' type='cite'>Dear Ana, our price is 2.60.</blockquote></div>", SAID),
    Form("foxmail html", f"<div>{SAID}</div><hr style='width: 210px; height: 1px;' color='#b5c4df' size='1' align='left'><div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><div><b>发件人：</b>&nbsp;<a href='mailto:lin@seller.example'>Lin</a></div><div><b>发送时间：</b>&nbsp;2026-11-02&nbsp;10:15</div><div><b>收件人：</b>&nbsp;<a href='mailto:ana@buyer.example'>Ana</a></div><div><b>主题：</b>&nbsp;Offer</div></div><div>Dear Ana, our price is 2.60.</div>", SAID),
    # Forwards
    Form("only a forward", f"---------- Forwarded message ---------\nFrom: {LIN}\nDate: Mon, Nov 2, 2026 at 10:15 AM\nSubject: Offer\nTo: <ana@buyer.example>\n\nPlease quote 500 pcs.", "---------- Forwarded message ---------\nFrom: Lin Wei <lin@seller.example>\nDate: Mon, Nov 2, 2026 at 10:15 AM\nSubject: Offer\nTo: <ana@buyer.example>\n\nPlease quote 500 pcs.", quoted=False),
    Form("only a forward, zh", f"-------- 转发邮件信息 --------\n发件人：{LIN}\n发送日期：2026-11-02 10:15\n收件人：ana@buyer.example\n主题：Offer\n\n请报价 500 件。", f"-------- 转发邮件信息 --------\n发件人：{LIN}\n发送日期：2026-11-02 10:15\n收件人：ana@buyer.example\n主题：Offer\n\n请报价 500 件。", quoted=False),
    Form("a forward with a word on top", f"{SAID}\n\n---------- Forwarded message ---------\nFrom: {LIN}\nDate: Mon, Nov 2, 2026\nSubject: Offer\nTo: <ana@buyer.example>\n\nOld words.", SAID),
    # Signatures
    Form("dashes", f"{SAID}\n\n-- \nAna Perez\nBuyer Ltd", SAID, quoted=False, signature="--"),
    *(Form(f"device: {words}", f"{SAID}\n\n{words}", SAID, quoted=False, signature=words[:6]) for words in (
        "Sent from my iPhone", "Enviado desde mi iPhone", "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "Enviado do meu iPhone", "Inviato da iPhone",
        "Отправлено с iPhone", "iPhone'umdan gönderildi", "发自我的 iPhone", "iPhoneから送信", "나의 iPhone에서 보냄", "Verstuurd vanaf mijn iPhone", "Wysłane z iPhone'a", "Skickat från min iPhone", "أرسلت من الـ iPhone", "Sent from Yahoo Mail for iPhone", "Sendt fra min iPhone", "Odesláno z iPhonu")),
    Form("closing and name", f"{SAID}\n\nBest regards / Saludos,\n\nAna Perez\nPurchasing Manager\nTel: +34 600 000 000\nwww.buyer.example", SAID, quoted=False, signature="Best regards"),
    Form("closing with thanks", f"{SAID}\n\nThanks & Regards,\nAna Perez", SAID, quoted=False, signature="Thanks"),
    Form("closing on one line with the name", f"{SAID}\n\nKind regards, Ana", SAID, quoted=False, signature="Kind regards"),
    Form("closing and a disclaimer", f"{SAID}\n\nBest regards\nAna Perez\n\nThis message and its files are confidential and meant only for the person it is addressed to. If it came to you by mistake, please delete it and tell the sender; any use of it by others is forbidden. The company is not liable for damage by viruses that mail may carry.", SAID, quoted=False, signature="Best regards"),
    Form("a disclaimer alone", f"{SAID}\n\nCONFIDENTIALITY NOTICE: This e-mail and any attachment is intended only for the addressee and may hold privileged information. If you are not the intended recipient, please delete it.", SAID, quoted=False, signature="CONFIDENTIALITY"),
    Form("a german disclaimer", f"{SAID}\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, informieren Sie bitte den Absender und löschen Sie diese Mail.", SAID, quoted=False, signature="Diese E-Mail"),
    Form("zh closing", f"{SAID}\n\n祝商祺！\n王伟\n采购部", SAID, quoted=False, signature="祝商祺"),
    Form("ja closing", f"{SAID}\n\n以上、よろしくお願いいたします。\n田中", SAID, quoted=False, signature="以上"),
    # A second lot
    Form("gmail de", f"{SAID}\n\nAm Mo., 2. Nov. 2026 um 10:15 Uhr schrieb {LIN}:\n\n{OURS}", SAID),
    Form("gmail fi", f"{SAID}\n\nma 2. marrask. 2026 klo 10.15 {LIN} kirjoitti:\n\n{OURS}", SAID),
    Form("gmail da", f"{SAID}\n\nDen man. 2. nov. 2026 kl. 10.15 skrev {LIN}:\n\n{OURS}", SAID),
    Form("gmail uk", f"{SAID}\n\nпн, 2 лист. 2026 р. о 10:15 {LIN} пише:\n\n{OURS}", SAID),
    Form("gmail el", f"{SAID}\n\nΣτις Δευ 2 Νοε 2026 στις 10:15 π.μ., ο χρήστης {LIN} έγραψε:\n\n{OURS}", SAID),
    Form("gmail id", f"{SAID}\n\nPada tanggal Sen, 2 Nov 2026 10.15, {LIN} menulis:\n\n{OURS}", SAID),
    Form("gmail he", f"{SAID}\n\n\u202bבתאריך יום ב׳, 2 בנוב׳ 2026 ב-10:15 מאת Lin Wei <lin@seller.example>:\u202c\n\n{OURS}", SAID),
    Form("gmail hu", f"{SAID}\n\n{LIN} ezt írta (időpont: 2026. nov. 2., H, 10:15):\n\n{OURS}", SAID),
    Form("gmail ro", f"{SAID}\n\nÎn lun., 2 nov. 2026 la 10:15, {LIN} a scris:\n\n{OURS}", SAID),
    Form("gmail fa", f"{SAID}\n\nدر تاریخ دوشنبه ۲ نوامبر ۲۰۲۶ ساعت ۱۰:۱۵ {LIN} نوشت:\n\n{OURS}", SAID),
    Form("gmail th", f"{SAID}\n\nในวันที่ จ. 2 พ.ย. 2026 เวลา 10:15 {LIN} เขียนว่า:\n\n{OURS}", SAID),
    Form("outlook sv", f"{SAID}\n\nFrån: {LIN}\nSkickat: den 2 november 2026 10:15\nTill: Ana\nÄmne: Offert\n\n{BARE}", SAID),
    Form("outlook da", f"{SAID}\n\nFra: {LIN}\nSendt: 2. november 2026 10:15\nTil: Ana\nEmne: Tilbud\n\n{BARE}", SAID),
    Form("outlook pl", f"{SAID}\n\nOd: {LIN}\nWysłano: poniedziałek, 2 listopada 2026 10:15\nDo: Ana\nTemat: Oferta\n\n{BARE}", SAID),
    Form("outlook cs", f"{SAID}\n\nOd: {LIN}\nOdesláno: pondělí 2. listopadu 2026\nKomu: Ana\nPředmět: Nabídka\n\n{BARE}", SAID),
    Form("outlook tw", f"{SAID}\n\n寄件者: {LIN}\n寄件日期: 2026年11月2日\n收件者: Ana\n主旨: 報價\n\n{BARE}", SAID),
    Form("outlook th", f"{SAID}\n\nจาก: {LIN}\nส่ง: 2 พฤศจิกายน 2026\nถึง: Ana\nเรื่อง: Offer\n\n{BARE}", SAID),
    Form("zoho", f"{SAID}\n\n---- On Mon, 02 Nov 2026 10:15:00 +0800 {LIN} wrote ----\n\n{BARE}", SAID),
    Form("mailru", f"{SAID}\n\n>Понедельник, 2 ноября 2026, 10:15 +03:00 от {LIN}:\n>\n{OURS}", SAID),
    Form("yandex", f'{SAID}\n\n02.11.2026, 10:15, "Lin Wei" <lin@seller.example>:\n{OURS}', SAID),
    Form("naver", f'{SAID}\n\n-----Original Message-----\nFrom: "Lin"<lin@seller.example>\nTo: <ana@buyer.example>;\nCc:\nSent: 2026-11-02 (월) 10:15:00\nSubject: Offer\n\n{BARE}', SAID),
    Form("roundcube", f"{SAID}\n\nOn 2026-11-02 10:15, Lin Wei wrote:\n{OURS}", SAID),
    Form("zimbra", f'{SAID}\n\nFrom: "Lin" <lin@seller.example>\nTo: "Ana" <ana@buyer.example>\nSent: Monday, November 2, 2026 10:15:00 AM\nSubject: Offer\n\n{BARE}', SAID),
    Form("outlook inline bold html", f"<html><body><p>{SAID}</p><hr><p><strong>From:</strong> Lin Wei &lt;lin@seller.example&gt;<br><strong>Sent:</strong> Monday<br><strong>To:</strong> Ana<br><strong>Subject:</strong> Offer</p><p>old</p></body></html>", SAID),
    Form("qq html", f"<div>{SAID}</div><div><br></div><div style='font-size: 12px;'>------------------&nbsp;Original&nbsp;------------------</div><div style='font-size: 12px;background:#efefef;padding:8px;'><div><b>From: </b>&nbsp;\"Lin\"&lt;lin@seller.example&gt;;</div><div><b>Date: </b>&nbsp;Mon, Nov 2, 2026</div><div><b>To: </b>&nbsp;\"Ana\"&lt;ana@buyer.example&gt;;</div><div><b>Subject: </b>&nbsp;Offer</div></div><div>old words</div>", SAID),
    Form("163 html", f"<div style='line-height:1.7'><p>{SAID}</p><p>At 2026-11-02 10:15:00, \"Lin\" &lt;lin@seller.example&gt; wrote:</p><blockquote id='isReplyContent' style='PADDING-LEFT: 1ex'><p>old words</p></blockquote></div>", SAID),
    Form("sig emoji", f"{SAID}\n\nWarm regards,\nAna 😊", SAID, quoted=False, signature="Warm"),
    Form("sig es", f"{SAID}\n\nUn cordial saludo,\nAna", SAID, quoted=False, signature="Un cordial"),
    Form("sig fr", f"{SAID}\n\nBien cordialement,\n\nAna Perez\nAcheteuse", SAID, quoted=False, signature="Bien"),
    Form("sig it", f"{SAID}\n\nCordialità,\nAna", SAID, quoted=False, signature="Cordial"),
    Form("sig ar", f"{SAID}\n\nمع خالص التحية\nآنا", SAID, quoted=False, signature="مع"),
    Form("sig pt", f"{SAID}\n\nAtt,\nAna", SAID, quoted=False, signature="Att"),
    Form("sig thanks", f"{SAID}\n\nThanks and best regards\nAna", SAID, quoted=False, signature="Thanks"),
    # No quotation, though it looks like one
    Form("a list with labels", "Please book:\nFrom: Ningbo\nTo: Hamburg\nDate: 20 November\nGoods: 200 cartons", "Please book:\nFrom: Ningbo\nTo: Hamburg\nDate: 20 November\nGoods: 200 cartons", quoted=False),
    Form("a booking with four labels", "Please quote freight:\nFrom: Ningbo\nTo: Hamburg\nDate: 20 November\nSubject: 2x40HQ", "Please quote freight:\nFrom: Ningbo\nTo: Hamburg\nDate: 20 November\nSubject: 2x40HQ", quoted=False),
    Form("he wrote", "As Mr Lin wrote on 2 November:\nthe price is 2.60. Is it still valid?", "As Mr Lin wrote on 2 November:\nthe price is 2.60. Is it still valid?", quoted=False),
    Form("a question after the closing", f"{SAID}\n\nBest regards\nAna\n\nPS: when can you ship?", f"{SAID}\n\nBest regards\nAna\n\nPS: when can you ship?", quoted=False),
    Form("a confidential matter", "This is confidential: please quote for a new brand of ours. Do not tell anybody.", "This is confidential: please quote for a new brand of ours. Do not tell anybody.", quoted=False),
    Form("sent from a place", "Sent from our warehouse were 20 cartons only. Where are the others?", "Sent from our warehouse were 20 cartons only. Where are the others?", quoted=False),
)  # fmt: skip
