"""One attempt to post, against a real server on loopback."""

import hashlib
import hmac
import ssl
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
import trustme

from tests.desk.receiver import receiving, reset, silent
from tshoot.desk import webhook as hook
from tshoot.desk.signature import idempotency_key
from tshoot.desk.webhook import Webhook, WebhookError, delivery_of, make_webhook, post, read_secret

SECRET = b"a secret of this test"
BODY = '{"schema": "tshoot.ticket/1", "label": "Ä"}'.encode()


def test_what_is_posted_is_signed_and_carries_its_key():
    with receiving() as receiver:
        assert post(Webhook(receiver.url, SECRET), "key-1", BODY).state == "delivered"
    ((headers, body),) = receiver.requests
    assert body == BODY
    assert headers["Idempotency-Key"] == "key-1"
    assert headers["Content-Type"] == "application/json"
    fields = dict(part.split("=") for part in headers["X-Tshoot-Signature"].split(","))
    wanted = hmac.new(SECRET, fields["t"].encode() + b"." + BODY, hashlib.sha256).hexdigest()
    assert fields["v1"] == wanted
    assert abs(int(fields["t"]) - datetime.now(UTC).timestamp()) < 60
    assert SECRET.decode() not in str(headers)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "delivered"),
        (202, "delivered"),
        (500, "again"),
        (503, "again"),
        (408, "again"),
        (409, "again"),
        (429, "again"),
        (400, "refused"),
        (401, "refused"),
        (404, "refused"),
        (410, "refused"),
        (302, "refused"),
    ],
)
def test_each_status_has_its_meaning(status, state):
    with receiving(status) as receiver:
        delivery = post(Webhook(receiver.url, SECRET), "key", BODY)
    assert (delivery.state, delivery.words) == (state, f"status {status}")


def test_a_redirect_is_not_followed():
    with receiving() as other, receiving((307, {"Location": other.url})) as receiver:
        assert post(Webhook(receiver.url, SECRET), "key", BODY).state == "refused"
    assert other.requests == []


def test_retry_after_is_read_as_seconds_and_as_a_date():
    with receiving((429, {"Retry-After": "7"})) as receiver:
        assert post(Webhook(receiver.url, SECRET), "key", BODY).wait == 7.0
    moment = datetime(2026, 5, 1, 12, 0, 30, tzinfo=UTC)
    date = format_datetime(moment, usegmt=True)
    assert delivery_of(503, date, moment.timestamp() - 30).wait == 30.0
    assert delivery_of(503, date, moment.timestamp() + 30).wait == 0.0


@pytest.mark.parametrize("text", ["", None, "soon", "-5", "²", "Mon, 99 Foo 2026", "1" * 400])
def test_a_retry_after_that_makes_no_sense_does_no_harm(text):
    wait = delivery_of(503, text, 0.0).wait
    assert wait is None or wait >= 0


def test_a_reset_connection_and_a_closed_port_are_tried_again():
    with receiving(reset) as receiver:
        delivery = post(Webhook(receiver.url, SECRET), "key", BODY)
        url = receiver.url
    assert delivery.state == "again"
    assert post(Webhook(url, SECRET), "key", BODY).words == "connection refused"


def test_a_silent_receiver_is_tried_again(monkeypatch):
    monkeypatch.setattr(hook, "SECONDS", 0.1)
    with receiving(silent) as receiver:
        delivery = post(Webhook(receiver.url, SECRET), "key", BODY)
    assert (delivery.state, delivery.words) == ("again", "no answer in time")


def test_certificates_are_verified():
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with receiving(tls=tls) as receiver:
        untrusted = post(Webhook(receiver.url, SECRET), "key", BODY)
        context = ssl.create_default_context()
        authority.configure_trust(context)
        trusted = post(Webhook(receiver.url, SECRET, context), "key", BODY)
    assert (untrusted.state, untrusted.words) == ("again", "the certificate is not trusted")
    assert trusted.state == "delivered"
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    "url",
    [
        "",
        "tickets.example/hook",
        "ftp://tickets.example/",
        "http://tickets.example/hook",
        "https://me:word@tickets.example/",
        "https://tickets.example:port/",
        "https://[::1/",
        "https://",
    ],
)
def test_an_address_that_will_not_do_is_refused(url):
    with pytest.raises(WebhookError):
        make_webhook(url, SECRET)


def test_the_secret_comes_from_the_environment_or_a_file_and_is_never_shown(tmp_path):
    file = tmp_path / "secret"
    file.write_bytes(b"  " + SECRET + b"\n")
    assert read_secret(file, {}) == SECRET
    assert read_secret(file, {"TSHOOT_WEBHOOK_SECRET": "another secret, here"}) == b"another secret, here"
    assert SECRET.decode() not in repr(make_webhook("https://tickets.example/", SECRET))


def test_a_missing_or_short_secret_is_told(tmp_path):
    with pytest.raises(WebhookError, match="no secret"):
        read_secret(None, {})
    with pytest.raises(WebhookError, match="can't be read"):
        read_secret(tmp_path / "none", {})
    with pytest.raises(WebhookError, match="16") as caught:
        make_webhook("https://tickets.example/", b"short")
    assert "short" not in str(caught.value)


def test_the_same_ticket_has_the_same_key():
    assert idempotency_key("s", BODY) == idempotency_key("s", BODY)
    assert (
        len({idempotency_key("s", BODY), idempotency_key("t", BODY), idempotency_key("s", BODY + b" ")}) == 3
    )
