"""On the publisher's machine: makes the release keys and signs setups; no key ever leaves it.

python -m installer.release new-keys KEYS            keys into a folder, the public half into resources/release
python -m installer.release sign KEYS SETUP…         dist/MiloMobile-X.Y.Z.milo-release of setups of one version
python -m installer.release rotate KEYS [--root]     another release key (with --root another root key too), if one was lost
"""

import argparse
import getpass
import hashlib
import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

from sync import releases

PUBLIC = Path(__file__).parent.parent / "resources" / "release"
DIST = Path(__file__).parent.parent / "dist"
ROOT, RELEASE = "root.pem", "release.pem"
YEARS = timedelta(days=3652)
MONTHS = timedelta(days=400)
"""So long a release may be installed; then it is signed again, or is refused as stale."""
_ENDS = {"-setup.exe": "windows", ".deb": "linux", ".dmg": "macos"}


def new_keys(keys: Path, password: bytes, public: Path = PUBLIC, now: datetime | None = None) -> Path:
    """A root key and a release key in a new folder, encrypted; returns the file of the public half."""
    if sorted(public.glob("*.root.json")):
        raise SystemExit(f"{public} has a root already: programs out there know it. Use rotate.")
    keys.mkdir(mode=0o700, parents=True)
    root, release = (_make(keys / name, password) for name in (ROOT, RELEASE))
    said = Root(version=1, expires=_in(YEARS, now), consistent_snapshot=True)
    _entrust(said, root, release)
    return _publish(said, [root], public)


def rotate(
    keys: Path, password: bytes, public: Path = PUBLIC, *, whole: bool = False, now: datetime | None = None
) -> Path:
    """The next root names another release key, and with `whole` another root key; the root of before vouches for it."""
    last = Metadata[Root].from_file(str(_roots(public)[-1])).signed
    old = _load(keys / ROOT, password)
    for name in (RELEASE, ROOT) if whole else (RELEASE,):
        (keys / name).rename(keys / f"{last.version}.{name}")
        _make(keys / name, password)
    root, release = (_load(keys / name, password) for name in (ROOT, RELEASE))
    said = Root(version=last.version + 1, expires=_in(YEARS, now), consistent_snapshot=True)
    _entrust(said, root, release)
    return _publish(said, [old, root] if whole else [root], public)


def sign(
    keys: Path, password: bytes, setups: Sequence[Path], out: Path, public: Path = PUBLIC, now: datetime | None = None
) -> Path:
    """The file that carries these setups, for servers and USB keys; its metadata is numbered by the second it was signed."""
    signer, number = _load(keys / RELEASE, password), int((now or datetime.now(UTC)).timestamp())
    expires = _in(MONTHS, now)
    versions = {_version(setup) for setup in setups}
    if len(versions) != 1:
        raise SystemExit("The setups are not of one version.")
    targets = Targets(version=number, expires=expires, targets={system(one): _target(one) for one in setups})
    targets_bytes = _signed(targets, [signer])
    snapshot = Snapshot(version=number, expires=expires, meta={"targets.json": _meta(number, targets_bytes)})
    snapshot_bytes = _signed(snapshot, [signer])
    timestamp = Timestamp(version=number, expires=expires, snapshot_meta=_meta(number, snapshot_bytes))
    metadata = {
        **{file.name: file.read_bytes() for file in _roots(public)},
        f"{number}.targets.json": targets_bytes,
        f"{number}.snapshot.json": snapshot_bytes,
        "timestamp.json": _signed(timestamp, [signer]),
    }
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"MiloMobile-{versions.pop()}{releases.SUFFIX}"
    releases.write(file, metadata, setups)
    return file


def system(setup: Path) -> str:
    """The system that a setup is for, by how its name ends."""
    for end, found in _ENDS.items():
        if setup.name.endswith(end):
            return found
    raise SystemExit(f"{setup.name} is no setup: {', '.join(_ENDS)}.")


def _version(setup: Path) -> str:
    found = re.search(rf"[-_]({releases.VERSION})[-_.]", setup.name)
    if found is None:
        raise SystemExit(f"{setup.name} does not say its version.")
    return found[1]


def _target(setup: Path) -> TargetFile:
    with setup.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    said = {"custom": {"version": _version(setup), "name": setup.name}}
    return TargetFile(setup.stat().st_size, {"sha256": digest}, system(setup), said)


def _meta(version: int, content: bytes) -> MetaFile:
    return MetaFile(version, len(content), {"sha256": hashlib.sha256(content).hexdigest()})


def _entrust(root: Root, of_root: CryptoSigner, of_release: CryptoSigner) -> None:
    root.add_key(of_root.public_key, "root")
    for role in ("timestamp", "snapshot", "targets"):
        root.add_key(of_release.public_key, role)


def _publish(root: Root, signers: Sequence[CryptoSigner], public: Path) -> Path:
    public.mkdir(parents=True, exist_ok=True)
    file = public / f"{root.version}.root.json"
    file.write_bytes(_signed(root, signers))
    return file


def _signed(said: Signed, signers: Sequence[CryptoSigner]) -> bytes:
    made = Metadata(said)
    for signer in signers:
        made.sign(signer, append=True)
    return made.to_bytes(JSONSerializer(compact=True))


def _roots(public: Path) -> list[Path]:
    found = sorted(public.glob("*.root.json"), key=lambda file: int(file.name.split(".")[0]))
    if not found:
        raise SystemExit(f"{public} has no root. Use new-keys first.")
    return found


def _in(time: timedelta, now: datetime | None) -> datetime:
    return ((now or datetime.now(UTC)) + time).replace(microsecond=0)


def _make(file: Path, password: bytes) -> CryptoSigner:
    key = Ed25519PrivateKey.generate()
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password))
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
    return CryptoSigner(key)


def _load(file: Path, password: bytes) -> CryptoSigner:
    try:
        key = load_pem_private_key(file.read_bytes(), password)
    except (OSError, ValueError):
        raise SystemExit(f"{file} cannot be read, or the password is another one.") from None
    assert isinstance(key, Ed25519PrivateKey)
    return CryptoSigner(key)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one call; the keys' password comes from MILO_RELEASE_PASSWORD or the terminal."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    calls = parser.add_subparsers(required=True, dest="call")
    for name in ("new-keys", "sign", "rotate"):
        call = calls.add_parser(name)
        call.add_argument("keys", type=Path)
        call.add_argument("--public", type=Path, default=PUBLIC, help="the folder of the public half")
        if name == "sign":
            call.add_argument("setups", type=Path, nargs="+")
            call.add_argument("--out", type=Path, default=DIST)
        if name == "rotate":
            call.add_argument("--root", action="store_true")
    args = parser.parse_args(argv)
    password = (os.environ.get("MILO_RELEASE_PASSWORD") or getpass.getpass("Password of the keys: ")).encode()
    if args.call == "sign":
        made = sign(args.keys, password, args.setups, args.out, args.public)
    elif args.call == "rotate":
        made = rotate(args.keys, password, args.public, whole=args.root)
    else:
        made = new_keys(args.keys, password, args.public)
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
