"""What the site calls: what was resolved and looked at, and nothing that is not public unless it is allowed."""

import socket
import ssl
import threading
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.utils import timezone

from assessments.services import outgoing
from assessments.services.outgoing import NotCalled, may_be_called

from ..webhooks import Receiver, drip, receiving

CLOSED = (
    "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.8.8.8 168.63.129.16 169.254.169.254 "
    "172.16.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 "
    "240.0.0.1 255.255.255.255 :: ::1 ::10.0.0.1 ::ffff:10.0.0.1 ::ffff:93.184.216.34 64:ff9b::a00:1 "
    "64:ff9b::5db8:d822 64:ff9b:1::a00:1 100::1 2001::1 2001:db8::1 2001:20::1 2002:a00:1::1 3fff::1 5f00::1 "
    "fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 "
)


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """A resolver that says something else each time. What it was asked."""
    asked: list[str] = []

    def getaddrinfo(host: Any, port: Any, *args: Any, **more: Any) -> list[Any]:
        asked.append(str(host))
        said = answers[min(len(asked), len(answers)) - 1]
        kinds = {4: socket.AF_INET, 6: socket.AF_INET6}
        return [(kinds[ip_address(one).version], socket.SOCK_STREAM, 6, "", (one, port)) for one in said]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def post(url: str, about_to: Callable[[], None] = lambda: None) -> int:
    return outgoing.post(url, b"{}", {"Content-Type": "application/json"}, about_to=about_to)


def told(url: str) -> str:
    """Why it was not called."""
    with pytest.raises(NotCalled) as refused:
        post(url)
    return refused.value.code


@pytest.mark.parametrize("address", CLOSED.split())
def test_what_is_not_public_is_closed(address: str) -> None:
    assert not may_be_called(address)


def test_nothing_is_called_that_any_address_of_a_name_leads_to_but_should_not(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(socket, "socket", lambda *args: opened.append(args))
    for addresses in (["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["2606:2800:220:1::1", "::1"]):
        resolving(monkeypatch, addresses)
        assert told("https://hooks.example.org/") == "address"
    assert told("http://hooks.example.org/") == "plain"
    assert opened == []


def test_the_connection_goes_to_what_was_resolved(monkeypatch: pytest.MonkeyPatch, loopback_allowed: None) -> None:
    """A name that leads elsewhere by the time of the connection, where somebody listens, too: it is asked once."""
    with receiving() as receiver, receiving("127.0.0.2", port=_port(receiver)) as elsewhere:
        asked = resolving(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
        url = f"http://hooks.example.org:{_port(receiver)}/hooks"
        assert post(url) == 200
        assert (len(receiver.got), elsewhere.got, asked) == (1, [], ["hooks.example.org"])
        assert receiver.got[0][0]["host"] == f"hooks.example.org:{_port(receiver)}"
        assert told(url) == "address", "public or allowed at first, closed later"
        assert (len(receiver.got), elsewhere.got) == (1, [])


def test_a_resolver_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answering = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: answering.wait() and [])
    monkeypatch.setattr(outgoing, "RESOLVE_SECONDS", 0.01)
    assert told("https://hooks.example.org/") == "address"
    answering.set()


def test_a_redirect_is_not_followed(loopback_allowed: None) -> None:
    with receiving() as receiver:
        receiver.answer = 307
        assert post(receiver.url) == 307
        assert len(receiver.got) == 1


def test_an_endless_answer_is_cut_off(loopback_allowed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "TOTAL_SECONDS", 0.5)
    with receiving() as receiver:
        receiver.answer = lambda handler: drip(handler, b"HTTP/1.1 200 OK\r\n\r\n", b"more")
        assert post(receiver.url) == 200, "nothing is read but the status"
        for head, drop in (
            (b"HTTP/1.1 200 OK\r\nX: ", b"m"),
            (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        ):
            receiver.answer = lambda handler, head=head, drop=drop: drip(handler, head, drop)
            assert told(receiver.url) == "time"
        receiver.answer = lambda handler: drip(handler, b"SSH-2.0\r\n" * 10, b"")
        assert told(receiver.url) == "connection"


def test_what_must_not_be_sent_any_more_is_not_sent(loopback_allowed: None) -> None:
    def gone() -> None:
        raise RuntimeError

    with receiving() as receiver:
        with pytest.raises(RuntimeError):
            post(receiver.url, gone)
        assert receiver.got == []


def test_a_certificate_is_checked_for_the_name(
    loopback_allowed: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    certificate = a_certificate(tmp_path, "hooks.example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    outgoing._tls.cache_clear()
    resolving(monkeypatch, ["127.0.0.1"])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    names: list[str] = []
    context.sni_callback = lambda sock, name, context: names.append(str(name))
    try:
        with receiving(tls=context) as receiver:
            assert post(f"https://hooks.example.org:{_port(receiver)}/") == 200
            assert told(f"https://other.example.org:{_port(receiver)}/") == "certificate"
            assert names == ["hooks.example.org", "other.example.org"]
            assert len(receiver.got) == 1
    finally:
        outgoing._tls.cache_clear()


def a_certificate(folder: Path, name: str) -> Path:
    """A certificate for a name that says of itself that it is one, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), timezone.now()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signed = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + signed.public_bytes(Encoding.PEM))
    return path


def _port(receiver: Receiver) -> int:
    return int(receiver.url.split(":")[2].partition("/")[0])
