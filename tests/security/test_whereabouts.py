"""A profile inside a synchronised folder or on a share is refused with the reason."""

import json
from pathlib import Path

import pytest

from milomobile.actions.open import create, open_profile
from milomobile.errors import NotOurs
from milomobile.security import whereabouts
from milomobile.security.whereabouts import DRIVE_REMOTE, Facts, facts, trouble
from tests.conftest import ADVISER, NOW, PASSWORD


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox", "Dropbox"),
        (".dropbox.cache/", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".sync_0a1b2c.db", "Nextcloud"),
        ("._sync_0a1b2c.db", "ownCloud"),
        (".stfolder/", "Syncthing"),
        (".seafile-data/", "Seafile"),
        (".tmp.drivedownload/", "Google Drive"),
    ],
)
def test_what_a_program_leaves_at_the_top_tells_it(home: Path, marker: str, service: str) -> None:
    top = home / "Documents partagés"
    top.mkdir()
    assert trouble(top / "sous" / "Milo", Facts({}, home)) is None
    (top / marker).mkdir() if marker.endswith("/") else (top / marker).touch()
    said = trouble(top / "sous" / "Milo", Facts({}, home)) or ""
    assert service in said
    assert "Rien n’a été modifié" in said and "Choisissez" in said


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Mission Locale", "OneDrive"),
        ("Dropbox (Milo)", "Dropbox"),
        ("Library/CloudStorage/GoogleDrive-x@y.fr", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Nextcloud2", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("kDrive", "kDrive"),
        ("Seafile", "Seafile"),
        ("Mon Drive", "Google Drive"),
    ],
)
def test_what_a_program_calls_it_tells_it(home: Path, name: str, service: str) -> None:
    assert service in (trouble(home / name / "Milo", Facts({}, home)) or "")


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_onedrive_under_another_name_is_in_the_environment(home: Path, variable: str) -> None:
    known = Facts({variable: str(home / "Bureau")}, home)
    assert "OneDrive" in (trouble(home / "Bureau" / "Milo", known) or "")
    assert trouble(home / "Bureautique" / "Milo", known) is None


@pytest.mark.parametrize(
    ("config", "service"),
    [
        (".config/Nextcloud/nextcloud.cfg", "Nextcloud"),
        ("AppData/Roaming/ownCloud/owncloud.cfg", "ownCloud"),
        (".dropbox/info.json", "Dropbox"),
        ("AppData/Local/Dropbox/info.json", "Dropbox"),
    ],
)
def test_a_folder_of_another_name_is_in_the_programs_configuration(home: Path, config: str, service: str) -> None:
    top, file = home / "Travail", home / config
    file.parent.mkdir(parents=True)
    told = json.dumps({"personal": {"path": str(top)}})
    file.write_text(told if file.suffix == ".json" else f"[Accounts]\n0\\Folders\\1\\localPath={top}/\n")
    known = Facts({}, home)
    assert service in (trouble(top / "Milo", known) or "")
    assert trouble(home / "Ailleurs", known) is None
    file.write_bytes(b"\xff{")
    assert trouble(top / "Milo", known) is None


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone"])
def test_a_share_is_refused_where_it_is_mounted_and_not_beside(kind: str, home: Path) -> None:
    known = Facts({}, home, [("/", "ext4"), ("/srv/bureau", kind), ("/srv/bureau/local", "ext4")])
    assert kind in (trouble(Path("/srv/bureau/milo"), known) or "")
    assert trouble(Path("/srv/bureau/local/milo"), known) is None
    assert trouble(Path("/srv/bureau2/milo"), known) is None


def test_a_network_drive_and_a_share_of_windows_are_refused(home: Path) -> None:
    assert "réseau" in (trouble(Path("//serveur/partage/milo"), Facts({}, home)) or "")
    assert "réseau" in (trouble(Path("\\\\serveur\\partage\\milo"), Facts({}, home)) or "")
    remote, fixed = Facts({}, home, drive=lambda _: DRIVE_REMOTE), Facts({}, home, drive=lambda _: 3)
    assert "lecteur réseau" in (trouble(home / "milo", remote) or "")
    assert trouble(home / "milo", fixed) is None


def test_a_link_into_a_synchronised_folder_is_followed(home: Path) -> None:
    (home / "Dropbox").mkdir()
    (home / "Milo").symlink_to(home / "Dropbox")
    assert "Dropbox" in (trouble(home / "Milo", Facts({}, home)) or "")


def test_dropboxs_own_place_is_no_synchronised_folder(home: Path) -> None:
    (home / ".dropbox").mkdir()
    assert trouble(home / "Milo", Facts({}, home)) is None


def test_the_system_is_asked(tmp_path: Path) -> None:
    found = facts()
    assert found.home == Path.home()
    assert any(point == "/" for point, _ in found.mounts)
    whereabouts.check(tmp_path)


def test_a_profile_is_neither_made_nor_opened_there(tmp_path: Path) -> None:
    with pytest.raises(NotOurs, match="OneDrive"):
        create(tmp_path / "OneDrive" / "p", ADVISER, PASSWORD, NOW)
    assert list(tmp_path.iterdir()) == []
    create(tmp_path / "p", ADVISER, PASSWORD, NOW)
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(NotOurs, match="Syncthing"):
        open_profile(tmp_path / "p", None, PASSWORD, NOW)
