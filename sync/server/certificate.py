"""A certificate of one's own for this machine: for the demonstration and for tests, given to laptops as `--ca`."""

import datetime
import ipaddress
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sync.server.identity import write


def self_made(folder: Path, address: str = "127.0.0.1") -> tuple[Path, Path]:
    """(certificate, key) for localhost and an IP address, made on first use, good for ten years."""
    certificate, key = folder / "certificate.pem", folder / "certificate.key"
    if certificate.exists() and key.exists():
        return certificate, key
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Milo Mobile, serveur local")])
    now = datetime.datetime.now(datetime.UTC)
    here = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address(address))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName(here), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(secret, hashes.SHA256())
    )
    unlocked = serialization.NoEncryption()
    text = secret.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unlocked)
    write(key, text.decode())
    write(certificate, made.public_bytes(serialization.Encoding.PEM).decode())
    return certificate, key


if __name__ == "__main__":
    for made in self_made(Path(sys.argv[1])):
        print(made)
