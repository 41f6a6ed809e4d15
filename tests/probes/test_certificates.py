import datetime
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from tshoot.probes.certificates import certificate_facts, names_host
from tshoot.probes.tls_failure import certificate_failure

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


def self_signed(common_name="box.test", organisation="Box", names=("box.test",), key=None):
    key = key or ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
    )
    if names:
        san = x509.SubjectAlternativeName([x509.DNSName(each) for each in names])
        builder = builder.add_extension(san, critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def test_a_self_signed_certificate():
    facts = certificate_facts([self_signed()], "box.test", NOW)
    assert facts.self_signed
    assert facts.chain_length == 1
    assert facts.problems == ("untrusted",)


def test_hostile_text_is_made_harmless():
    facts = certificate_facts([self_signed("a\x1b]52;c;QQ==\x07\u202eb", "x" * 60)], "box.test", NOW)
    assert "\x1b" not in facts.subject
    assert "\u202e" not in facts.subject
    assert facts.subject.startswith("a�]52")


def test_many_and_long_names_are_cut():
    names = tuple(f"{'n' * 60}.{'m' * 60}.n{number}.test" for number in range(60))
    facts = certificate_facts([self_signed(names=names)], "box.test", NOW)
    assert len(facts.names) == 8
    assert all(len(name) <= 100 for name in facts.names)


def test_without_alternative_names_it_serves_nobody():
    facts = certificate_facts([self_signed(names=())], "box.test", NOW)
    assert "wrong_host" in facts.problems


def test_the_same_issuer_has_the_same_fingerprint():
    key = ec.generate_private_key(ec.SECP256R1())
    one, two = self_signed(key=key), self_signed(names=("other.test",))
    other = self_signed(organisation="Another")
    ids = [certificate_facts([each], "box.test", NOW).issuer_id for each in (one, two, other)]
    assert ids[0] == ids[1] != ids[2]


def test_dates_are_judged_at_the_time_given():
    leaf = self_signed()
    assert certificate_facts([leaf], "box.test", NOW + 9 * DAY).problems[0] == "expired"
    assert certificate_facts([leaf], "box.test", NOW - 9 * DAY).problems[0] == "not_yet_valid"


@given(st.binary(max_size=200))
def test_garbage_is_no_certificate(garbage):
    assert certificate_facts([garbage], "box.test", NOW) is None


WHOLE = self_signed()


@given(st.lists(st.tuples(st.integers(0, 250), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_certificate_never_raises(damage):
    der = bytearray(WHOLE)
    for position, value in damage:
        der[position] = value
    facts = certificate_facts([bytes(der)], "box.test", NOW)
    assert facts is None or facts.chain_length == 1


@pytest.mark.parametrize(
    ("host", "names", "serves"),
    [
        ("a.test", ["a.test"], True),
        ("A.test.", ["a.TEST"], True),
        ("a.b.test", ["*.b.test"], True),
        ("a.a.b.test", ["*.b.test"], False),
        ("b.test", ["*.b.test"], False),
        ("a.test", [], False),
        ("a.test", ["*"], False),
    ],
)
def test_which_hosts_a_certificate_serves(host, names, serves):
    assert names_host(host, names, []) is serves


@pytest.mark.parametrize(
    ("host", "serves"), [("192.0.2.1", True), ("192.0.2.2", False), ("2001:db8::1", True)]
)
def test_which_addresses_a_certificate_serves(host, serves):
    assert names_host(host, ["192.0.2.2"], ["192.0.2.1", "2001:db8::1"]) is serves


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (10, "expired"),
        (9, "not_yet_valid"),
        (62, "wrong_host"),
        (64, "wrong_host"),
        (18, "untrusted"),
        (20, "untrusted"),
    ],
)
def test_openssl_verify_codes(code, outcome):
    error = ssl.SSLCertVerificationError()
    error.verify_code, error.verify_message = code, ""
    assert certificate_failure(error, by_openssl=True) == outcome


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("“service.test” certificate is expired", "expired"),
        ("A required certificate is not within its validity period", "expired"),
        ("“service.test” certificate name does not match input", "wrong_host"),
        ("The certificate's CN name does not match the passed value.", "wrong_host"),
        ("“service.test” certificate is not trusted", "untrusted"),
        ("terminated in a root certificate which is not trusted by the trust provider", "untrusted"),
    ],
)
def test_words_of_the_systems_own_verifiers(words, outcome):
    error = ssl.SSLCertVerificationError(words)
    error.verify_code, error.verify_message = -67818, words
    assert certificate_failure(error, by_openssl=False) == outcome
