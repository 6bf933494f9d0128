"""An account's URLs: what they mean, and which would not be safe."""

import pytest

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.servers import Server, server_of


@pytest.mark.parametrize(
    ("url", "protocol", "server"),
    [
        ("imaps://m.example", "imap", Server("m.example", 993, "tls")),
        ("imap+starttls://m.example:1143", "imap", Server("m.example", 1143, "starttls")),
        ("imap://[::1]", "imap", Server("::1", 143, "plain")),
        ("IMAPS://m.example/", "imap", Server("m.example", 993, "tls")),
        ("smtps://m.example", "smtp", Server("m.example", 465, "tls")),
        ("smtp+starttls://m.example", "smtp", Server("m.example", 587, "starttls")),
        ("smtp://localhost:2525", "smtp", Server("localhost", 2525, "plain")),
        ("smtps://bücher.example", "smtp", Server("xn--bcher-kva.example", 465, "tls")),
    ],
)
def test_a_url_names_host_port_and_encryption(url: str, protocol: str, server: Server) -> None:
    assert server_of(url, protocol) == server


@pytest.mark.parametrize(
    ("url", "protocol"),
    [
        ("imap://mail.example", "imap"),
        ("imap://127.0.0.1.mail.example", "imap"),
        ("imaps://", "imap"),
        ("pop3://mail.example", "imap"),
        ("smtps://mail.example", "imap"),
        ("imaps://user:pw@mail.example", "imap"),
        ("imaps://mail.example:port", "imap"),
        ("imaps://mail.example/inbox", "imap"),
        ("mail.example", "imap"),
        ("smtp://mail.example", "smtp"),
        ("smtp://192.0.2.7", "smtp"),
    ],
)
def test_a_url_that_is_none_or_not_safe_is_refused_with_the_mend(url: str, protocol: str) -> None:
    with pytest.raises(ConfigError) as caught:
        server_of(url, protocol)
    assert caught.value.hint is not None
    assert "pw" not in str(caught.value)
