import struct

from hypothesis import given
from hypothesis import strategies as st

from tshoot.probes.echo_reply import parse

IPV4_HEADER = bytes([0x46]) + bytes(23)  # six words: one word of options
IPV6_HEADER = bytes(40)


def icmp(kind, identifier=7, sequence=3, code=0):
    return struct.pack("!BBHHH", kind, code, 0, identifier, sequence)


def test_a_reply_names_its_echo():
    assert parse(icmp(0) + b"payload", 4, with_header=False) == ("reply", 7, 3)
    assert parse(IPV4_HEADER + icmp(0), 4, with_header=True) == ("reply", 7, 3)
    assert parse(icmp(129), 6, with_header=False) == ("reply", 7, 3)


def test_an_error_names_the_echo_it_is_about():
    error = icmp(3, 0, 0, code=13) + IPV4_HEADER + icmp(8, 9, 1)
    assert parse(IPV4_HEADER + error, 4, with_header=True) == ("unreachable", 9, 1)
    assert parse(icmp(1, 0, 0) + IPV6_HEADER + icmp(128, 9, 1), 6, with_header=False) == ("unreachable", 9, 1)


def test_other_messages_are_told_apart():
    assert parse(icmp(11, 0, 0) + IPV4_HEADER + icmp(8, 9, 1), 4, with_header=False) == ("other", 9, 1)


@given(st.binary(max_size=80), st.sampled_from([4, 6]), st.booleans())
def test_any_bytes_are_an_answer_or_none(packet, family, with_header):
    parse(packet, family, with_header)
