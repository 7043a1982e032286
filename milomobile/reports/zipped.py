"""Files in one ZIP that only a password opens: AES-256 as in WinZip's AE-2, which 7-Zip, WinRAR and macOS tools read."""

import io
from collections.abc import Mapping


def sealed(files: Mapping[str, bytes], password: str) -> bytes:
    """The ZIP of the files by name; their names and sizes stay readable, so that they tell nothing."""
    import pyzipper

    made = io.BytesIO()
    with pyzipper.AESZipFile(made, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()
