"""`make run`: a local server, a demonstration profile enrolled with it, and the window; without a display, the day."""

import ctypes
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from milomobile import reference
from milomobile.actions import demo, files, invent, plan, send, status, stops
from milomobile.actions.lines import register_lines
from milomobile.actions.open import Profile, exists, open_profile
from milomobile.actions.register import register
from milomobile.domain.dates import LOCAL
from milomobile.domain.files import Asked, free
from milomobile.domain.outings import Halt
from milomobile.domain.reading import read
from milomobile.domain.sending import Progress
from milomobile.errors import Trouble

PEOPLE, ENCOUNTERS, SEED = 400, 600, 1
_SERVER = (sys.executable, "-m", "sync.server")


def main() -> int:
    """Starts or goes on with the demonstration kept in the folder given; returns an exit code."""
    os.umask(0o077)
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".demo")
    try:
        with server(folder / "server") as url:
            prepare(folder, url)
            if not has_display():
                print("Pas d’écran ici\u00a0: la même journée se déroule sans la fenêtre.\n")
                return day_without_window(folder)
            from milomobile.app import run_window

            return run_window(folder / "profile")
    except Trouble as trouble:
        print(trouble.sentence, file=sys.stderr)
        return trouble.exit_code
    except KeyboardInterrupt:
        print("Interrompu. Ce qui était enregistré est gardé.", file=sys.stderr)
        return 130


def has_display() -> bool:
    """Whether a window can be shown (or a Qt platform was asked for)."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The local server with its own certificate, always at the port it had first; gives its address."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "identity.json").exists():
        with (folder / "server.log").open("a", encoding="utf-8") as log:
            subprocess.run([*_SERVER, "init", "--data", str(folder)], check=True, stdout=subprocess.DEVNULL, stderr=log)
    made = subprocess.run(
        [sys.executable, "-m", "sync.server.certificate", str(folder)], check=True, capture_output=True, text=True
    )
    certificate, key = made.stdout.split()
    last = folder / "url"
    port = last.read_text(encoding="utf-8").rpartition(":")[2] if last.exists() else "0"
    call = [*_SERVER, "serve", "--data", str(folder), "--port", port, "--tls-cert", certificate, "--tls-key", key]
    with (
        (folder / "server.log").open("a", encoding="utf-8") as log,
        subprocess.Popen(call, stdout=subprocess.PIPE, stderr=log, text=True, preexec_fn=_ENDING) as process,
    ):
        try:
            url = process.stdout.readline().strip() if process.stdout else ""
            if not url:
                raise Trouble(
                    f"Le serveur local n’a pas démarré\u00a0: {folder / 'server.log'} dit pourquoi. Rien n’est perdu. "
                    "Fermez l’autre démonstration s’il y en a une, puis recommencez."
                )
            yield url
        finally:
            process.terminate()


def _end_with_us() -> None:
    """A demonstration that is killed leaves no server behind on its port (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


_ENDING = _end_with_us if sys.platform == "linux" else None


def prepare(folder: Path, url: str) -> None:
    """Makes the profile on the first run and enrols it with the local server."""
    now, profile_folder = datetime.now(LOCAL), folder / "profile"
    if not exists(profile_folder):
        demo.make(profile_folder, PEOPLE, ENCOUNTERS, SEED, now)
    profile = open_profile(profile_folder, demo.ADVISER, demo.PASSWORD, now)
    try:
        if send.server(profile) is None:
            call = [*_SERVER, "invite", "--data", str(folder / "server"), "--label", "Milo Mobile de démonstration"]
            asked = subprocess.run([*call, "--json"], check=True, capture_output=True, text=True)
            code = json.loads(asked.stdout)["code"]
            send.enrol(profile, url, code, folder / "server" / "certificate.pem", profile.adviser, now)
    finally:
        profile.close()


def day_without_window(folder: Path) -> int:
    """One stop, 12 people from a file, three anonymous contacts, one group; sent and exported."""
    now = datetime.now(LOCAL)
    profile = open_profile(folder / "profile", demo.ADVISER, demo.PASSWORD, now)
    try:
        return _day(profile, folder, now)
    finally:
        profile.close()


def _day(profile: Profile, folder: Path, now: datetime) -> int:
    dice = random.Random(status.status(profile)["encounters"])
    place, setting = invent.PLACES[0]
    opened = max(now - timedelta(minutes=50), now.replace(hour=0, minute=0, second=0, microsecond=0))
    stops.open_stop(profile, place, setting, "57463", "QN05720M", Halt(partners=("APSIS-Émergence",)), opened)
    here = {"place": place, "setting": setting}
    people = [
        invent.named(dice, dice.randrange(1000, 9999), opened + (now - opened) * number / 13) | here
        for number in range(1, 13)
    ]
    file = folder / "inscriptions.jsonl"
    invent.write(file, iter(people))
    named = register_lines(profile, file, now)
    group = {"kind": "group", "at": now.isoformat(), **here, "women": 3, "men": 5}
    for line in (*(invent.anonymous(dice, now) | here for _ in range(3)), group):
        record, _ = read(line, reference.lists(), now)
        if record:
            register(profile, record, now)
    today = plan.day(profile, now)
    print(f"Arrêt ouvert\u00a0: {place}, Metz")
    print(f"Enregistré\u00a0: {named.taken} inscriptions, 3 contacts anonymes, 1 groupe de 8 personnes")
    print(f"Aujourd’hui en tout\u00a0: {today.encounters} rencontres, {today.registrations} inscriptions")
    done = send.send(profile, _say, lambda: False)
    print(f"Envoyé\u00a0: {done.taken} éléments pris par le serveur, {done.already} déjà là, {done.refused} refusés,")
    print(f"  {done.waiting} en attente, {done.bytes} octets en {done.seconds:.1f} s")
    if done.reason:
        print(done.reason)
    asked = Asked("contacts", (now - timedelta(days=365)).date(), now.date(), "xlsx")
    told = files.write(profile, asked, free(folder / files.name(asked)), now)
    print(f"Écrit\u00a0: {told.rows} lignes dans {told.files[0]}")
    print(f"Profil\u00a0: {folder / 'profile'} (mot de passe {demo.PASSWORD}), serveur\u00a0: {folder / 'server'}")
    return 0 if done.reason is None else 3


def _say(now: Progress) -> None:
    print(f"  {now.done} sur {now.total} éléments", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
