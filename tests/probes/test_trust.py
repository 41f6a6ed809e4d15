import ssl
import threading
import time
from pathlib import Path

import pytest
import trustme

from tshoot.probes import trust
from tshoot.probes.context import Shared


def test_verifying_context_verifies_chain_and_name():
    context = trust.verifying_context(Shared())
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_reading_context_accepts_everything():
    context = trust.reading_context(Shared())
    assert context.verify_mode is ssl.CERT_NONE
    assert not context.check_hostname


def test_contexts_are_made_once_even_from_several_threads(monkeypatch):
    made = []

    def slow_new() -> ssl.SSLContext:
        made.append(1)
        time.sleep(0.02)
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    monkeypatch.setattr(trust, "new_verifying_context", slow_new)
    shared = Shared()
    threads = [threading.Thread(target=trust.verifying_context, args=(shared,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


async def test_verifying_returns_the_shared_context():
    shared = Shared()
    context = await trust.verifying(shared)
    assert context is trust.verifying_context(shared) is await trust.verifying(shared)


def test_environment_names_the_trust_store(monkeypatch, tmp_path: Path):
    bundle = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    stats = trust.verifying_context(Shared()).cert_store_stats()
    assert stats["x509_ca"] == 1


@pytest.mark.parametrize("bundles", [(), ("/does/not/exist.pem",)])
def test_without_any_store_the_public_list_is_used(monkeypatch, tmp_path: Path, bundles):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    monkeypatch.setattr(trust, "_BUNDLES", bundles)
    assert trust.verifying_context(Shared()).cert_store_stats()["x509_ca"] > 50
