"""What a certificate chain says: names, issuer, dates, and what is wrong with it by itself.

The chain comes from a connection that verifies nothing, so every text in it is hostile and nothing here
is a verdict of trust: whether the chain is trusted is decided by the verifying connection alone.
"""

from __future__ import annotations

import ipaddress
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tshoot.text import display_text

if TYPE_CHECKING:
    import ssl

    from cryptography import x509

_MOST_NAMES = 8
_MOST_CHAIN = 10
_NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """The leaf certificate and its chain.

    ``subject`` and ``issuer`` are common names (else organisations), ``names`` the first alternative
    names; dates are ISO 8601 in UTC. ``issuer_id`` is a fingerprint of the issuer's whole name: equal on
    two hosts when the same authority signed both. ``problems`` are outcomes of the ``tls`` probe that
    the chain shows by itself.
    """

    subject: str = ""
    issuer: str = ""
    issuer_organisation: str = ""
    issuer_id: str = ""
    names: tuple[str, ...] = ()
    not_before: str = ""
    not_after: str = ""
    chain_length: int = 0
    self_signed: bool = False
    problems: tuple[str, ...] = ()


def certificate_facts(chain: Sequence[bytes], host: str, now: datetime) -> CertificateFacts | None:
    """Facts of a DER ``chain``, leaf first, for ``host`` at ``now`` (aware, UTC); None if unreadable."""
    from cryptography import x509

    try:
        with warnings.catch_warnings():
            # A certificate that breaks a rule is what is to be described, not a reason to warn here.
            warnings.simplefilter("ignore")
            parsed = [x509.load_der_x509_certificate(der) for der in chain[:_MOST_CHAIN]]
            return _facts(parsed, host, now) if parsed else None
    except (ValueError, TypeError, x509.InvalidVersion, x509.UnsupportedGeneralNameType):
        # cryptography reads lazily: a malformed field raises where it is looked at.
        return None


def verified_facts(tls: ssl.SSLObject) -> CertificateFacts | None:
    """Facts of a certificate that was verified, without loading a parser for them.

    None where the system's own verifier keeps it (macOS, Windows).
    """
    leaf: Any = tls.getpeercert()
    if not leaf:
        return None
    subject, issuer = _flat(leaf.get("subject")), _flat(leaf.get("issuer"))
    return CertificateFacts(
        subject=_shown(subject.get("commonName") or subject.get("organizationName", "")),
        issuer=_shown(issuer.get("commonName") or issuer.get("organizationName", "")),
        issuer_organisation=_shown(issuer.get("organizationName", "")),
        names=tuple(_shown(value) for _, value in leaf.get("subjectAltName", ())[:_MOST_NAMES]),
        not_before=_iso(leaf["notBefore"]),
        not_after=_iso(leaf["notAfter"]),
    )


def _flat(name: Any) -> dict[str, str]:
    return {key: value for part in name or () for key, value in part}


def _iso(text: str) -> str:
    import ssl

    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC).isoformat()


def peer_chain(tls: ssl.SSLObject) -> list[bytes]:
    """The certificates the other side sent as DER, leaf first; only the leaf where Python keeps the rest.

    Public from Python 3.13; before, the same call exists on the private object beneath.
    """
    try:
        if hasattr(tls, "get_unverified_chain"):
            return [bytes(der) for der in tls.get_unverified_chain() or ()]
        inner: Any = tls._sslobj  # type: ignore[attr-defined]
        return [_der(certificate) for certificate in inner.get_unverified_chain() or ()]
    except (AttributeError, TypeError, ValueError):
        leaf = tls.getpeercert(binary_form=True)
        return [leaf] if leaf else []


def _der(certificate: Any) -> bytes:
    import ssl

    text: str = certificate.public_bytes()
    return ssl.PEM_cert_to_DER_cert(text)


def _facts(chain: list[x509.Certificate], host: str, now: datetime) -> CertificateFacts:
    leaf = chain[0]
    dns, ips = _alternative_names(leaf)
    return CertificateFacts(
        subject=_common_name(leaf.subject),
        issuer=_common_name(leaf.issuer),
        issuer_organisation=_part(leaf.issuer, "O"),
        issuer_id=_fingerprint(leaf.issuer),
        names=tuple(_shown(name) for name in (*dns, *ips)[:_MOST_NAMES]),
        not_before=leaf.not_valid_before_utc.isoformat(),
        not_after=leaf.not_valid_after_utc.isoformat(),
        chain_length=len(chain),
        self_signed=leaf.issuer == leaf.subject,
        problems=_problems(chain, names_host(host, dns, ips), now),
    )


def _problems(chain: list[x509.Certificate], right_host: bool, now: datetime) -> tuple[str, ...]:
    found = {
        "expired": any(certificate.not_valid_after_utc < now for certificate in chain),
        "not_yet_valid": any(certificate.not_valid_before_utc > now for certificate in chain),
        "wrong_host": not right_host,
        "untrusted": chain[0].issuer == chain[0].subject,
    }
    return tuple(problem for problem, present in found.items() if present)


def names_host(host: str, dns: Sequence[str], ips: Sequence[str]) -> bool:
    """Does a certificate with these alternative names serve ``host`` (RFC 9525, section 6.3)?

    A wildcard stands for exactly one whole left-most label; the common name counts for nothing.
    """
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        wanted = host.lower().removesuffix(".")
        suffix = wanted.partition(".")[2]
        return any(name.lower() in (wanted, f"*.{suffix}") for name in dns)
    return str(address) in ips


def _alternative_names(leaf: x509.Certificate) -> tuple[list[str], list[str]]:
    from cryptography import x509

    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return [], []
    return names.get_values_for_type(x509.DNSName), [
        str(ip) for ip in names.get_values_for_type(x509.IPAddress)
    ]


def _common_name(name: x509.Name) -> str:
    return _part(name, "CN") or _part(name, "O") or _shown(name.rfc4514_string())


def _part(name: x509.Name, wanted: str) -> str:
    values = [part.value for part in name if part.rfc4514_attribute_name == wanted]
    return _shown(str(values[0])) if values else ""


def _fingerprint(name: x509.Name) -> str:
    import hashlib

    return hashlib.sha256(name.public_bytes()).hexdigest()[:32]


def _shown(text: str) -> str:
    return display_text(text, _NAME_LENGTH)
