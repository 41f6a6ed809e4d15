"""Certificates of a world, made when first needed, valid around the world's clock.

The lab root is what the client trusts. A leaf comes with an intermediate whose size is a real one's, so
that a handshake does not fit into one packet (it matters for path-MTU faults).
"""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from tests.lab.servers.clock import WorldClock

PROFILES = (
    "good",
    "expired",
    "not_yet_valid",
    "wrong_host",
    "self_signed",
    "untrusted",
    "incomplete",
    "intercepted",
)
PADDING = ObjectIdentifier("1.3.6.1.4.1.55555.1.1")


@dataclass(frozen=True)
class Authority:
    """An issuer: its certificate and key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


class Certificates:
    """Issues the certificates of one world into ``folder``."""

    def __init__(self, folder: Path, clock: WorldClock) -> None:
        """``folder`` must exist and be private to the world."""
        self._folder = folder
        self._clock = clock

    @cached_property
    def root(self) -> Authority:
        """The authority the client trusts."""
        return self._authority("Lab Root CA", None)

    @cached_property
    def _issuer(self) -> Authority:
        return self._authority("Lab Issuing CA 1", self.root)

    @cached_property
    def _filter(self) -> Authority:
        return self._authority("SafeGate Web Filter CA", None)

    @cached_property
    def _stranger(self) -> Authority:
        return self._authority("Nobody Knows Root CA", None)

    def write_root(self, path: Path) -> None:
        """Write the trusted root as PEM."""
        path.write_bytes(self.root.certificate.public_bytes(serialization.Encoding.PEM))

    def context(self, names: list[str], profile: str, tls_max: str = "") -> ssl.SSLContext:
        """A server context that shows a certificate of the given profile for these names and addresses."""
        key = ec.generate_private_key(ec.SECP256R1())
        chain = self._chain(names, profile, key)
        path = self._folder / f"{names[0]}-{profile}-{os.urandom(4).hex()}.pem"
        pem = [
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
            *(item.public_bytes(serialization.Encoding.PEM) for item in chain),
        ]
        path.write_bytes(b"".join(pem))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        context.set_alpn_protocols(["http/1.1"])
        if tls_max == "1.2":
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        return context

    def _chain(
        self, names: list[str], profile: str, key: ec.EllipticCurvePrivateKey
    ) -> list[x509.Certificate]:
        issuer = {
            "untrusted": self._stranger,
            "intercepted": self._filter,
            "self_signed": None,
        }.get(profile, self._issuer)
        shown = ["www.parked-example.net", "parked-example.net"] if profile == "wrong_host" else names
        leaf = self._leaf(shown, issuer, key, *_validity(profile))
        return [leaf] if issuer is None or profile == "incomplete" else [leaf, issuer.certificate]

    def _leaf(
        self,
        names: list[str],
        issuer: Authority | None,
        key: ec.EllipticCurvePrivateKey,
        begins: int,
        ends: int,
    ) -> x509.Certificate:
        subject = _name(names[0])
        now = self._clock.now()
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if issuer is None else issuer.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=begins))
            .not_valid_after(now + timedelta(days=ends))
            .add_extension(x509.SubjectAlternativeName([_alternative(name) for name in names]), False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        )
        signer = key if issuer is None else issuer.key
        builder = builder.add_extension(_authority_id(signer), False)
        return builder.sign(signer, hashes.SHA256())

    def _authority(self, name: str, parent: Authority | None) -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        subject, now = _name(name), self._clock.now()
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if parent is None else parent.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=3650))
            .not_valid_after(now + timedelta(days=3650))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .add_extension(_signing_use(), True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
            .add_extension(x509.UnrecognizedExtension(PADDING, os.urandom(1400)), False)
        )
        signer = key if parent is None else parent.key
        if parent is not None:
            builder = builder.add_extension(_authority_id(signer), False)
        return Authority(builder.sign(signer, hashes.SHA256()), key)


def _validity(profile: str) -> tuple[int, int]:
    """Days from the world's now: begin and end."""
    return {"expired": (-120, -3), "not_yet_valid": (2, 92)}.get(profile, (-30, 60))


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _authority_id(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _signing_use() -> x509.KeyUsage:
    wanted = dict.fromkeys(
        ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"), False
    )
    rest = dict.fromkeys(("key_agreement", "encipher_only", "decipher_only"), False)
    return x509.KeyUsage(key_cert_sign=True, crl_sign=True, **wanted, **rest)
