"""Whoever may answer in the office's place: a server on a real socket with a certificate of some kind."""

import contextlib
import datetime
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from sync.server.certificate import self_made
from tests.flows.processes import Office

Answer = Callable[[BaseHTTPRequestHandler, bytes], None]
Certificate = Callable[[Office, Path], tuple[Path, Path]]


@contextlib.contextmanager
def answering(port: str, certificate: Path, key: Path, answer: Answer) -> Iterator[None]:
    """Somebody else behind the office's address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer(self, self.rfile.read(int(self.headers["content-length"])))

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", int(port)), Handler)
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate, key)
    server.socket = trust.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def page(status: int, **headers: str) -> Answer:
    """What a captive portal says."""

    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        body = b"<html>Bienvenue sur le Wi-Fi</html>"
        handler.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def for_another_name(office: Office, folder: Path) -> tuple[Path, Path]:
    """A certificate that the office's own vouches for, for a machine of another name."""
    return _vouched(office, folder, x509.DNSName("autre.exemple"), -1, 30)


def expired(office: Office, folder: Path) -> tuple[Path, Path]:
    """A certificate of the office that nobody renewed, or that a laptop with a clock ahead sees."""
    return _vouched(office, folder, x509.IPAddress(ipaddress.ip_address("127.0.0.1")), -30, -1)


def not_yet_valid(office: Office, folder: Path) -> tuple[Path, Path]:
    """A good certificate as a laptop with a clock behind sees it."""
    return _vouched(office, folder, x509.IPAddress(ipaddress.ip_address("127.0.0.1")), 1, 30)


def _vouched(office: Office, folder: Path, name: x509.GeneralName, first: int, last: int) -> tuple[Path, Path]:
    """A certificate that the office's own vouches for, from one day to another, counted from today."""
    issuer = x509.load_pem_x509_certificate(office.certificate.read_bytes())
    secret = serialization.load_pem_private_key(office.key.read_bytes(), None)
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "autre")]))
        .issuer_name(issuer.subject)
        .public_key(issuer.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=first))
        .not_valid_after(now + datetime.timedelta(days=last))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .sign(secret, hashes.SHA256())  # type: ignore[arg-type]
    )
    file = folder / "other.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return file, office.key


def ours(office: Office, folder: Path) -> tuple[Path, Path]:
    """The office's own certificate."""
    return office.certificate, office.key


def nobodys(office: Office, folder: Path) -> tuple[Path, Path]:
    """One that nobody vouches for."""
    (folder / "theirs").mkdir()
    return self_made(folder / "theirs")
