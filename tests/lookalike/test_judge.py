"""Addresses as people paste them, and as others disguise them."""

import pytest

from tshoot.lookalike.judge import judge
from tshoot.lookalike.model import OUTCOMES, SAYS

DOMAINS = frozenset({"t-mobile.com", "metrobyt-mobile.com"})


def told(text):
    found = judge(text, DOMAINS)
    return found.outcome, found.reason


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("t-mobile.com", "t-mobile.com"),
        ("https://account.t-mobile.com/signin/v2/?redirect_uri=https://evil.com/", "account.t-mobile.com"),
        ("WWW.T-MOBILE.COM.", "www.t-mobile.com"),
        ("t-mobile.com:443", "t-mobile.com"),
        ("//www.metrobyt-mobile.com#top", "www.metrobyt-mobile.com"),
        ("https:\\\\account.t-mobile.com\\x", "account.t-mobile.com"),
        ("  <https://account.t-mobile.com/>\r\n", "account.t-mobile.com"),
        ("\u200bt-mobile.com\u200b", "t-mobile.com"),
        ("hxxps://t-mobile[.]com/", "t-mobile.com"),
        ("view-source:https://www.t-mobile.com/", "www.t-mobile.com"),
        ("please look at https://www.t-mobile.com/ for me", "www.t-mobile.com"),
        ("https://www.t-mobile.com/" + "a" * 30_000, "www.t-mobile.com"),
    ],
)
def test_official_addresses(text, host):
    found = judge(text, DOMAINS)
    assert (found.outcome, found.host, found.reason) == ("official", host, "own_domain")
    assert found.domain in found.says


def test_what_is_odd_about_an_official_address_is_said():
    assert told("http://www.t-mobile.com/") == ("official", "own_domain_http")
    assert told("https://www.t-mobile.com:8443/") == ("official", "own_domain_port")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://t-mobile.com@evil.com", "at_sign"),
        ("https://user:word@account.t-mobile.com/", "at_sign"),
        ("https://t-mobile.com@203.0.113.9/", "at_sign"),
        ("metrobyt-mobile.com.evil.example", "front"),
        ("https://t-mobile.com%2eevil.com/", "front"),
        ("https://t-mobile.com。evil.com", "front"),
        ("https://account.t-mobile.com.secure-login.net/", "front"),
        ("t-mobile.co", "ending"),
        ("t-mobile.con", "ending"),
        ("t-mobile.github.io", "ending"),
        ("http://t-mobile/", "ending"),
        ("t-mobile-login.com", "added"),
        ("login.my-tmobile.com", "added"),
        ("mytmobile.com", "added"),
        ("account-metrobyt-mobile.net", "added"),
        ("tmobile.com", "hyphen"),
        ("t.mobile.com", "hyphen"),
        ("metro-byt-mobile.com", "hyphen"),
        ("https://t-mоbile.com/", "letters"),
        ("https://тmobile.com", "letters"),
        ("https://t‑mobile.com", "letters"),
        ("https://" + "t-mоbile".encode("idna").decode() + ".com", "letters"),
        ("t-mobi1e.com", "digits"),
        ("rnetrobyt-mobile.com", "signs"),
        ("t-rnobile.com", "signs"),
        ("t-moblie.com", "slip"),
        ("t-mobil.com", "slip"),
        ("t-moblie-login.com", "slip"),
        ("evil.com/t-mobile.com", "behind"),
        ("https://evil.com\\@t-mobile.com", "behind"),
        ("https://203.0.113.9/t-mobile.com".replace("203.0.113.9", "8.8.8.8"), "behind"),
        ("https://www.t-mobile%2Ecom/", "disguised"),
        ("https://ｔ-mobile.com/", "disguised"),
        ("https://t-mobile\u200b.com", "disguised"),
        ("https://t-mo\u202ebile.com", "disguised"),
        ("https://t-mo\ufffdbile.com", "disguised"),
        ("https://t-mo\x1bbile.com", "disguised"),
        ("t-mocile.com", "slip"),
        ("t-mobcle.com", "slip"),
        ("see https://t-mobi1e.com now", "digits"),
    ],
)
def test_imitations_and_what_gives_them_away(text, reason):
    assert told(text) == ("look_alike", reason)


@pytest.mark.parametrize(
    ("text", "outcome", "reason"),
    [
        ("google.com", "other_site", "other"),
        ("https://example.org/account?next=t-mobile.com", "other_site", "other"),
        ("boostmobile.com", "other_site", "other"),
        ("boost-mobile.com", "other_site", "other"),
        ("mintmobile.com", "other_site", "other"),
        ("xmobile.com", "other_site", "other"),
        ("mobile.com", "other_site", "other"),
        ("automobile.com", "other_site", "other"),
        ("metropcs.com", "other_site", "other"),
        ("https://xn--zzzzzz99999999.com", "other_site", "other"),
        ("http://8.8.8.8/", "other_site", "numbers"),
        ("http://134744072/", "other_site", "numbers"),
        ("javascript:alert(1)", "other_site", "program"),
        ("data:text/html,t-mobile.com", "other_site", "program"),
        ("bit.ly/3abc", "short_link", "short"),
        ("https://t.co/x", "short_link", "short"),
        ("192.168.12.1", "private_address", "private"),
        ("http://0xc0a80c01/", "private_address", "private"),
        ("http://192.168.3073/web", "private_address", "private"),
        ("http://[fe80::1%25eth0]/", "private_address", "private"),
        ("fe80::1", "private_address", "private"),
        ("http://gateway/", "private_address", "private"),
        ("mobile.hotspot", "private_address", "private"),
        ("", "not_an_address", "empty"),
        (" \t\r\n", "not_an_address", "empty"),
        ("two words", "not_an_address", "several"),
        ("https://one.com https://two.com", "not_an_address", "several"),
        ("me@t-mobile.com", "not_an_address", "e_mail"),
        ("mailto:me@t-mobile.com", "not_an_address", "e_mail"),
        ("chrome://settings", "not_an_address", "browser_page"),
        ("ftp://t-mobile.com/", "not_an_address", "unreadable"),
        ("a" * 20_000, "not_an_address", "too_long"),
        ("hello", "not_an_address", "no_ending"),
        ("co.uk", "not_an_address", "unknown_ending"),
        ("www.shop.comm", "not_an_address", "unknown_ending"),
        ("https://google.com:99999/", "not_an_address", "unreadable"),
        ("https://a..b.com", "not_an_address", "unreadable"),
        ("https://:443/", "not_an_address", "empty"),
    ],
)
def test_everything_else(text, outcome, reason):
    assert told(text) == (outcome, reason)


def test_nothing_that_was_typed_is_kept_unless_it_is_an_official_host():
    found = judge("https://t-mobi1e.com/?session=abc", DOMAINS)
    assert found.host == ""
    assert "t-mobi1e" not in repr(found)
    assert "abc" not in found.says
    official = judge("https://account.t-mobile.com/?session=abc", DOMAINS)
    assert "abc" not in repr(official)


def test_every_reason_has_a_sentence_that_is_easy_to_read():
    from tshoot.flow.reading import reading_of

    for reason, text in SAYS.items():
        assert text.endswith("."), reason
    assert reading_of(SAYS.values()).grade <= 6


def test_a_public_suffix_in_the_catalogue_makes_nobody_official():
    assert judge("evil.com", frozenset({"com", "co.uk"})).outcome != "official"
    assert judge("evil.co.uk", frozenset({"com", "co.uk"})).outcome != "official"


def test_the_outcomes_are_the_documented_ones():
    assert set(OUTCOMES) == {
        "official", "look_alike", "other_site", "short_link", "private_address", "not_an_address"
    }  # fmt: skip
