"""What holds for every address: official ones are official, no other is, and imitations are found."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from tshoot.lookalike.domains import owner, registrable
from tshoot.lookalike.judge import judge
from tshoot.lookalike.parts import Parts, take_apart
from tshoot.lookalike.twins import TABLE

OFFICIAL = ("t-mobile.com", "metrobyt-mobile.com")
DOMAINS = frozenset(OFFICIAL)
LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def official_addresses(draw):
    labels = draw(st.lists(LABEL, max_size=3))
    host = ".".join([*labels, draw(st.sampled_from(OFFICIAL))])
    scheme = draw(st.sampled_from(["", "https://", "HTTPS://", "http://", "//"]))
    behind = draw(st.sampled_from(["", "/", "/a@b/c", "?next=https://evil.com", "#x", "/../..//"]))
    written = "".join(draw(st.sampled_from([sign, sign.upper()])) for sign in host)
    return host, f"{scheme}{written}{draw(st.sampled_from(['', '.', ':443']))}{behind}"


@given(official_addresses())
def test_official_hosts_and_all_below_them_are_official(address):
    host, text = address
    found = judge(text, DOMAINS)
    assert (found.outcome, found.host) == ("official", host)


@given(st.text(max_size=80))
def test_no_text_at_all_breaks_it_and_none_is_wrongly_official(text):
    found = judge(text, DOMAINS)
    if found.outcome == "official":
        assert registrable(found.host) in DOMAINS
        assert found.host in text.lower().replace("[.]", ".").replace("(.)", ".")
    else:
        assert found.host == ""
    assert found.says


PIECES = (
    "t-mobile",
    ".com",
    "@",
    "/",
    "\\",
    "%2e",
    "evil",
    ":",
    "//",
    "https:",
    "#",
    "?",
    "。",
    "\u200b",
    ".",
    "xn--",
    "-",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("https://t-mobile.com\\@evil.com")
def test_official_means_that_a_browser_goes_there(text):
    found = judge(text, DOMAINS)
    if found.outcome == "official":
        parts = take_apart(text)
        assert isinstance(parts, Parts)
        assert parts.before_at is None
        assert parts.plain
        assert owner(parts.host, DOMAINS) == found.domain


@st.composite
def imitations(draw):
    """The name of an official domain with one slip, swapped sign or addition."""
    domain = draw(st.sampled_from(OFFICIAL))
    name = domain.removesuffix(".com")
    place = draw(st.integers(1, len(name) - 1))
    kind = draw(
        st.sampled_from(["drop", "double", "other", "swap", "twin", "digit", "word", "ending", "front", "at"])
    )
    if kind == "drop":
        return f"{name[:place]}{name[place + 1 :]}.com"
    if kind == "double":
        return f"{name[:place]}{draw(st.sampled_from(LETTERS))}{name[place:]}.com"
    if kind == "other":
        return f"{name[:place]}{draw(st.sampled_from(LETTERS))}{name[place + 1 :]}.com"
    if kind == "swap":
        assume(place + 1 < len(name))
        return f"{name[:place]}{name[place + 1]}{name[place]}{name[place + 2 :]}.com"
    if kind == "twin":
        return f"https://{_twinned(draw, name)}.com/"
    if kind == "digit":
        return name.replace("o", "0").replace("i", draw(st.sampled_from("i1l"))) + ".com"
    word = draw(st.sampled_from(["login", "secure", "account", "my", "verify", "pay"]))
    if kind == "word":
        return draw(st.sampled_from([f"{name}-{word}.com", f"{word}-{name}.com", f"{word}.{name}{word}.net"]))
    if kind == "ending":
        return f"{name}.{draw(st.sampled_from(['net', 'co', 'org', 'us', 'info', 'co.uk', 'com.co']))}"
    return f"https://{domain}@evil.com/" if kind == "at" else f"https://account.{domain}.{word}.net/"


def _twinned(draw, name):
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    target, *codes = draw(st.sampled_from([row for row in rows if row[0].isalpha() and row[0] in name]))
    sign = chr(int(draw(st.sampled_from(codes)), 16))
    return name.replace(target, sign, 1)


@given(imitations())
def test_slips_swapped_signs_and_additions_are_look_alikes(text):
    host = text.removeprefix("https://").strip("/")
    assume(owner(host, DOMAINS) is None)
    assume(not any(label.startswith("-") or label.endswith("-") for label in host.split(".")))
    assert judge(text, DOMAINS).outcome == "look_alike"
