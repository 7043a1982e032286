"""Verbs about the profile and the laptop that it is on."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from milomobile.commands.asking import add, count
from milomobile.commands.opening import Answer, elsewhere, has_password, password, with_profile
from milomobile.errors import TAMPERED, NoRoom, Trouble
from milomobile.handed import now
from milomobile.paths import profile_folder

if TYPE_CHECKING:
    from milomobile.actions.open import Profile
    from milomobile.commands.asking import Verbs

_RESTORED = (
    "Restauré. N’utilisez plus l’ancien poste s’il existe encore. Au prochain envoi, le serveur reconnaît ce qu’il a déjà "
    "et reprend les effacements faits depuis."
)


def add_to(verbs: "Verbs") -> None:
    """These verbs, and what each takes."""
    said = "crée un profil"
    add(verbs, "init", init, said, False).add_argument("--adviser", dest="adviser_name", required=True, metavar="NOM")
    invented = add(verbs, "demo", demo, "crée un profil rempli de personnes inventées", False)
    for option, number in (("--people", 400), ("--encounters", 600), ("--seed", 1)):
        invented.add_argument(option, type=count, default=number, metavar="NOMBRE")
    add(verbs, "status", status, "compte ce que contient le profil")
    add(verbs, "journal", with_profile(journal), "dit qui a fait quoi, et quand")
    copied = add(verbs, "backup", with_profile(backup), "écrit une sauvegarde chiffrée et la vérifie")
    copied.add_argument("file", metavar="FICHIER")
    said = "fait un profil d’une sauvegarde, avec le code de secours ou un mot de passe"
    add(verbs, "restore", restore, said).add_argument("file", metavar="FICHIER")
    said = "vérifie le programme installé, et le fichier des fiches si son mot de passe est donné"
    checked = add(verbs, "check", check, said)
    checked.add_argument("--old-stores", metavar="DOSSIER", help="un profil de chaque version passée, à mettre à jour")
    said = "écrit ce qu’il faut à l’assistance, sans aucune donnée de personne\u00a0; plus complet avec le mot de passe"
    add(verbs, "diagnostics", diagnostics, said).add_argument("file", metavar="FICHIER.zip")


def init(args: argparse.Namespace) -> tuple[Answer, int]:
    """A profile."""
    from milomobile.actions.open import create
    from milomobile.security import keychain

    folder = profile_folder(args.profile)
    device, recovery = create(folder, args.adviser_name, password(args), now())
    if ails := keychain.trouble():
        print(ails, file=sys.stderr)
    return {"profile": str(folder), "adviser": args.adviser_name, "device": device, "recovery_code": recovery}, 0


def demo(args: argparse.Namespace) -> tuple[Answer, int]:
    """A profile of invented people."""
    from milomobile.actions import demo as invented

    folder = profile_folder(args.profile)
    people, encounters = invented.make(folder, args.people, args.encounters, args.seed, now())
    return {"profile": str(folder), "people": people, "encounters": encounters}, 0


def restore(args: argparse.Namespace) -> tuple[Answer, int]:
    """A profile of a backup."""
    from milomobile.actions.backups import restore

    folder = profile_folder(args.profile)
    done = restore(Path(args.file), folder, args.adviser, password(args), now())
    print(_RESTORED, file=sys.stderr)
    return {"profile": str(folder), "people": done.people, "encounters": done.encounters, "device": done.device}, 0


def backup(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    """An encrypted copy of the profile, verified by opening it."""
    from milomobile.actions import backups

    done = backups.backup(profile, elsewhere(Path(args.file), profile.folder), now())
    answer = {"file": str(done.file), "people": done.people, "encounters": done.encounters, "bytes": done.size}
    return {**answer, "device": done.device}, 0


def status(args: argparse.Namespace) -> tuple[Answer, int]:
    """All that is counted; where nobody gives a password, what is known without."""
    from milomobile.actions import status as counts

    if has_password(args) or sys.stdin.isatty():
        return with_profile(lambda profile, _: (counts.status(profile), 0))(args)
    return counts.locked(profile_folder(args.profile)), 0


def check(args: argparse.Namespace) -> tuple[Answer, int]:
    """The installed program; and the profile's whole file, where there is one and its password was given."""
    from milomobile.actions import checkup
    from milomobile.actions.open import exists
    from milomobile.app import draw_unlock

    if has_password(args) and exists(profile_folder(args.profile)):
        with_profile(_check_file)(args)
    old_stores = Path(args.old_stores) if args.old_stores else None
    warnings, failed = checkup.check(now(), draw_unlock, old_stores)
    for warning in warnings:
        print(warning, file=sys.stderr)
    for one in failed:
        print(
            f"Ne fonctionne pas\u00a0: {one.step} ({one.sentence or one.kind}). Réinstallez le programme.",
            file=sys.stderr,
        )
    answer: dict[str, Any] = {"ok": not failed, "warnings": warnings}
    return {**answer, **({"failed": [vars(one) for one in failed]} if failed else {})}, 2 if failed else 0


def _check_file(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    from milomobile.actions.diagnostics import check_file

    check_file(profile)
    return {}, 0


def diagnostics(args: argparse.Namespace) -> tuple[Answer, int]:
    """For support; where the profile does not open, what is known without, and why."""
    if not has_password(args):
        return _diagnostics(None, args)
    try:
        return with_profile(_diagnostics)(args)
    except NoRoom:
        raise
    except Trouble as wrong:
        print(wrong.sentence, file=sys.stderr)
        return _diagnostics(None, args)[0], 1


def _diagnostics(profile: "Profile | None", args: argparse.Namespace) -> tuple[Answer, int]:
    """What support needs, without anybody's data; `profile` is None where it is not open."""
    from milomobile.actions import diagnostics

    file, folder = Path(args.file), profile_folder(args.profile)
    return {"file": str(file), "inside": diagnostics.write(folder, elsewhere(file, folder), now(), profile)}, 0


def journal(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    """Who did what, when; a journal that was tampered with is shown all the same, and said."""
    from milomobile.actions import consulted

    lines, whole = consulted.lines(profile, now())
    if not whole:
        print(TAMPERED, file=sys.stderr)
    return list(lines), 0 if whole else 1
