"""Verbs between the laptop and the office: what is sent, and files."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from milomobile.commands.asking import add, month
from milomobile.commands.opening import Answer, elsewhere, secret, with_profile
from milomobile.domain.files import Asked, form_of
from milomobile.domain.usage import add_file, day
from milomobile.handed import now

if TYPE_CHECKING:
    from milomobile.actions.open import Profile
    from milomobile.commands.asking import Verbs


def add_to(verbs: "Verbs") -> None:
    """These verbs, and what each takes."""
    bound = add(verbs, "enrol", with_profile(enrol), "relie ce poste à un serveur")
    bound.add_argument("url", metavar="ADRESSE", help="celle que le bureau donne")
    bound.add_argument("code", metavar="CODE", help="celui de l’invitation")
    bound.add_argument("--ca", metavar="FICHIER", help="certificat du serveur, gardé dans le profil")
    add(verbs, "sync", with_profile(sync), "envoie ce qui attend")
    said = "écrit ce qui attend sur une clé USB, ou relit le reçu du bureau"
    key = add(verbs, "bundle", with_profile(bundle), said)
    key.add_argument("what", choices=["export", "receipt"])
    key.add_argument("file", metavar="FICHIER")
    written = add(verbs, "export", with_profile(export), "écrit un fichier pour le bureau")
    add_file(written)
    said = "fichier où lire le mot de passe d’un ZIP chiffré (AES-256) qui contiendra l’export"
    written.add_argument("--zip-password-file", metavar="FICHIER", help=said)
    paper = add(verbs, "report", with_profile(report), "écrit un rapport en PDF, sans aucun nom", False)
    papers = paper.add_subparsers(title="rapports", metavar="RAPPORT", required=True, dest="what")
    for what, kind, shape, said in (
        ("day", day, "AAAA-MM-JJ", "le compte rendu d’une journée, une page"),
        ("month", month, "AAAA-MM", "les tableaux et graphiques d’un mois"),
    ):
        one = add(papers, what, None, said)
        one.add_argument("date", type=kind, metavar=shape)
        one.add_argument("--out", required=True, metavar="FICHIER.pdf")


def enrol(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    """Binds the laptop to a server."""
    from milomobile.actions.send import enrol

    ca = Path(args.ca) if args.ca else None
    address, server_id = enrol(profile, args.url, args.code, ca, profile.adviser, now())
    return {"server": address, "server_id": server_id, "device": profile.device}, 0


def sync(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    """Sends what waits, then fetches a newer program."""
    from milomobile.actions.send import send
    from milomobile.domain.texts import weight

    def progress(now: Any) -> None:
        left = "" if now.remaining is None else f", encore {round(now.remaining)} s environ"
        print(f"{now.done} sur {now.total} éléments, {weight(now.bytes)}{left}", file=sys.stderr)

    done = send(profile, progress, lambda: False)
    for said in (done.reason, done.warning):
        if said:
            print(said, file=sys.stderr)
    names = ("taken", "already", "refused", "gone", "waiting", "bytes", "seconds", "reason")
    answer = {name: getattr(done, name) for name in names}
    _fetch_newer(profile)
    return answer, 3 if done.reason else 1 if done.refused or done.waiting or done.warning else 0


def _fetch_newer(profile: "Profile") -> None:
    """Behind a sending: a newer program, where the server has one; says what came of it, and is no reason to fail."""
    from milomobile import paths
    from milomobile.domain.texts import weight

    root = paths.release_root()
    if root is None:
        return
    from milomobile.actions import fetching

    known = fetching.fetch(profile, root, now(), lambda: False)
    if known.ready:
        print(f"La version {known.ready.version} est prête à installer\u00a0: {known.ready.file}", file=sys.stderr)
    elif known.coming:
        came = f"{weight(known.coming.got)} sur {weight(known.coming.size)}"
        print(f"La version {known.coming.version} arrive\u00a0: {came}.", file=sys.stderr)
    if known.trouble:
        print(known.trouble, file=sys.stderr)


def bundle(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    """What waits, onto a USB key; the office's receipt, from one."""
    from milomobile.actions import usb

    file = Path(args.file)
    if args.what == "export":
        count = usb.export(profile, elsewhere(file, profile.folder), now())
        if not count:
            print("Rien n’attend\u00a0: il n’y avait rien à porter au bureau.", file=sys.stderr)
        return {"records": count}, 0
    return {"records": usb.receive(profile, file, now())}, 0


def export(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    """A file for the office."""
    from milomobile.actions import files

    out = elsewhere(args.out, profile.folder)
    password = _zip_password(args.zip_password_file) if args.zip_password_file else None
    keys = None if args.columns is None else files.layout(args.what).keys(args.columns.split(","))
    asked = Asked(args.what, args.first, args.last, form_of(out, args.format), keys, args.codes)

    def tell(count: int, total: int | None) -> None:
        if sys.stderr.isatty():
            print(f"\r{count} lignes{f' sur {total}' if total else ''}", end="\r", file=sys.stderr)

    told = files.write(profile, asked, out, now(), password, tell)
    for note in (*told.notes, *((files.SEALED,) if password else ())):
        print(note, file=sys.stderr)
    return {"rows": told.rows, "file": str(told.files[0])}, 0


def _zip_password(file: str) -> str:
    from milomobile.errors import WeakPassword
    from milomobile.security import passwords

    said = secret(file)
    if wrong := passwords.problem(said):
        raise WeakPassword(wrong)
    return said


def report(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    """The day's or the month's report, as PDF."""
    from milomobile.actions import papers

    out = elsewhere(Path(args.out), profile.folder)
    write = papers.write_day if args.what == "day" else papers.write_month
    return {"file": str(write(profile, args.date, out, now()))}, 0
