"""The packages on a Debian machine: install, work, send, upgrade with data, remove."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from installer import needs, published
from installer.linux import day, packages
from installer.linux.places import BUILD, MACHINE
from installer.origin import DIST, LOGS, ROOT, version
from installer.trial import LINE, SECRET, screen

EARLIER, LATER = "0.0.9", "99.0.0"
"""What the older package is called; what the new one is called in its release, for both hold the same program."""
ACCOUNT = "milomobile-server"
DATA = Path("/var/lib/milomobile-server")
STARTED = Path("/etc/systemd/system/multi-user.target.wants") / f"{ACCOUNT}.service"
"""What `systemctl enable` makes; where no systemd runs the package cannot take it away."""
RELEASE = Path("_internal") / "resources" / "release"


def steps() -> Iterator[str]:
    """Each step's name before it is gone through; as root, for packages are installed and removed."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SystemExit("The check installs and removes packages: run it as root on a Debian that may be thrown away.")
    needs.have(
        ("Xvfb", "xvfb"),
        ("xdotool", "xdotool"),
        ("openbox", "openbox"),
        ("import", "imagemagick"),
        ("runuser", "util-linux"),
    )
    LOGS.mkdir(parents=True, exist_ok=True)
    (LOGS / "linux.log").unlink(missing_ok=True)
    if left := [name for name in ("milomobile", "milomobile-server") if installed(name)]:
        run("apt-get", "purge", "-y", "-qq", *left)  # a check that failed
    shutil.rmtree(DATA, ignore_errors=True)
    new = DIST / f"milomobile_{version()}_{MACHINE}.deb"
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        yield "an earlier version"
        laid = packages.root("milomobile", BUILD / "frozen" / "milomobile")
        root = published.keys(home / "publisher")
        shutil.copy(root, laid / "opt" / "milomobile" / RELEASE)
        old = packages.deb("milomobile", laid, EARLIER, "gzip")
        yield "installation of the earlier version"
        install(old)
        assert installed("milomobile") == EARLIER
        yield "the installed copy checks itself, and upgrades what past versions left"
        _check(home)
        yield "a profile; somebody is registered and found"
        laptop = _laptop(home)
        with screen() as display:
            yield "the window opens, and dead keys write ê"
            _typed(display, home / "typed")
        renamed = shutil.copy(new, home / new.name.replace(version(), LATER))
        yield from _server(home, laptop, root, published.signed(home / "publisher", renamed))
        yield "the server's wheel, in an environment of Python"
        _wheel(home)
        yield "an upgrade keeps the data"
        install(home / "profile" / "updates" / renamed.name)
        assert installed("milomobile") == version()
        assert laptop("find", "Boussole")["name"] == "Inès Boussole"
        _check(home)
        yield "removal leaves the profile and nothing else"
        run("apt-get", "remove", "-y", "-qq", "milomobile", "milomobile-server")
        assert installed("milomobile") is None
        left = [
            place
            for place in ("/opt/milomobile", "/usr/bin/milomobile", "/opt/milomobile-server")
            if Path(place).exists()
        ]
        assert not left, left
        assert (home / "profile" / "store.db").exists() and (DATA / "identity.json").exists()
        shutil.rmtree(DATA)
        STARTED.unlink(missing_ok=True)


def _laptop(home: Path) -> Any:
    """Calls of the installed program on a profile, with what they answer."""

    def laptop(*words: str) -> dict[str, Any]:
        said = run(
            "/usr/bin/milomobile", "--profile", str(home / "profile"), "--json", *words, MILOMOBILE_PASSWORD=SECRET
        )
        return json.loads(said)  # type: ignore[no-any-return]

    laptop("init", "--adviser", "Éloïse Noël")
    lines = home / "lines.jsonl"
    lines.write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    assert laptop("register", "--from", str(lines))["taken"] == 1
    assert laptop("find", "Boussole")["name"] == "Inès Boussole"
    return laptop


def _check(home: Path) -> None:
    stores = ROOT / "tests" / "old_stores"
    given = ("--old-stores", str(stores)) if stores.is_dir() else ()
    told = json.loads(run("/usr/bin/milomobile", "--profile", str(home / "none"), "--json", "check", *given))
    assert told["ok"], told


def _typed(display: str, profile: Path) -> None:
    """The first start, by keyboard alone, as an adviser called « Zoê » types it on a French keyboard."""
    run("setxkbmap", "-layout", "fr", DISPLAY=display)
    with _window(display, profile):
        published.focus(display)
        picture(display, "first-start")
        _x(display, "key", "Return")
        _x(display, "key", "--delay", "100", *["Tab"] * 5, "space")  # to « Continuer sans connexion »
        time.sleep(1)
        _x(display, "key", "Z", "o", "dead_circumflex", "e", "Tab")
        _x(display, "type", "--delay", "30", SECRET)
        _x(display, "key", "Return")
        _x(display, "type", "--delay", "30", SECRET)
        _x(display, "key", "Return")
        wait(lambda: (profile / "keys.json").exists())
        names = json.loads((profile / "keys.json").read_text(encoding="utf-8"))
        assert "Zoê" in json.dumps(names, ensure_ascii=False), names
        time.sleep(2)
        picture(display, "recovery-code")


@contextmanager
def _window(display: str, profile: Path) -> Iterator[None]:
    """The installed program with its window on that screen, killed at the end."""
    given = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
    with subprocess.Popen(["/usr/bin/milomobile", "--profile", str(profile)], env=given) as running:
        try:
            yield
        finally:
            running.kill()


def _server(home: Path, laptop: Any, root: Path, bundle: Path) -> Iterator[str]:
    yield "the server: installed, its own account, SQLite after one init"
    install(DIST / f"milomobile-server_{version()}_{MACHINE}.deb")
    run("runuser", "-u", ACCOUNT, "--", "/usr/bin/milomobile-server", "init", "--data", str(DATA))
    _enabled()
    with served(DATA) as (url, office):
        code = office("invite", "--label", "Essai")["code"]
        yield "the laptop sends, the office counts"
        laptop("enrol", url, code)
        sent = laptop("sync")
        assert sent["taken"] == 3 and sent["waiting"] == 0, sent
        assert office("stats")["people"] == 1
        yield from _day(home, url, office)
        yield "a signed release at the server reaches the laptop with a sending, and is proposed at the next start"
        trusted = Path("/opt/milomobile-server") / RELEASE / root.name
        shutil.copy(root, trusted)
        home.chmod(0o755)
        bundle.parent.chmod(0o755)
        assert office("release", "add", str(bundle))["version"] == LATER
        trusted.unlink()
        with screen() as display:
            with _window(display, home / "profile"):
                published.fetched(display, home / "profile", LATER)
                picture(display, "sent")
            with _window(display, home / "profile"):
                published.accepted(display)
                picture(display, "proposed")
    yield "the server on PostgreSQL, with one URL"
    with postgresql(home) as database:
        data = home / "office"
        data.mkdir()
        shutil.chown(home, ACCOUNT)
        shutil.chown(data, ACCOUNT)
        run(
            "runuser",
            "-u",
            ACCOUNT,
            "--",
            "/usr/bin/milomobile-server",
            "init",
            "--data",
            str(data),
            "--database",
            database,
        )
        with served(data) as (_, office):
            assert office("stats")["people"] == 0


def _enabled() -> None:
    """The unit is one, and starts with the machine; at once where systemd runs."""
    run("systemd-analyze", "verify", f"{ACCOUNT}.service")
    run("systemctl", "enable", *(("--now",) if Path("/run/systemd/system").is_dir() else ()), ACCOUNT)


def _wheel(home: Path) -> None:
    """As docs/server.md has it where there is no package: the locked dependencies, then ours alone."""
    made = home / "environment" / "bin"
    run("python3", "-m", "venv", str(made.parent))
    run(str(made / "pip"), "install", "--require-hashes", "-r", str(ROOT / "requirements-server.lock"))
    run(str(made / "pip"), "install", "--no-deps", str(DIST / f"milomobile-{version()}-py3-none-any.whl"))
    run(str(made / "milomobile-server"), "init", "--data", str(home / "elsewhere"))


def _day(home: Path, url: str, office: Any) -> Iterator[str]:
    """A day of another laptop, at its window; the office then knows whom it met."""
    yield "another laptop is bound"
    profile = home / "day"
    for words in (("init", "--adviser", "Éloïse Noël"), ("enrol", url, office("invite", "--label", "Jour")["code"])):
        run("/usr/bin/milomobile", "--profile", str(profile), "--json", *words, MILOMOBILE_PASSWORD=SECRET)
    before = office("stats")
    for step in day.drive(["/usr/bin/milomobile"], profile, home / "desk"):
        yield f"a day at the window: {step}"
    now = office("stats")
    met = (now["people"] - before["people"], now["encounters"] - before["encounters"])
    assert met == (len(day.PEOPLE), len(day.PEOPLE) + 3), met


@contextmanager
def served(data: Path) -> Iterator[tuple[str, Any]]:
    """What the unit starts, as its account: the address, and calls beside it."""
    program = "/opt/milomobile-server/milomobile-server"
    account = ["runuser", "-u", ACCOUNT, "--", program]
    with (LOGS / "server.log").open("a") as said:
        call = [*account, "serve", "--data", str(data), "--port", "0"]
        running = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=said, text=True)
    assert running.stdout is not None

    def office(*words: str) -> dict[str, Any]:
        return json.loads(run(*account, words[0], "--data", str(data), "--json", *words[1:]))  # type: ignore[no-any-return]

    try:
        yield running.stdout.readline().strip(), office
    finally:
        running.terminate()
        running.wait(30)


@contextmanager
def postgresql(home: Path) -> Iterator[str]:
    """A database of its own, on a socket in a folder; its URL."""
    needs.have(("/usr/lib/postgresql", "postgresql"))
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    folder = Path(tempfile.mkdtemp(prefix="milo-pg-"))
    shutil.chown(folder, "postgres")
    folder.chmod(0o711)
    as_owner = ["runuser", "-u", "postgres", "--"]
    run(*as_owner, str(programs / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "postgres")
    options = f"-k {folder} -c listen_addresses="
    run(
        *as_owner,
        str(programs / "pg_ctl"),
        "-D",
        str(folder / "data"),
        "-o",
        options,
        "-w",
        "-l",
        str(folder / "log"),
        "start",
    )
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        run(*as_owner, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(folder)


def picture(display: str, name: str) -> None:
    """What the screen shows, in build/logs."""
    time.sleep(1)
    run("import", "-window", "root", "-display", display, str(LOGS / f"linux-{name}.png"))


def _x(display: str, *words: str) -> None:
    run("xdotool", *words, DISPLAY=display)


def wait(until: Any, seconds: float = 30) -> None:
    """Until something is so; AssertionError where it never is."""
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)


def install(package: Path) -> None:
    """As a technician does, with what it depends on."""
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "--allow-downgrades", str(package))


def installed(name: str) -> str | None:
    """The version of a package that is installed."""
    asked = ["dpkg-query", "-W", "-f", "${Version} ${db:Status-Status}", name]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    number, _, state = done.stdout.partition(" ")
    return number if state == "installed" else None


def run(*call: str, **more: str) -> str:
    """Its stdout; raises AssertionError where it fails; both kept in the log."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    done = subprocess.run(
        call, capture_output=True, text=True, check=False, env={**os.environ, **quiet, **more}, cwd="/"
    )
    with (LOGS / "linux.log").open("a", encoding="utf-8") as log:
        print(time.strftime("%H:%M:%S"), *call, "→", done.returncode, "\n", done.stdout, done.stderr, file=log)
    assert done.returncode == 0, f"{' '.join(call[:6])} ended with {done.returncode}: {done.stderr[-800:]}"
    return done.stdout
