import ssl

import pytest

from tests.support.loopback import HERE, closed_port, page, probe_context, says, serving
from tests.support.proxies import refusing_proxy
from tshoot.host.model import HostState, Proxy
from tshoot.probes import pac_ways, proxy
from tshoot.probes.http_exchange import MOST_BODY
from tshoot.probes.model import Reading
from tshoot.probes.pac_script import Verdict, evaluate, named_ways
from tshoot.target import Target

NAME = "account.example.test"


def decide(body):
    return f"function FindProxyForURL(url, host) {{ {body} }}"


def asked(script, names=None):
    return evaluate(script, NAME, "192.168.12.50", names or {})


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('dnsDomainIs(host, ".example.test")', True),
        ('dnsDomainIs(host, ".example.org")', False),
        ('shExpMatch(host, "*.example.*")', True),
        ('shExpMatch(host, "accountXexample.test")', False),
        ('shExpMatch("a+b", "a+?")', True),
        ("isPlainHostName(host)", False),
        ('localHostOrDomainIs("account", "account.example.test")', True),
        ("dnsDomainLevels(host) == 2", True),
        ('isInNet("10.1.2.3", "10.0.0.0", "255.0.0.0")', True),
        ('isInNet("11.1.2.3", "10.0.0.0", "255.0.0.0")', False),
        ('isInNet("200.1.2.3", "200.1.2.0", "255.255.255.0")', True),
        ('myIpAddress() == "192.168.12.50"', True),
        ('url == "https://account.example.test/"', True),
    ],
)
def test_a_scripts_questions_are_answered(condition, holds):
    assert asked(decide(f'return ({condition}) ? "yes" : "no";')) == Verdict("yes" if holds else "no")


def test_a_name_is_asked_for_before_it_is_used():
    script = decide('return isInNet(host, "10.0.0.0", "255.0.0.0") ? "DIRECT" : "PROXY p:1";')
    assert asked(script) == Verdict(asks=NAME)
    assert asked(script, {NAME: "10.1.1.1"}) == Verdict("DIRECT")
    assert asked(script, {NAME: "9.9.9.9"}) == Verdict("PROXY p:1")
    assert asked(script, {NAME: None}) == Verdict("PROXY p:1")


@pytest.mark.parametrize(
    "script",
    [
        "",
        "garbage ((",
        "while (true) {}",
        decide("return FindProxyForURL(url, host);"),
        decide("return timeRange(8, 18);"),
        decide("var all = []; while (true) { all.push(new Array(100000)); }"),
    ],
)
def test_a_script_that_can_not_be_followed_says_so(script):
    verdict = asked(script)
    assert (verdict.ways, verdict.asks) == ("", "")
    assert verdict.reason


def test_the_ways_of_a_script_in_order():
    ways = named_ways(" PROXY a:1;HTTPS b:2; SOCKS c:3 ;bogus d:4; PROXY ; DIRECT;")
    assert ways == ("http://a:1", "https://b:2", "socks5://c:3", "direct")


async def run(url):
    context = probe_context(
        target=Target(NAME),
        host=HostState("linux", proxies=(Proxy("pac", url, "KDE settings"),)),
        tls=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        readings={"tls": Reading("skipped", "")},
    )
    return await proxy.run(context)


async def by_script(body):
    async with serving(says(page("200 OK", decide(body).encode()))) as port:
        return await run(f"http://{HERE}:{port}/proxy.pac")


async def test_the_proxy_that_the_script_names_is_used():
    async with serving(refusing_proxy(407)) as port:
        reading = await by_script(f'return "PROXY {HERE}:{port}";')
    assert (reading.outcome, reading.data.url) == ("auth_required", f"http://{HERE}:{port}")
    assert reading.data.script.endswith("/proxy.pac")


async def test_a_dead_proxy_gives_way_to_the_next():
    reading = await by_script(f'return "PROXY {HERE}:{closed_port()}; DIRECT";')
    assert reading.outcome == "bypassed"
    async with serving(refusing_proxy(502)) as port:
        reading = await by_script(f'return "PROXY {HERE}:{closed_port()}; PROXY {HERE}:{port}";')
    assert reading.outcome == "failing"
    assert (await by_script(f'return "PROXY {HERE}:{closed_port()}";')).outcome == "unreachable"


async def test_direct_is_bypassed():
    assert (await by_script('return "DIRECT";')).outcome == "bypassed"


async def test_names_are_looked_up_for_the_script():
    body = 'return isInNet("localhost", "127.0.0.0", "255.0.0.0") ? "DIRECT" : "PROXY x:1";'
    assert (await by_script(body)).outcome == "bypassed"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (page("404 Not Found"), "pac_unreachable"),
        (page("500 Error"), "pac_unreachable"),
        (b"", "pac_unreachable"),
        (page("302 Found", b"", b"Location: http://x.test/"), "pac_not_evaluated"),
        (page("200 OK", b"x" * (MOST_BODY + 1)), "pac_not_evaluated"),
        (page("200 OK", b"<html>"), "pac_not_evaluated"),
        (page("200 OK", decide('return "BOGUS x";').encode()), "pac_not_evaluated"),
    ],
)
async def test_a_script_that_does_not_come(answer, outcome):
    async with serving(says(answer)) as port:
        assert (await run(f"http://{HERE}:{port}/p")).outcome == outcome


async def test_a_script_nobody_serves():
    assert (await run(f"http://{HERE}:{closed_port()}/p")).outcome == "pac_unreachable"
    assert (await run("http://wpad.invalid/p")).outcome == "pac_unreachable"
    assert (await run("ftp://127.0.0.1/p")).outcome == "pac_unreachable"


async def test_a_script_in_a_file(tmp_path):
    file = tmp_path / "my proxy.pac"
    assert (await run(f"file://{tmp_path}/my%20proxy.pac")).outcome == "pac_unreachable"
    file.write_text(decide('return "DIRECT";'))
    assert (await run(f"file://{tmp_path}/my%20proxy.pac")).outcome == "bypassed"


async def test_without_the_package_nothing_is_guessed(monkeypatch):
    monkeypatch.setattr(pac_ways, "can_evaluate", lambda: False)
    reading = await by_script('return "DIRECT";')
    assert reading.outcome == "pac_not_evaluated"
    assert "extra: pac" in reading.detail
