"""The setup on a laptop, under Wine: install, work, send, upgrade with data, refuse a downgrade, remove."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from installer import needs, published
from installer.origin import LOGS, ROOT
from installer.trial import LINE, SECRET
from installer.windows import laptop, setup, tree, wine
from installer.windows.__main__ import TOOLS
from installer.windows.laptop import DISK, expect, milomobile, place, same_files
from installer.windows.places import BUILD, WINDOWED, earlier, edition
from installer.windows.updating import updated

OUT = DISK / "sorties"
PUBLISHER = BUILD / "publisher"
RUNS, NEWER, UNWRITTEN = 3, 4, 6
"""The setup's exit codes: the program runs; a newer version is there; the files could not be written."""


def steps() -> Iterator[str]:
    """Each step's name before it is gone through."""
    needs.have(*TOOLS, ("Xvfb", "xvfb"), ("xdotool", "xdotool"), ("import", "imagemagick"), ("openssl", "openssl"))
    (LOGS / "windows.log").unlink(missing_ok=True)
    new, old = edition(), earlier(edition())
    yield "an earlier version, signed with a certificate made for this"
    with _certificate() as authority:
        tree.lay_again(old, new)
        root = published.keys(PUBLISHER)
        shutil.copy(root, old.tree / "resources" / "release")
        setup.pack(old, "zlib")
        wine.stand_ins(new.tree / "lib" / "PySide6" / "Qt6Core.dll")
        laptop.forget()
        _signed(old.setup, authority)
        yield "silent installation of the earlier version"
        expect(0, old.setup, "/S")
        same_files(old)
        assert laptop.version() == old.version
        yield "its programs and its uninstaller are signed, and say their version"
        for file in (place() / "app" / WINDOWED, place() / "uninstall.exe"):
            _signed(file, authority)
            assert f"FileVersion\0\0{old.version}\0".encode("utf-16-le") in file.read_bytes(), file
    yield "the installed copy checks itself"
    told = json.loads(milomobile("check", "--json", *_old_stores()))
    assert told["ok"] and not told["warnings"], told
    yield "a profile, with the key in Windows' vault"
    password = _file("mot-de-passe", SECRET)
    milomobile("init", "--adviser", "Éloïse Noël", "--password-file", password)
    yield "somebody is registered and found"
    lines = _file("lignes.jsonl", json.dumps(LINE))
    told = json.loads(milomobile("register", "--from", lines, "--password-file", password, "--json"))
    assert told["taken"] == 1, told
    with laptop.screen() as display:
        yield from _running(display)
        yield from _upgraded(password)
        yield "what was registered before the upgrade is sent to the office"
        with _office(root) as (url, office):
            code = str(office("invite", "--label", "Essai")["code"])
            milomobile("enrol", url, code, "--password-file", password)
            told = json.loads(milomobile("sync", "--password-file", password, "--json"))
            assert told["taken"] == 3 and told["waiting"] == 0, told
            assert office("stats")["people"] == 1
            yield "a signed release at the server reaches the older version with a sending"
            assert office("release", "add", str(published.signed(PUBLISHER, new.setup)))["version"] == new.version
            yield from updated(password, display)
        yield from _papers(password)
        yield from _broken(display)
        yield from _removed(password, display)
        yield from _elsewhere()


def _running(display: str) -> Iterator[str]:
    """The window stands: neither setup nor uninstaller touch anything."""
    old, new = earlier(edition()), edition()
    yield "the window opens"
    with laptop.window(display, laptop.NAME) as running:
        time.sleep(3)
        laptop.picture(display, "window")
        yield "an upgrade over the running program waits, then refuses"
        expect(RUNS, new.setup, "/S")
        same_files(old)
        yield "so does the uninstaller"
        expect(RUNS, place() / "uninstall.exe", "/S", f"_?={laptop.windows(place())}")
        same_files(old)
        yield "an upgrade goes on once the program is closed"
        setup_running = subprocess.Popen(
            ["wine", str(new.setup), "/S"], env=wine.environment(), stdin=subprocess.DEVNULL
        )
        time.sleep(5)
        assert setup_running.poll() is None
        laptop.call("taskkill", "/F", "/IM", WINDOWED)
        running.wait(60)
        assert setup_running.wait(300) == 0


def _upgraded(password: str) -> Iterator[str]:
    old, new = earlier(edition()), edition()
    yield "the upgrade left no mix of files"
    same_files(new)
    assert laptop.version() == new.version
    assert milomobile("--version").strip() == new.version
    left = sorted(one.name for one in place().iterdir())
    assert left == ["app", "uninstall.exe"], left
    yield "the new version opens the data of the old one"
    told = json.loads(milomobile("find", "Boussole", "--password-file", password, "--json"))
    assert told["name"] == "Inès Boussole", told
    told = json.loads(milomobile("check", "--json"))
    assert told["ok"], told
    yield "an installation cut between two names is mended by the next"
    (place() / "app").rename(place() / "app.old")
    expect(0, new.setup, "/S")
    same_files(new)
    assert not (place() / "app.old").exists()
    yield "one that cannot write leaves what was there"
    (place() / "app.new").write_text("in the way")
    code, *_ = laptop.call(new.setup, "/S")
    assert code == UNWRITTEN, code
    same_files(new)
    (place() / "app.new").unlink()
    yield "a downgrade is refused before anything is touched"
    expect(NEWER, old.setup, "/S")
    same_files(new)
    assert laptop.version() == new.version


def _papers(password: str) -> Iterator[str]:
    yield "a report and the office's files"
    OUT.mkdir(exist_ok=True)
    asked = ("--password-file", password, "--json")
    milomobile("report", "day", "2026-11-24", "--out", laptop.windows(OUT / "jour.pdf"), *asked)
    assert (OUT / "jour.pdf").read_bytes().startswith(b"%PDF-")
    for kind in ("csv", "xlsx"):
        period = ("--from", "2026-11-01", "--to", "2026-11-30", "--format", kind)
        milomobile("export", "contacts", *period, "--out", laptop.windows(OUT / f"contacts.{kind}"), *asked)
    assert "Boussole" in (OUT / "contacts.csv").read_text(encoding="utf-8-sig")


def _broken(display: str) -> Iterator[str]:
    said = laptop.home() / laptop.LOCAL / "MiloMobile" / "logs" / "demarrage.log"
    for damaged, expected in (("milomobile/__main__.pyc", "milomobile"), ("python313.zip", "Python")):
        yield f"without its {damaged}, it says in a box that it cannot start, and leaves a log"
        part = place() / "app" / damaged
        kept = part.read_bytes()
        try:
            part.write_bytes(b"damaged")
            with laptop.window(display, f"^{laptop.NAME}$"):
                time.sleep(2)
                laptop.picture(display, "box")
            assert expected in said.read_text(encoding="utf-8"), "the log does not say what is broken"
        finally:
            part.write_bytes(kept)


def _removed(password: str, display: str) -> Iterator[str]:
    yield "removal leaves the profile and nothing else"
    expect(0, place() / "uninstall.exe", "/S", f"_?={laptop.windows(place())}")
    left = [file.name for file in place().rglob("*")]
    assert left in ([], ["uninstall.exe"]), left  # run in place, it cannot remove itself
    (place() / "uninstall.exe").unlink(missing_ok=True)
    assert laptop.version() is None
    assert not list(laptop.home().rglob("Milo Mobile.lnk"))
    assert (laptop.home() / laptop.LOCAL / "MiloMobile" / "store.db").exists()
    yield "installed again, it finds the profile"
    laptop.leave(edition().setup, "/S", "/BUREAU", "/START", DISPLAY=display)
    laptop.seen(display, laptop.NAME)
    laptop.call("taskkill", "/F", "/IM", WINDOWED)
    assert (laptop.home() / "Desktop" / "Milo Mobile.lnk").exists()
    told = json.loads(milomobile("find", "Boussole", "--password-file", password, "--json"))
    assert told["name"] == "Inès Boussole", told
    expect(0, place() / "uninstall.exe", "/S")
    _gone(place())


def _elsewhere() -> Iterator[str]:
    yield "a folder and a profile with accents"
    where = (
        DISK / "Utilisateurs" / "Éloïse-Noël" / "MiloMobile"
    )  # Wine puts quotes around spaces, which /D= does not take
    expect(0, edition().setup, "/S", f"/D={laptop.windows(where)}")
    profile = laptop.windows(where.parent / "Données d’Éloïse")
    told = json.loads(milomobile("check", "--json", where=where, MILOMOBILE_PROFILE=profile))
    assert told["ok"], told
    milomobile("init", "--adviser", "Zoé", where=where, MILOMOBILE_PROFILE=profile, MILOMOBILE_PASSWORD=SECRET)
    expect(0, where / "uninstall.exe", "/S")
    _gone(where)


def _old_stores() -> list[str]:
    """Every past version's store, where this checkout keeps them."""
    folder = ROOT / "tests" / "old_stores"
    return ["--old-stores", wine.path(folder)] if folder.is_dir() else []


def _gone(folder: Path) -> None:
    """The uninstaller goes on as a copy of itself: waited for, as long as a slow machine may need."""
    until = time.monotonic() + 60
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.5)
    assert not folder.exists(), list(folder.rglob("*"))[:5]


def _file(name: str, content: str) -> str:
    """A file on the laptop's disk, as Windows names it."""
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / name).write_text(content + "\n", encoding="utf-8")
    return laptop.windows(OUT / name)


def _signed(file: Path, authority: Path) -> None:
    words = ["osslsigncode", "verify", "-CAfile", str(authority), "-in", str(file)]
    done = subprocess.run(words, capture_output=True, text=True)
    laptop.log(*words, done.stdout[-800:])
    assert done.returncode == 0, f"{file.name} is not signed by the certificate"


@contextmanager
def _certificate() -> Iterator[Path]:
    """A certificate made for the test, in the environment as the real one would be; gives its authority's file."""
    folder = BUILD / "certificate"
    folder.mkdir(parents=True, exist_ok=True)
    key, made, packed = folder / "key.pem", folder / "certificate.pem", folder / "certificate.pfx"
    asked = ["-subj", "/CN=Essai Milo Mobile", "-addext", "extendedKeyUsage=codeSigning", "-days", "3650"]
    words = ["openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", "-keyout", key, "-out", made, *asked]
    subprocess.run(words, check=True, capture_output=True)
    words = ["openssl", "pkcs12", "-export", "-inkey", key, "-in", made, "-out", packed, "-passout", f"pass:{SECRET}"]
    subprocess.run(words, check=True, capture_output=True)
    os.environ |= {"MILO_SIGN_PFX": str(packed), "MILO_SIGN_PASSWORD": SECRET}
    try:
        yield made
    finally:
        for name in ("MILO_SIGN_PFX", "MILO_SIGN_PASSWORD"):
            del os.environ[name]


@contextmanager
def _office(root: Path) -> Iterator[tuple[str, Callable[..., dict[str, object]]]]:
    """The office's server, run here from a copy of this checkout that has the publisher's root: its address, and its calls."""
    with tempfile.TemporaryDirectory() as made:
        checkout, folder = Path(made) / "checkout", str(Path(made) / "data")
        for part in ("milomobile", "sync", "resources"):
            shutil.copytree(ROOT / part, checkout / part)
        shutil.copy(root, checkout / "resources" / "release")

        def server(*words: str) -> dict[str, object]:
            done = subprocess.run(
                [sys.executable, "-m", "sync.server", *words, "--data", folder, "--json"],
                cwd=checkout,
                check=True,
                capture_output=True,
                text=True,
            )
            return json.loads(done.stdout)  # type: ignore[no-any-return]

        server("init")
        words = [sys.executable, "-m", "sync.server", "serve", "--data", folder, "--port", "0"]
        with (LOGS / "server.log").open("w") as said:
            running = subprocess.Popen(words, cwd=checkout, stdout=subprocess.PIPE, stderr=said, text=True)
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip(), server
        finally:
            running.terminate()
            running.wait(30)
