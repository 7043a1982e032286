"""Whether a profile's folder stays on this computer: never in a synchronised folder, never on a share."""

import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from milomobile.errors import NotOurs

_SYNCED = (
    "Le dossier {} est synchronisé par {}\u00a0: les fiches quitteraient cet ordinateur à l’insu de la Mission Locale, et une "
    "copie à moitié faite les abîmerait. Rien n’a été modifié. Choisissez un dossier de cet ordinateur seulement."
)
_SHARED = (
    "Le dossier {} est sur un autre ordinateur ({})\u00a0: les fiches y seraient hors de ce poste, et une coupure du réseau les "
    "abîmerait. Rien n’a été modifié. Choisissez un dossier de cet ordinateur."
)
_MARKERS = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".sync_*.db", "Nextcloud ou ownCloud"),
    ("._sync_*.db", "Nextcloud ou ownCloud"),
    (".stfolder", "Syncthing"),
    (".seafile-data", "Seafile"),
    (".kdrive", "kDrive"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
)
"""What the programs leave at the top of what they synchronise. `~/.dropbox`, a folder, is Dropbox's own place."""
_NAMES = (
    (r"onedrive( - .+)?", "OneDrive"),
    (r"dropbox( \(.+\))?", "Dropbox"),
    (r"google ?drive(-.+)?|my drive|mon drive", "Google Drive"),
    (r"iclouddrive|mobile documents", "iCloud"),
    (r"cloudstorage", "un service en ligne"),
    (r"nextcloud\d*", "Nextcloud"),
    (r"owncloud", "ownCloud"),
    (r"kdrive\d*", "kDrive"),
    (r"seafile", "Seafile"),
)
"""What they call it."""
_ENVIRONMENT = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_CONFIGURED = (
    ("Nextcloud", ".config/Nextcloud/nextcloud.cfg"),
    ("Nextcloud", "AppData/Roaming/Nextcloud/nextcloud.cfg"),
    ("Nextcloud", "Library/Preferences/Nextcloud/nextcloud.cfg"),
    ("ownCloud", ".config/ownCloud/owncloud.cfg"),
    ("ownCloud", "AppData/Roaming/ownCloud/owncloud.cfg"),
    ("ownCloud", "Library/Preferences/ownCloud/owncloud.cfg"),
)
_DROPBOX = (".dropbox/info.json", "AppData/Roaming/Dropbox/info.json", "AppData/Local/Dropbox/info.json")
_REMOTE = frozenset(
    "nfs nfs4 cifs smb2 smb3 smbfs ncpfs afs 9p ceph glusterfs davfs davfs2 lustre beegfs fuse.sshfs fuse.rclone "
    "fuse.davfs2 fuse.s3fs fuse.gvfsd-fuse fuse.kio-fuse fuse.onedriver fuse.google-drive-ocamlfuse fuse.glusterfs "
    "fuse.ceph fuse.curlftpfs fuse.seadrive fuse.smbnetfs".split()
)
DRIVE_REMOTE = 4
"""What Windows calls a drive of the network (GetDriveTypeW)."""


@dataclass(frozen=True)
class Facts:
    """What the system says: the environment, the home folder, (mount point, kind) of each file system.

    `drive` tells what Windows says of a drive's root; None elsewhere.
    """

    environment: Mapping[str, str]
    home: Path
    mounts: Sequence[tuple[str, str]] = ()
    drive: Callable[[str], int] | None = None


def check(folder: Path) -> None:
    """Raises NotOurs, with the reason, where a profile must not be."""
    if wrong := trouble(folder, facts()):
        raise NotOurs(wrong)


def trouble(folder: Path, facts: Facts) -> str | None:
    """Why a profile must not be in a folder (which need not exist yet), or None. Links are followed."""
    written = str(folder)
    if written.startswith(("\\\\", "//")) and not written.startswith(("\\\\?\\", "\\\\.\\")):
        return _SHARED.format(folder, "partage réseau")
    place = Path(os.path.realpath(folder))
    if kind := _remote(place, facts):
        return _SHARED.format(folder, kind)
    if service := _synchronised(place, facts):
        return _SYNCED.format(folder, service)
    return None


def facts() -> Facts:
    """What this system says."""
    mounts: list[tuple[str, str]] = []
    try:
        for line in Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            _, point, kind, *_ = line.split(" ")
            mounts.append((re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), point), kind))
    except (OSError, ValueError):
        pass
    return Facts(os.environ, Path.home(), mounts, _drive_type if sys.platform == "win32" else None)


def _drive_type(root: str) -> int:
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))  # type: ignore[attr-defined,unused-ignore]


def _remote(place: Path, facts: Facts) -> str | None:
    if facts.drive:
        root = PureWindowsPath(place).anchor
        return f"lecteur réseau {root}" if root and facts.drive(root) == DRIVE_REMOTE else None
    above = [(point, kind) for point, kind in facts.mounts if place.is_relative_to(point)]
    kind = max(above, key=lambda mount: len(mount[0]), default=("", ""))[1]
    return f"partage {kind}" if kind in _REMOTE else None


def _synchronised(place: Path, facts: Facts) -> str | None:
    for name in _ENVIRONMENT:
        if (root := facts.environment.get(name)) and _inside(place, root):
            return "OneDrive"
    for service, roots in _configured(facts.home):
        if any(_inside(place, root) for root in roots):
            return service
    for folder in (place, *place.parents):
        for pattern, service in _NAMES:
            if re.fullmatch(pattern, folder.name, re.IGNORECASE):
                return service
        for marker, service in _MARKERS:
            if _marked(folder, marker):
                return service
    return None


def _marked(folder: Path, marker: str) -> bool:
    try:
        if "*" in marker:
            return folder.is_dir() and next(folder.glob(marker), None) is not None
        return (folder / marker).is_file() if marker == ".dropbox" else (folder / marker).exists()
    except OSError:
        return False


def _inside(place: Path, root: str) -> bool:
    return place.is_relative_to(os.path.realpath(root))


def _configured(home: Path) -> list[tuple[str, list[str]]]:
    """(service, folders it synchronises) as their programs have written it down."""
    found = []
    for service, name in _CONFIGURED:
        if text := _text(home / name):
            found.append((service, re.findall(r"^[^=\n]*localPath=(.+?)/?$", text, re.MULTILINE)))
    for name in _DROPBOX:
        try:
            told = json.loads(_text(home / name) or "{}")
            found.append(("Dropbox", [str(one["path"]) for one in told.values()]))
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return found


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
