"""Signing in with OAuth 2.0 against a strict provider: both ways in, the tokens that follow, and every way it goes wrong."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from servers.loopback import HOST, Certificates, free_ports
from servers.provider import Provider, Said, browse, knock, said_no

from mailcrm.adapters.oauth.access import AccessTokens
from mailcrm.adapters.oauth.bearer import bearer, status_in
from mailcrm.adapters.oauth.browser import sign_in_by_browser
from mailcrm.adapters.oauth.device import sign_in_by_code
from mailcrm.adapters.oauth.endpoint import Tokens, ask
from mailcrm.adapters.oauth.web import Answer, Web
from mailcrm.adapters.quirks import quirks
from mailcrm.adapters.secrets.store import SecretStore
from mailcrm.domain.errors import (
    ConfigError,
    Deferred,
    LoginRefused,
    MailcrmError,
    RemoteError,
    SecretError,
    TlsError,
    Unreachable,
    UsageError,
)
from mailcrm.domain.signin import Invitation, SignIn
from mailcrm.ports import AccountLogin

USER = "rep@ningbo.example"
POST = Web().post


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider(USER) as running:
        yield running


@pytest.fixture
def sign_in(provider: Provider) -> SignIn:
    return SignIn(
        authorization_endpoint=provider.endpoint("authorize"),
        token_endpoint=provider.endpoint("token"),
        device_authorization_endpoint=provider.endpoint("device"),
        scope="mail",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
    )


def by_browser(sign_in: SignIn, visit: Callable[[str], object] = browse, seconds: float = 10) -> Tokens:
    return sign_in_by_browser(POST, sign_in, USER, "work", lambda _what: None, open_browser=visit, seconds=seconds)


def by_code(sign_in: SignIn, waits: list[float] | None = None) -> Tokens:
    return sign_in_by_code(POST, sign_in, "work", lambda _what: None, wait=(waits if waits is not None else []).append)


class TestTheBrowser:
    def test_comes_back_with_a_code_that_is_exchanged_for_tokens(self, provider: Provider, sign_in: SignIn) -> None:
        told: list[Invitation] = []
        pages: list[str] = []
        tokens = sign_in_by_browser(
            POST, sign_in, USER, "work", told.append, open_browser=lambda address: pages.append(browse(address))
        )
        assert {tokens.access, tokens.refresh} <= set(provider.given)
        assert tokens.seconds == 3600
        (invitation,) = told
        asked = dict(parse_qsl(urlsplit(invitation.address).query))
        assert (asked["login_hint"], asked["scope"], invitation.code) == (USER, "mail", "")

    def test_sees_a_page_that_says_so_and_holds_nothing_else(self, sign_in: SignIn) -> None:
        pages: list[str] = []
        seen = threading.Event()

        def visit(address: str) -> None:
            pages.append(browse(address))
            seen.set()

        by_browser(sign_in, visit)
        assert seen.wait(10)
        assert "You can close this page" in pages[0]
        assert "S3ntinel" not in pages[0]

    def test_knocks_for_icons_first(self, sign_in: SignIn) -> None:
        knocked: list[str] = []

        def visit(address: str) -> None:
            knocked.append(knock(address, "/favicon.ico"))
            browse(address)

        assert by_browser(sign_in, visit).access
        assert knocked == ["404"]

    def test_is_asked_what_the_provider_wants_besides(self, provider: Provider, sign_in: SignIn) -> None:
        seen: list[dict[str, str]] = []

        def visit(address: str) -> None:
            seen.append(dict(parse_qsl(urlsplit(address).query)))
            browse(address)

        wanting = replace(
            sign_in,
            authorization_endpoint=provider.endpoint("authorize") + "?tenant=ningbo",
            redirect_host="localhost",
            parameters=(("prompt", "consent"),),
        )
        assert by_browser(wanting, visit).access
        assert (seen[0]["tenant"], seen[0]["prompt"]) == ("ningbo", "consent")
        assert urlsplit(seen[0]["redirect_uri"]).hostname == "localhost"

    def test_is_made_a_new_state_and_verifier_each_time(self, provider: Provider, sign_in: SignIn) -> None:
        addresses: list[str] = []

        def visit(address: str) -> None:
            addresses.append(address)
            browse(address)

        for _time in range(2):
            by_browser(sign_in, visit)
        states = {dict(parse_qsl(urlsplit(address).query))["state"] for address in addresses}
        verifiers = {form["code_verifier"] for form in provider.asked}
        assert (len(states), len(verifiers)) == (2, 2)
        assert all(43 <= len(verifier) <= 128 for verifier in verifiers)  # RFC 7636, 4.1

    def test_with_the_answer_to_another_question_is_refused(self, provider: Provider, sign_in: SignIn) -> None:
        provider.wishes = "state"
        with pytest.raises(LoginRefused, match=r"another question.*account authorize work"):
            by_browser(sign_in)
        assert provider.asked == []  # the code was not exchanged

    def test_of_a_person_who_declines(self, provider: Provider, sign_in: SignIn) -> None:
        provider.wishes = "no"
        with pytest.raises(LoginRefused, match=r"access_denied: the person said no.*account authorize work"):
            by_browser(sign_in)

    def test_that_never_comes_back_is_not_waited_for(self, sign_in: SignIn) -> None:
        with pytest.raises(LoginRefused, match=r"in time.*account authorize work"):
            by_browser(sign_in, lambda _address: None, seconds=0.01)

    def test_a_code_is_worth_nothing_without_its_verifier(self, sign_in: SignIn) -> None:
        def stealing(url: str, fields: Mapping[str, str]) -> Answer:
            return POST(url, {**fields, "code_verifier": "a" * 43})

        with pytest.raises(LoginRefused, match="verifier"):
            sign_in_by_browser(stealing, sign_in, USER, "work", lambda _what: None, open_browser=browse)


class TestTheCode:
    def test_is_typed_on_another_device(self, provider: Provider, sign_in: SignIn) -> None:
        told: list[Invitation] = []
        waits: list[float] = []
        provider.device = ["authorization_pending", "authorization_pending", ""]
        tokens = sign_in_by_code(POST, sign_in, "work", told.append, wait=waits.append)
        assert {tokens.access, tokens.refresh} <= set(provider.given)
        assert told == [Invitation(provider.endpoint("device-page"), "WDJB-MJHT")]
        assert waits == [5, 5]

    def test_is_asked_after_more_slowly_when_the_provider_says_so(self, provider: Provider, sign_in: SignIn) -> None:
        waits: list[float] = []
        provider.interval = 2
        provider.device = ["authorization_pending", "slow_down", "authorization_pending", "slow_down", ""]
        by_code(sign_in, waits)
        assert waits == [2, 7, 7, 12]

    def test_is_asked_after_more_slowly_while_the_provider_is_busy(self, provider: Provider, sign_in: SignIn) -> None:
        waits: list[float] = []
        provider.script = [Said(503, b"busy"), Said(429, {})]
        by_code(sign_in, waits)
        assert waits == [10, 15]

    def test_outlives_a_network_that_is_away_for_a_moment(self, sign_in: SignIn) -> None:
        waits: list[float] = []
        cuts = iter([True, False])

        def shaky(url: str, fields: Mapping[str, str]) -> Answer:
            if url.endswith("/token") and next(cuts):
                return POST(f"http://{HOST}:{free_ports(1)[0]}/", fields)
            return POST(url, fields)

        assert sign_in_by_code(shaky, sign_in, "work", lambda _what: None, wait=waits.append).access
        assert waits == [10]

    @pytest.mark.parametrize("interval", [None, "soon", 0, -3, float("nan")])
    def test_is_never_asked_after_without_a_pause(self, provider: Provider, sign_in: SignIn, interval: object) -> None:
        waits: list[float] = []
        provider.interval = interval
        provider.device = ["authorization_pending"]
        by_code(sign_in, waits)
        assert waits == [5 if interval in (None, "soon") else 1]

    def test_is_not_waited_for_longer_than_an_hour(self, provider: Provider, sign_in: SignIn) -> None:
        waits: list[float] = []
        provider.interval = float("inf")
        provider.device = ["authorization_pending"] * 2
        with pytest.raises(LoginRefused, match="in time"):
            by_code(sign_in, waits)
        assert waits == [3600]

    def test_that_the_person_declines(self, provider: Provider, sign_in: SignIn) -> None:
        provider.device = ["authorization_pending", "access_denied"]
        with pytest.raises(LoginRefused, match=r"access_denied.*account authorize work"):
            by_code(sign_in)

    @pytest.mark.parametrize("end", [["expired_token"], ["authorization_pending"] * 9])
    def test_that_nobody_types(self, provider: Provider, sign_in: SignIn, end: list[str]) -> None:
        waits: list[float] = []
        provider.interval, provider.device = 300, end
        with pytest.raises(LoginRefused, match=r"in time.*account authorize work"):
            by_code(sign_in, waits)
        assert sum(waits) <= 900

    def test_is_not_given_to_a_program_that_nobody_registered(self, sign_in: SignIn) -> None:
        with pytest.raises(LoginRefused, match=r"invalid_client.*client_id.*\[oauth.own\]"):
            by_code(replace(sign_in, client_id="somebody"))

    def test_is_no_way_where_the_provider_has_none(self, sign_in: SignIn) -> None:
        with pytest.raises(UsageError, match="--device"):
            by_code(replace(sign_in, device_authorization_endpoint=""))


SPEAKS = [
    (said_no("invalid_grant", "Token has been revoked."), LoginRefused, r"revoked\. .*account authorize work"),
    (
        said_no("interaction_required", "AADSTS50076: sign in again"),
        LoginRefused,
        "AADSTS50076.*account authorize work",
    ),
    (Said(401, {"error": "invalid_client"}), LoginRefused, r"invalid_client.*client_id, client_secret.*\[oauth.own\]"),
    (said_no("invalid_scope"), LoginRefused, r"scope under \[oauth.own\]"),
    (Said(503, b"<html>down</html>"), Deferred, "HTTP 503.*by itself"),
    (Said(429, {"error": "slow down"}, {"Retry-After": "90"}), Deferred, "slow down.*by itself"),
    (Said(200, b"<html>hotel network: please log in</html>"), LoginRefused, "HTTP 200"),
    (Said(200, {"access_token": ""}), LoginRefused, "HTTP 200"),
    (Said(200, {"access_token": "two\r\nlines"}), LoginRefused, "HTTP 200"),
    (Said(200, {"access_token": "good", "token_type": "mac"}), LoginRefused, "HTTP 200"),
    (Said(200, b"[1]"), LoginRefused, "HTTP 200"),
    (Said(200, b'{"access_token": "' + b"a" * 300_000 + b'"}'), LoginRefused, "HTTP 200"),
    (Said(302, b"", {"Location": "http://127.0.0.1:1/elsewhere"}), LoginRefused, "HTTP 302"),
]


@pytest.mark.parametrize(("said", "kind", "words"), SPEAKS)
def test_what_a_provider_says_is_told_with_its_mend(
    provider: Provider, sign_in: SignIn, said: Said, kind: type[RemoteError], words: str
) -> None:
    provider.script = [said]
    with pytest.raises(kind, match=words) as caught:
        ask(POST, sign_in, {"grant_type": "refresh_token", "refresh_token": "r3fresh"}, "work")
    assert type(caught.value) is kind
    assert caught.value.retry_after == (90 if "Retry-After" in said.headers else None)


def test_a_provider_that_quotes_secrets_back_is_masked(provider: Provider, sign_in: SignIn) -> None:
    provider.script = [
        said_no("invalid_grant", f"r3fresh of {provider.client_id} with {provider.client_secret}\x1b[2J")
    ]
    with pytest.raises(LoginRefused) as caught:
        ask(POST, sign_in, {"grant_type": "refresh_token", "refresh_token": "r3fresh"}, "work")
    told = f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
    assert "••• of mailcrm-at-ningbo with •••" in told
    assert "\x1b" not in told


def test_a_provider_that_is_away(sign_in: SignIn) -> None:
    away = replace(sign_in, token_endpoint=f"http://{HOST}:{free_ports(1)[0]}/token")
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1.*network") as caught:
        ask(POST, away, {"refresh_token": "r3fresh"}, "work")
    assert caught.value.__cause__ is caught.value.__context__ is None  # the library's errors hold the form


def test_a_provider_whose_certificate_nobody_trusts(tmp_path: Path, sign_in: SignIn) -> None:
    certificates = Certificates(tmp_path)
    with Provider(USER, certificates=certificates) as provider:
        safe = replace(sign_in, token_endpoint=provider.endpoint("token"))
        assert provider.endpoint("token").startswith("https://")
        question = {"grant_type": "refresh_token", "refresh_token": provider.sign_in()}
        with pytest.raises(TlsError, match="certificate"):
            ask(POST, safe, question, "work")
        assert provider.asked == []
        assert ask(Web(certificates.authority).post, safe, question, "work").access


class TestWhatIsMissingOrUnsafe:
    def test_a_client_id(self) -> None:
        with pytest.raises(ConfigError, match=r"client_id` under \[oauth.google\]"):
            SignIn("google").client()

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "http://login.example/token",
            "ftp://login.example/",
            "https://",
            "https://me:pw@login.example/token",
            "https://login.example/token#x",
            "https://[::1/token",
            "//login.example",
        ],
    )
    def test_an_endpoint(self, url: str) -> None:
        with pytest.raises(ConfigError, match=r"`token_endpoint` under \[oauth.own\]") as caught:
            SignIn(token_endpoint=url).endpoint("token_endpoint")
        assert "pw" not in str(caught.value)

    @pytest.mark.parametrize("url", ["https://login.example/token?a=b", "http://localhost:1/t", "http://[::1]:1/t"])
    def test_not_these(self, url: str) -> None:
        assert SignIn(token_endpoint=url).endpoint("token_endpoint") == url

    @pytest.mark.parametrize("known", [each for each in quirks() if each.sign_in.token_endpoint], ids=lambda q: q.name)
    def test_nothing_in_what_is_known_of_providers(self, known: object) -> None:
        sign_in: SignIn = known.sign_in  # type: ignore[attr-defined]
        assert sign_in.endpoint("authorization_endpoint")
        assert sign_in.endpoint("token_endpoint")
        assert sign_in.scope
        assert sign_in.client_id == ""  # it is the user's company that registers mailcrm


# -- access tokens -----------------------------------------------------------------------------------------------------


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def secrets(home: Path) -> SecretStore:
    return SecretStore(home, find_keychain=lambda: None)


@pytest.fixture
def login(provider: Provider, secrets: SecretStore) -> AccountLogin:
    kind, reference = secrets.put("work", provider.sign_in())
    return AccountLogin("work", "imaps://mail.example", "smtps://mail.example", USER, kind, reference, oauth=True)


@pytest.fixture
def tokens(secrets: SecretStore, sign_in: SignIn, watch: Watch) -> AccessTokens:
    return AccessTokens(secrets, lambda _login: sign_in, POST, watch)


def test_a_token_serves_until_shortly_before_its_end(
    provider: Provider, tokens: AccessTokens, login: AccountLogin, watch: Watch
) -> None:
    first = tokens.get(login)
    watch.at += 3600 - 61
    assert tokens.get(login) == first
    watch.at += 1
    assert tokens.get(login) != first
    assert len(provider.asked) == 2


def test_a_new_refresh_token_is_kept_before_the_old_one_is_worthless(
    home: Path, provider: Provider, sign_in: SignIn, tokens: AccessTokens, secrets: SecretStore, login: AccountLogin
) -> None:
    before = secrets.get(login)
    tokens.get(login)
    after = secrets.get(login)
    assert after != before
    another_process = AccessTokens(SecretStore(home, find_keychain=lambda: None), lambda _login: sign_in, POST)
    assert another_process.get(login)
    assert [form["refresh_token"] for form in provider.asked] == [before, after]


def test_a_refresh_token_that_stays_good_is_not_written_again(
    provider: Provider, tokens: AccessTokens, secrets: SecretStore, login: AccountLogin
) -> None:
    before = secrets.get(login)
    provider.script = [Said(200, {"access_token": "a", "token_type": "bearer"})]
    assert tokens.get(login) == "a"
    assert secrets.get(login) == before


def test_two_threads_refresh_once(provider: Provider, tokens: AccessTokens, login: AccountLogin) -> None:
    start = threading.Barrier(8)

    def had(_number: int) -> str:
        start.wait(10)
        return tokens.get(login)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(had, range(8)))) == 1
    assert len(provider.asked) == 1


def test_threads_that_were_refused_with_one_token_get_one_new_one(
    provider: Provider, tokens: AccessTokens, login: AccountLogin
) -> None:
    refused = tokens.get(login)
    with ThreadPoolExecutor(8) as pool:
        renewed = set(pool.map(lambda _number: tokens.renew(login, refused), range(8)))
    assert len(renewed) == 1
    assert refused not in renewed
    assert len(provider.asked) == 2


def test_another_process_that_was_quicker_is_no_end_of_the_sign_in(
    home: Path, provider: Provider, sign_in: SignIn, login: AccountLogin
) -> None:
    ours = SecretStore(home, find_keychain=lambda: None)
    theirs = AccessTokens(SecretStore(home, find_keychain=lambda: None), lambda _login: sign_in, POST)

    def slow(url: str, fields: Mapping[str, str]) -> Answer:
        if not provider.asked:
            theirs.get(login)
        return POST(url, fields)

    assert AccessTokens(ours, lambda _login: sign_in, slow).get(login)
    assert len(provider.asked) == 3  # theirs, ours with the old one, ours with the new one


def test_an_ended_sign_in_is_told_with_its_mend(provider: Provider, tokens: AccessTokens, login: AccountLogin) -> None:
    provider.revoke_sign_ins()
    with pytest.raises(LoginRefused, match=r"invalid_grant.*account authorize work"):
        tokens.get(login)


def test_a_provider_that_is_busy_is_asked_again_the_next_time(
    provider: Provider, tokens: AccessTokens, login: AccountLogin
) -> None:
    provider.script = [Said(500, b"")]
    with pytest.raises(Deferred):
        tokens.get(login)
    assert tokens.get(login)


@pytest.mark.parametrize("kind", ["none", "file", "keyring"])
def test_an_account_that_is_not_signed_in_says_how(tokens: AccessTokens, kind: str) -> None:
    with pytest.raises(SecretError, match="account authorize work"):
        tokens.get(AccountLogin("work", "imaps://mail.example", "", USER, kind, "gone", oauth=True))


def test_no_token_shows_in_logs_errors_or_representations(
    provider: Provider, sign_in: SignIn, tokens: AccessTokens, login: AccountLogin, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[object] = [sign_in, tokens, login]
    with caplog.at_level(logging.DEBUG):
        good = tokens.get(login)
        shown += [by_browser(sign_in), by_code(sign_in), bearer({"XOAUTH2"}, USER, good, "mail.example")]
        provider.revoke_sign_ins()
        for failing in (
            lambda: tokens.renew(login, good),
            lambda: by_code(replace(sign_in, client_secret="wr0ng-S3nt")),
        ):
            with pytest.raises(MailcrmError) as caught:
                failing()
            shown += [caught.value, caught.value.__cause__, caught.value.__context__]
    printed = "".join(f"{each!r} {each}" for each in shown) + caplog.text
    assert "S3nt" not in printed


# -- how a token is shown to a mail server --------------------------------------------------------------------------------


def test_oauthbearer_where_it_is_offered() -> None:
    said = bearer({"PLAIN", "XOAUTH2", "OAUTHBEARER"}, "rep=1,x@ningbo.example", "t0ken", "mail.example")
    # RFC 7628, 3.1 and 3.2.3; "," and "=" of a name as RFC 5801, 4 writes them
    assert said.response == b"n,a=rep=3D1=2Cx@ningbo.example,\x01auth=Bearer t0ken\x01\x01"
    assert (said.mechanism, said.dismissal) == ("OAUTHBEARER", b"\x01")


def test_xoauth2_elsewhere() -> None:
    said = bearer({"PLAIN", "XOAUTH2"}, "李@ningbo.example", "t0ken", "mail.example")
    assert said.response == "user=李@ningbo.example\x01auth=Bearer t0ken\x01\x01".encode()
    assert (said.mechanism, said.dismissal) == ("XOAUTH2", b"")


def test_a_server_that_takes_no_tokens_gets_none() -> None:
    with pytest.raises(LoginRefused, match=r"mail\.example"):
        bearer({"PLAIN"}, USER, "t0ken", "mail.example")


def test_a_user_name_cannot_add_to_what_is_said() -> None:
    with pytest.raises(LoginRefused):
        bearer({"XOAUTH2"}, "rep\x01auth=Bearer other", "t0ken", "mail.example")


@pytest.mark.parametrize(
    ("challenge", "status"),
    [
        (b'{"status":"invalid_token","scope":"mail"}', "invalid_token"),
        (b'{"status":400}', "400"),
        (b"{}", ""),
        (b"[]", ""),
        (b"\xff", ""),
        (b"", ""),
    ],
)
def test_why_a_server_says_no(challenge: bytes, status: str) -> None:
    assert status_in(challenge) == status
