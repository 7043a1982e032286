"""Signs a program for Windows with the publisher's certificate, where the environment names one: python -m installer.windows.sign FILE."""

import os
import sys
import tempfile
from pathlib import Path

from installer.origin import epoch
from installer.windows.places import run


def sign(file: Path) -> bool:
    """Signs in place; False where MILO_SIGN_PFX is not set.

    MILO_SIGN_PFX is a PKCS#12 file, MILO_SIGN_PASSWORD its password, MILO_SIGN_TIMESTAMP a time-stamping address (RFC 3161).
    """
    certificate = os.environ.get("MILO_SIGN_PFX")
    if not certificate:
        return False
    with tempfile.TemporaryDirectory() as folder:
        password, signed = Path(folder) / "password", Path(folder) / file.name
        password.write_text(os.environ.get("MILO_SIGN_PASSWORD", ""), encoding="utf-8")
        call: list[str | Path] = ["osslsigncode", "sign", "-pkcs12", certificate, "-readpass", password, "-h", "sha256"]
        call += ["-n", "Milo Mobile"]
        if stamp := os.environ.get("MILO_SIGN_TIMESTAMP"):
            call += ["-ts", stamp]
        else:
            call += ["-time", str(epoch())]
        run([*call, "-in", file, "-out", signed])
        file.write_bytes(signed.read_bytes())
    return True


if __name__ == "__main__":
    sign(Path(sys.argv[1]))
