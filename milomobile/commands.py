"""Verbs of the command line that read a file or write one."""

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from milomobile.domain.dates import LOCAL, french_date
from milomobile.domain.files import FILES
from milomobile.errors import OURS, TAMPERED, NotReady, Trouble

Answer = dict[str, Any] | list[dict[str, Any]]
RESTORED = (
    "Restauré. N’utilisez plus l’ancien poste s’il existe encore. Au prochain envoi, le serveur reconnaît ce qu’il a déjà "
    "et reprend les effacements faits depuis."
)


def now() -> datetime:
    """The time in Metz."""
    return datetime.now().astimezone(LOCAL)


def register(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    """JSON lines, through the checks of the form."""
    from milomobile.actions.lines import register_lines

    done = register_lines(profile, Path(args.file), now())
    _say_lines(done.warned, done.refused)
    if not (done.taken or done.already or done.refused):
        print(f"Le fichier {args.file} est vide\u00a0: il n’y avait rien à enregistrer.", file=sys.stderr)
    answer = {"taken": done.taken, "already": done.already, "warned": done.warned, "refused": done.refused}
    return answer, 1 if done.refused else 0


def import_list(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    """People to look for, of an office's list."""
    from milomobile.actions import sought

    done = sought.import_list(profile, Path(args.file), args.purpose, now())
    warned, refused = [vars(one) for one in done.warned], [vars(one) for one in done.refused]
    _say_lines(warned, refused)
    if done.left:
        print(f"Colonnes non lues\u00a0: {', '.join(done.left)}.", file=sys.stderr)
    if not (done.taken or done.already or refused):
        print(f"La liste {args.file} n’a aucune ligne\u00a0: il n’y avait rien à garder.", file=sys.stderr)
    if done.taken:
        print(f"Gardée jusqu’au {french_date(done.keep_until)}, sur ce poste seulement.", file=sys.stderr)
    answer = {"taken": done.taken, "already": done.already, "warned": warned, "refused": refused}
    return answer, 1 if refused else 0


def _say_lines(warned: list[dict[str, Any]], refused: list[dict[str, Any]]) -> None:
    for lines, what in ((warned, "gardée"), (refused, "refusée")):
        for one in lines:
            print(f"Ligne {one['line']}, {what}\u00a0: {one['reason']}", file=sys.stderr)


def fetch_newer(profile: Any) -> None:
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


def bundle(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    """What waits, onto a USB key; the office's receipt, from one."""
    from milomobile.actions import usb

    file = Path(args.file)
    if args.what == "export":
        return {"records": usb.export(profile, _elsewhere(file, profile.folder), now())}, 0
    return {"records": usb.receive(profile, file, now())}, 0


def export(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    """A file for the office."""
    from milomobile.actions import files
    from milomobile.domain.files import Asked, form_of

    out = _elsewhere(Path(args.out), profile.folder)
    secret = _zip_password(args.zip_password_file) if args.zip_password_file else None
    keys = None if args.columns is None else files.layout(args.what).keys(args.columns.split(","))
    asked = Asked(args.what, args.first, args.last, form_of(out, args.format), keys, args.codes)

    def tell(count: int, total: int | None) -> None:
        if sys.stderr.isatty():
            print(f"\r{count} lignes{f' sur {total}' if total else ''}", end="\r", file=sys.stderr)

    told = files.write(profile, asked, out, now(), secret, tell)
    for note in (*told.notes, *((files.SEALED,) if secret else ())):
        print(note, file=sys.stderr)
    return {"rows": told.rows, "file": str(told.files[0])}, 0


def add_export(export: argparse.ArgumentParser, day: Callable[[str], date]) -> None:
    """What `export` takes."""
    export.add_argument("what", choices=list(FILES), metavar="|".join(FILES))
    export.add_argument("--from", dest="first", required=True, type=day, metavar="AAAA-MM-JJ")
    export.add_argument("--to", dest="last", required=True, type=day, metavar="AAAA-MM-JJ")
    export.add_argument("--format", choices=["csv", "xlsx", "jsonl"], help="sinon la fin du nom, sinon csv")
    export.add_argument("--out", required=True, metavar="FICHIER")
    export.add_argument("--columns", metavar="A,B…", help="ces colonnes seulement, par leur titre ou leur clé")
    export.add_argument("--codes", action="store_true", help="écrit aussi «\u00a0…_codes.csv\u00a0», avec les codes")


def report(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    """The day's or the month's report, as PDF."""
    from milomobile.actions import papers

    out = _elsewhere(Path(args.out), profile.folder)
    write = papers.write_day if args.what == "day" else papers.write_month
    return {"file": str(write(profile, args.date, out, now()))}, 0


def _zip_password(file: str) -> str:
    from milomobile.errors import WeakPassword
    from milomobile.security import passwords

    try:
        secret = Path(file).read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError):
        raise Trouble(
            f"Le fichier de mot de passe {file} ne peut pas être lu. Rien n’a été modifié. Vérifiez son nom."
        ) from None
    if wrong := passwords.problem(secret):
        raise WeakPassword(wrong)
    return secret


def backup(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    """An encrypted copy of the profile, verified by opening it."""
    from milomobile.actions import backups

    done = backups.backup(profile, _elsewhere(Path(args.file), profile.folder), now())
    answer = {"file": str(done.file), "people": done.people, "encounters": done.encounters, "bytes": done.size}
    return {**answer, "device": done.device}, 0


def diagnostics(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    """What support needs, without anybody's data; `profile` is None where it is not open."""
    from milomobile.actions import diagnostics
    from milomobile.paths import profile_folder

    file, folder = Path(args.file), profile_folder(args.profile)
    return {"file": str(file), "inside": diagnostics.write(folder, _elsewhere(file, folder), now(), profile)}, 0


def journal(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    """Who did what, when; a journal that was tampered with is shown all the same, and said."""
    from milomobile.actions import consulted

    lines, whole = consulted.lines(profile, now())
    if not whole:
        print(TAMPERED, file=sys.stderr)
    return list(lines), 0 if whole else 1


def export_person(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    """Everything kept of one person: a PDF and JSON, or both in one ZIP under a password."""
    from milomobile.actions import rights

    out = _elsewhere(Path(args.out), profile.folder)
    if out.suffix.lower() == ".zip" and not args.zip_password_file:
        raise Trouble(
            "Un dossier .zip est protégé\u00a0: donnez son mot de passe avec --zip-password-file. Rien n’est écrit."
        )
    password = _secret(args.zip_password_file) if args.zip_password_file else None
    files = rights.export(profile, args.id, out, password, now())
    return {"file": str(files[0]), "files": [str(file) for file in files]}, 0


def erase_person(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    """Somebody's file and those found to be theirs, for good."""
    from milomobile.actions.erase import erase

    return {"erased": erase(profile, args.id, args.reason, now())}, 0


def _secret(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise Trouble(
            f"Le fichier de mot de passe {file} ne peut pas être lu. Rien n’est écrit. Vérifiez son nom."
        ) from None


def purge(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    """Retention. `people` are files erased or reduced, `encounters` those that lose their person, `lines` those of the
    journal and of lists to look for.
    """
    from milomobile.actions import purge as act

    done = act.preview(profile, now()) if args.dry_run else act.purge(profile, now())
    if done.left:
        print(f"Fiches échues mais pas encore à l’abri au serveur, gardées\u00a0: {done.left}.", file=sys.stderr)
    lines = done.journal + done.sought
    counts = {"people": done.erased + done.reduced, "encounters": done.encounters, "lines": lines}
    return {**counts, "dry_run": args.dry_run}, 0


def _elsewhere(out: Path, profile: Path) -> Path:
    """The file to write, where it may be written: never over the profile itself."""
    if not out.parent.is_dir():
        raise Trouble(f"Le dossier {out.parent} n’existe pas. Les fiches sont intactes. Choisissez un autre dossier.")
    if not out.name or out.is_dir():
        raise Trouble(
            f"«\u00a0{out}\u00a0» est un dossier, pas un fichier. Les fiches sont intactes. Donnez un nom de fichier."
        )
    if profile.resolve() in out.resolve().parents:
        raise NotReady(OURS)
    return out
