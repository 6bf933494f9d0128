"""Why a mail wasn't delivered, by what mail servers say where they state no code.

Room: ingest. In: the server's words. Out: a reason, and the code that stands for it: class, subject 0 and a detail of 9xx,
which RFC 3463 leaves unused, so that nobody takes a reading for a code that a server stated. The details are those that
bounce readers have settled on (911 user unknown, 922 mailbox full …). Linear time: patterns look ahead a bounded distance.
"""

from __future__ import annotations

import re

from mailcrm.domain.patterns import lazy_pattern

__all__ = ["DETAILS", "reason_in", "reason_status"]

DETAILS = {
    "undefined": 900, "on_hold": 901, "syntax": 902, "no_relaying": 909, "filtered": 910, "user_unknown": 911,
    "host_unknown": 912, "has_moved": 916, "rejected": 918, "suspended": 921, "mailbox_full": 922, "too_big": 934,
    "system": 930, "system_full": 931, "not_accepting": 932, "mailer": 939, "network": 944, "too_many": 945, "too_fast": 946,
    "expired": 947, "content": 960, "security": 970, "blocked": 971, "virus": 971, "authentication": 972, "policy": 972,
    "reverse_dns": 973, "reputation": 975, "spam": 980,
}  # fmt: skip

# The first that fits wins: what names a cause stands above what names an effect ("rejected", "expired").
_PHRASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("mailbox_full", (
        r"(?:mail ?box|quota|inbox|mail ?folder|maildir|user|account|storage|邮箱|信箱|受信箱)\b.{0,60}(?:\bfull\b|exceed|over (?:its |the )?(?:quota|limit|allowed)|out of (?:space|storage)|已满|空间不足)",
        r"over ?quota|quota (?:exceeded|violation|is full)|exceed\w* .{0,30}(?:quota|mailbox|storage)",
        r"not enough (?:storage|disk|space) .{0,30}(?:mailbox|account|user)|\bfull mailbox|is full\b.{0,20}mailbox",
        r"mailbox size (?:limit|exceed)|邮箱(?:已满|空间不足)|buzón lleno|boîte (?:aux lettres )?pleine",
        r"postfach .{0,20}voll|ящик .{0,20}(?:переполнен|заполнен)|casella .{0,20}piena|buzón .{0,40}lleno|boîte .{0,40}pleine",
        r"caixa (?:postal|de \w{1,12}) .{0,40}(?:chei|lotad)|skrzynka .{0,40}(?:pełn|przepełn)|kutusu .{0,20}dolu|postvak .{0,20}vol\b|brevlåd\w* .{0,20}full|post[bk]\w{2,6} .{0,20}(?:full|fuld)|schránka .{0,20}pln|hộp thư .{0,20}đầy|ممتلئ",
        r"(?:[邮郵]箱|信箱)(?:.{0,10}(?:已?[满滿]|空[间間]不足|容量))|(?:메일함|사서함|용량).{0,20}(?:초과|가득|꽉)|(?:容量|受信箱|メールボックス).{0,20}(?:超|いっぱい)",
    )),
    ("too_big", (
        r"message (?:size|is too (?:large|big|long)|too (?:large|big|long))",
        r"(?:mail|message|file|attachment)s? .{0,40}(?:too (?:large|big)|exceeds .{0,40}(?:size|limit|maximum))",
        r"size limit|line (?:limit|length|too long).{0,20}(?:exceed)?",
        r"exceed\w* .{0,40}(?:message|maximum|max|allowed) .{0,20}size",
        r"larger than .{0,40}(?:limit|allowed|permitted)|[邮郵]件(?:[过過]大|太大)|zu groß|trop (?:gros|volumineu)|demasiado grande|muito grande|troppo grande|слишком (?:больш|велик)|サイズ.{0,20}(?:超|大き)|크기.{0,20}초과",
    )),
    ("system_full", (
        r"insufficient (?:disk|system|storage)|system (?:storage|disk) .{0,20}(?:full|exceed)|no space left",
        r"not enough disk space|disk full|low on (?:disk )?space",
    )),
    ("has_moved", (
        r"has (?:moved|changed|been (?:replaced|changed)) .{0,40}(?:address|to)?",
        r"no longer (?:with|works?|employed)|address (?:has |is )?(?:been )?(?:changed|replaced)",
        r"new (?:e-?mail )?address is|user has moved",
    )),
    ("suspended", (
        r"(?:account|mail ?box|user|address|domain|recipient|email)\b.{0,60}(?:\b(?:is|has been|was|been) )?(?:disabled|suspended|locked|inactive|in-?active|deactivated|discontinued|closed|terminated|blocked for|frozen|expired)\b",
        r"(?:disabled|suspended|inactive|deactivated|locked) (?:account|mailbox|user|recipient|address)",
        r"not (?:been )?(?:activated|active)|no longer (?:in use|active|available|accept|valid|on server)",
        r"账号(?:被)?(?:停用|冻结|禁用)|邮箱(?:被)?停用",
    )),
    ("virus", (
        r"\bvirus(?:es)?\b|infected|malware|trojan|worm\b|malicious (?:content|code|file)|病毒",
    )),
    ("reverse_dns", (
        r"\bptr\b|reverse[ -](?:dns|lookup|name|address)|\brdns\b|unverifiable|unverifyable sending",
        r"no (?:valid )?host ?name for your ip",
        r"(?:cannot|can't|could not|unable to) (?:resolve|find) your (?:ip|host\w*|reverse)",
        r"ip name (?:lookup|possibly)|client host rejected: cannot find",
    )),
    ("authentication", (
        r"\b(?:spf|dkim|dmarc|domainkeys?|sender ?id)\b|authentication checks? failed|fails? .{0,30}authentication",
        r"not (?:pass|authori[sz]ed).{0,40}(?:spf|dkim|send (?:on behalf|as|from))",
        r"unauthenticated (?:e-?mail|mail) from",
    )),
    ("no_relaying", (
        r"\brelay(?:ing)?\b.{0,40}(?:denied|not (?:permitted|allowed|authori[sz]ed)|prohibited|access|refused|disabled|rejected)",
        r"(?:unable to|cannot|can't|do(?:es)? not|don't|not (?:permitted|allowed|authori[sz]ed) to|we do not|won't|no) relay",
        r"not (?:a|an) (?:open )?relay|rcpthosts|insecure mail relay|not in my .{0,20}list|relay not permitted",
    )),
    ("reputation", (
        r"reputation|sender ?score|senderbase|unexpected volume|user complaints",
    )),
    ("too_fast", (
        r"rate[ -]?limit|too (?:fast|quickly|many (?:messages|mails|e-?mails|attempts|errors))|throttl",
        r"(?:messages|mails|emails) per (?:hour|minute|day)|sending limit|exceed\w* .{0,30}(?:rate|per hour)",
        r"greylist|grey-?listed|graylist",
    )),
    ("too_many", (
        r"too many (?:connections?|concurrent|recipients?|sessions|hosts?|simultaneous)",
        r"concurren\w+ .{0,30}(?:limit|exceed)|connection limit|maximum .{0,30}(?:connections|recipients)",
    )),
    ("blocked", (
        r"black-?list|block-?list|block list|\b(?:rbl|dnsbl|xbl|sbl|pbl|cbl)\b|spamhaus|spamcop|barracudacentral",
        r"sorbs\b|abuseat|(?:(?<!not )listed (?:at|in|on|by))|\bblocked\b|\bblocking\b|banned|bad sender ip",
        r"invalid ip for sending|unwanted messages|messages from .{0,60}(?:weren't sent|not (?:be )?accepted)",
        r"not accepting connections|denied by (?:policy|the)|access denied",
        r"connection (?:denied|rejected|dropped|not allowed)|connections? not accepted",
        r"(?:your |sending |client |source )(?:ip|host|server|network|address)\b.{0,60}(?:denied|rejected|refused|not allowed|prohibited|dynamic)",
        r"dynamic .{0,30}(?:ip|address|host)|your e-?mail is redundant|helo .{0,40}(?:reject|invalid)",
        r"refused to talk to me|no access from|黑名[单單]|ч[её]рн\w{2,3} спис|lista negra|liste noire|sperrliste|kara liste|czarn\w{2,3} li[sś]",
    )),
    ("spam", (
        r"\bspam\w*|unsolicited|junk (?:mail|e-?mail)|\bbulk (?:mail|e-?mail)|\bube\b|\buce\b",
        r"advertis(?:ing|ement)|detected as .{0,20}spam|垃圾[邮郵]件|looks like (?:spam|junk)|phish\w*",
    )),
    ("policy", (
        r"(?:violat\w+|against|due to|by|administrative) .{0,30}(?:polic(?:y|ies)|prohibition)",
        r"polic(?:y|ies) (?:violation|reasons?|reject\w*|restrict\w*)",
        r"\bpolicy\b.{0,40}(?:reject|prohibit|den(?:y|ied)|refus)",
        r"message (?:contains|has) .{0,30}(?:prohibited|forbidden)|security polic",
    )),
    ("host_unknown", (
        r"host (?:name )?(?:is )?unknown|unknown (?:host|domain|mail server)",
        r"(?:host|domain|server|site)\b.{0,60}(?:not (?:be )?found|does(?:n['o]t| not) exist|unknown|not exist|is invalid|could not be found|unrecogni[sz]ed)",
        r"name or service not known|no such (?:host|domain)|nxdomain",
        r"(?:un)?route?able (?:mail )?(?:address|domain)|unrouteable|unresolvable",
        r"(?:cannot|can't|could not|couldn't|unable to) (?:resolve|find|locate) (?:any )?(?:host|the domain|domain|hostname|the host|your domain)",
        r"(?:bad|invalid|illegal) (?:host|domain|destination (?:host|domain|system))|name service error",
        r"host name lookup failure|hostname lookup|域名不存在|domaine? inconnu",
    )),
    ("not_accepting", (
        r"no mx\b|null mx|mx record.{0,30}(?:not|no|point)",
        r"does(?:n't| not) (?:accept|receive|support) (?:any )?(?:e-?mail|mail|smtp)",
        r"not accept\w* (?:any )?(?:e-?mail|mail|messages)|no mail (?:server|exchanger|host)",
        r"mail (?:receiving )?(?:is )?disabled|smtp service not available|server (?:not|isn't) accept",
    )),
    ("rejected", (
        r"(?:sender|from|envelope-?from|return[ -]path|mail from|originator|reverse-?path|from address|originating)\b.{0,60}(?:reject|den(?:y|ied)|refus|not (?:allowed|permitted|accepted|authori[sz]ed|valid|exist|resolve)|invalid|unknown|blocked|prohibited|does(?:n't| not) (?:exist|resolve)|undeliverable|must)",
        r"(?:invalid|unknown|unauthori[sz]ed|rejected|bad|illegal) sender|not a member of",
        r"(?:only|restricted to|by) (?:members|subscribers)",
        r"(?:permission|allowed|permitted|authori[sz]ed) to (?:post|send|submit)|not accepting mail from",
        r"(?:can't|cannot|may not|not) (?:post|send) to (?:this|the) (?:list|group|address)",
        r"the (?:group|list) you (?:tried|attempted)|closed list|moderated (?:list|group)",
        r"groups\.google\.com/support",
    )),
    ("user_unknown", (
        r"(?:user|recipient|mailbox|address|account|person|subscriber|local ?part|userid|alias|name|rcpt|addressee|customer|gateway user|inbox|email|e-mail)\b(?: \S{1,80}){0,3}?.{0,40}?(?:\bunknown\b|(?:is |was )?not (?:be )?(?:found|known|exist|recogni[sz]ed|listed|registered|valid|a valid|available|here|located|local)|doesn[’'o]?t (?:exist|have|match)|does not (?:exist|have|match)|not exists?|non-?existent|no longer exists?|unavailable|undeliverable|could not be found|couldn't be found|isn't (?:valid|known|a)|is invalid|invalid\b)",
        r"unknown (?:user|recipient|local|address|mailbox|account|e-?mail|alias|virtual)",
        r"no such (?:user|recipient|mailbox|address|account|person|local|addressee|name|e-?mail|alias|id)",
        r"(?:invalid|bad|illegal|incorrect|wrong|non-?existent|undeliverable) (?:user|recipient|mailbox|address|account|e-?mail|final delivery|local|destination mailbox|rcpt)",
        r"no (?:valid |matching )?(?:recipients?|mail ?box|account|user|matches|subscriber)\b",
        r"not (?:a|our|an) (?:\w{1,20} ){0,2}(?:user|mailbox|recipient|customer|address|account|subscriber)",
        r"can(?:not|'t) (?:find|locate|open|verify) .{0,30}(?:user|mailbox|recipient|address|account)",
        r"not listed in|not in (?:the )?(?:\w{1,20} )?(?:directory|address book|virtusertable|list)",
        r"has no .{0,20}(?:mailbox|account)|addressee unknown",
        r"(?:用户|收件人|收信人|邮箱|账号|帐号|地址)(?:\S{0,30})?(?:不存在|未找到|无效|错误|不正确)|not found: user|utilisateur inconnu",
        r"(?:adresse|destinataire|boîte) .{0,30}(?:inconnue?|n'existe pas|invalide)",
        r"(?:empf[äa]nger|benutzer|adresse|postfach) .{0,40}(?:unbekannt|existiert nicht|nicht gefunden)",
        r"usuario (?:desconocido|no existe|inexistente)|destinat[áa]rio .{0,20}(?:inexistente|desconhecido)",
        r"(?:адрес|пользовател\w+|ящик\w*|получател\w+) .{0,40}(?:не (?:найден|существует|зарегистрирован)|неизвест)",
        r"(?:宛先|アドレス|ユーザー?).{0,20}(?:見つか[らり]|存在し|不明)|(?:주소|사용자|수신자|받는 사람).{0,30}(?:찾을 수 없|없습니다|존재하지)|존재하지 ?않는|(?:帳號|用戶|收件者|收件人|信箱|郵箱|地址).{0,20}(?:不存在|無效|錯誤|找不到)|找不到.{0,20}(?:地址|收件|使用者|用[户戶])",
        r"(?:utente|indirizzo|destinatario) .{0,30}(?:sconosciut|inesistente|non (?:esiste|valid|.{0,10}trovat))|(?:\S{0,10}adres|gebruiker|ontvanger) .{0,30}(?:onbekend|bestaat niet|niet (?:gevonden|bekend))",
        r"(?:adres\w*|użytkownik\w*|odbiorc\w*|skrzynk\w*) .{0,30}(?:nie istnieje|nieznan)|nie znaleziono .{0,20}(?:adres|odbiorc|użytkownik)|(?:kullanıcı|adres\w{0,6}) .{0,20}(?:yok|bulunamad|bilinmiyor)|(?:adresát|schránka|uživatel) .{0,20}neexistuje",
        r"endereço .{0,40}(?:não (?:foi encontrado|existe)|inválido|inexistente)|(?:adress\w*|mottagar\w*) .{0,30}(?:hittades inte|finns inte|okänd)|(?:adress\w*|mottaker\w*|modtager\w*) .{0,30}(?:ikke (?:funnet|fundet)|ukendt|ukjent|findes ikke)|(?:adresse|destinataire) .{0,40}introuvable",
        r"(?:عنوان|المستخدم|المستلم).{0,40}غير (?:موجود|معروف|صحيح)|تعذر العثور على|(?:địa chỉ|người nhận) .{0,30}không (?:tồn tại|tìm thấy)",
    )),
    ("filtered", (
        r"(?:recipients?|address\w*) (?:was |were |is |has been )?(?:rejected|refused|blocked|restricted)",
        r"rejected by (?:the )?(?:user|recipient|filter|a remote|receiver)",
        r"(?:user|recipient) .{0,30}(?:restrict|refus|reject|only accepts)|user (?:reject|refuse)",
        r"recipient (?:not|isn't) allow",
    )),
    ("content", (
        r"(?:attachment|content|message body|mime|header|charset|encoding|executable|file type|extension|zip)s?\b.{0,50}(?:reject|block|prohibit|not (?:allowed|accepted|permitted|supported)|invalid|malformed|forbidden|denied|refused|bad)",
        r"(?:malformed|invalid|bad|improper|missing|duplicate) (?:mime|header|content|message-?id header)",
        r"content (?:reject|filter)|8-?bit|message (?:content )?rejected",
    )),
    ("security", (
        r"authentication (?:required|failed|needed|is required)|must (?:authenticate|log ?in|issue a starttls)",
        r"(?:un|not )authenticated|unauthenticated|starttls|\btls\b|\bssl\b|certificate",
        r"encryption (?:required|needed)|you (?:must|need to) .{0,20}(?:auth|log)|unauthori[sz]ed",
        r"not authori[sz]ed|permission denied|security (?:polic|reason|setting|violation)",
    )),
    ("mailer", (
        r"exit (?:status|code)|command (?:died|failed|output)|program (?:failure|failed|exited)|pipe to |procmail",
        r"mailer (?:error|failed|exited)|unknown mailer|x-unix|died with",
    )),
    ("syntax", (
        r"syntax error|(?:command|parameter)s? (?:unrecogni[sz]ed|not (?:recogni[sz]ed|implemented))|bad sequence",
        r"unrecogni[sz]ed command|invalid command|need (?:rcpt|mail)|polite people say",
    )),
    ("network", (
        r"connection (?:refused|reset|lost|closed|dropped|failed|broken)|network (?:is )?(?:un|not )reachable",
        r"host (?:is )?unreachable|no route to|too many hops|(?:mail|routing|forwarding|message) loop|loops? back",
        r"hop count|lost connection|(?:dns|name ?server) (?:error|failure|problem|query|timeout)|protocol error",
        r"malformed .{0,30}response",
    )),
    ("expired", (
        r"expired|time[sd]?[ -]?out|timeout|giv(?:e|ing|en) up|in the (?:mail )?queue too long|too long in",
        r"retry (?:time|limit|count)|(?:max|maximum).{0,20}(?:retr|attempts|time)",
        r"(?:aborted|failed|not (?:be )?delivered|undelivered|could not deliver\w*|could not be delivered|tried|unable to deliver).{0,60}(?:(?:after|for|within|in|the last) .{0,30}(?:\d|second|minute|hour|day)|attempts)",
        r"will not (?:be )?(?:retr|try)|not going to try|socket error|did not accept our requests? to connect",
        r"(?:not|isn't|is not) (?:responding|reachable|answering)|(?:unable|cannot|could not|failed) to connect",
        r"has been delayed|still (?:being retried|undelivered)|not yet been delivered|has not been delivered",
        r"delay(?:ed)?\b|deferred|will (?:be retried|keep trying|continue)|再送信|超时|逾時|延[迟遲]|タイムアウト|тайм-?аут|tiempo de espera|zeitüberschreitung|délai",
    )),
    ("system", (
        r"(?:internal|system|local|server|software|configuration|config|processing|unexpected|i/o|database|ldap|resource)\b.{0,20}(?:error|problem|failure|unavailable)",
        r"misconfigur|duplicated message-id|can(?:not|'t) (?:create|open|write|append|chdir|access)|out of memory",
        r"temporar(?:y|ily) (?:failure|unavailable|problem|error)",
        r"service (?:is )?(?:temporarily )?(?:unavailable|not available)|try again later",
    )),
    ("rejected", (
        r"\breject(?:ed|ion)?\b|\brefused\b|\bdenied\b|not (?:allowed|permitted|accepted)|拒[收绝絕否]|отклон|rechaz|refusé|rejeté|abgelehnt|abgewiesen|zurückgewiesen|rifiutat|respint|rejeitad|recusad|reddedil|odrzuc|거부",
    )),
    ("user_unknown", (
        r"(?:unable to|could not|cannot|can't) deliver (?:the |your |this )?(?:message|mail|e-?mail) to (?:the )?(?:<|recipient|address|user)",
        r"addressed? to .{0,80}(?:failed|returned)",
    )),
)  # fmt: skip
_REASONS = tuple((reason, lazy_pattern("|".join(phrases), re.IGNORECASE)) for reason, phrases in _PHRASES)
_ADDRESS = lazy_pattern(r"[^\s<>@]{1,80}@[^\s<>@]{1,80}")
_LONGEST = 4_000
_AT_RCPT = lazy_pattern(r"(?i)(?:(?:>>>|-->) ?|\bafter |in reply to (?:the )?|response to (?:the )?|\[)rcpt[ _]to\b")
_AT_MAIL = lazy_pattern(r"(?i)\b(?:after|response to) (?:pipelined )?mail from\b")
_AT_DATA = lazy_pattern(
    r"(?i)(?:>>> ?data\b|after end of data|after data|(?:in reply|response) to (?:the )?(?:end of )?data|smtp command\s{1,3}data\b)"
)
_REPLY = lazy_pattern(r"(?:^|[\s:>(=\"'\[-])5[0-57]\d(?=[\s\-:.,;)\]]|$)", re.MULTILINE)


def reason_in(text: str) -> str:
    """Return the reason that `text` gives, "undefined" where it gives none."""
    text = _ADDRESS.sub("@", " ".join(text[:_LONGEST].split()))  # an address is a name, whatever words it is made of
    return next((reason for reason, pattern in _REASONS if pattern.search(text)), "undefined")


def reason_status(answer: str, told: str, status_class: str) -> str:
    """Return the code for what happened, by the server's `answer`, else by all that is `told`; `status_class`: "4" or "5".

    A server that names an unknown user elsewhere than at RCPT TO filters (910): it had accepted the address before, or
    nobody tells. A mailer that knows by itself, without another server's reply, means what it says (911).
    """
    everywhere = reason_in(told)
    reason = reason_in(answer) if answer else "undefined"
    reason = everywhere if reason == "undefined" else reason
    if reason != "undefined" and _AT_MAIL.search(told):  # before any recipient was named: it says nothing about ours
        reason = "on_hold"
    said = told if reason == everywhere else answer
    if reason == "user_unknown" and not _AT_RCPT.search(told) and (_AT_DATA.search(told) or _REPLY.search(said)):
        reason = "filtered"
    return f"{status_class}.0.{DETAILS[reason]}"
