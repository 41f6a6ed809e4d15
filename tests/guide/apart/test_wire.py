import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.catalog.services import resolve_target
from tshoot.guide.apart.wire import decode, encode, result_in, result_out, target_in, target_out
from tshoot.probes.model import ProbeResult
from tshoot.target import parse_target

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.text(), values), st.text(), st.lists(st.text()).map(tuple))
def test_a_result_comes_through_as_it_was(data, detail, contacted):
    result = ProbeResult("link", "ok", detail, 1.5, data, contacted)
    line = encode({"id": 1, "result": result_out(result)})
    assert line.count(b"\n") == 1
    assert result_in(decode(line)["result"]) == result


@pytest.mark.parametrize("text", ["t-mobile", "metro", "https://example.org:8443/a?b=c", "192.0.2.1"])
def test_a_target_comes_through_as_it_was(text):
    target = resolve_target(text) if text.isidentifier() or "-" in text else parse_target(text)
    assert target_in(decode(encode(target_out(target)))) == target


@pytest.mark.parametrize("line", [b"", b"[1]\n", b"{\n", b"\xff\n"])
def test_anything_else_is_no_message(line):
    with pytest.raises(ValueError):
        decode(line)
