"""Verbs about people: registered, found, looked for, their rights."""

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from milomobile.commands.asking import add
from milomobile.commands.opening import Answer, elsewhere, secret, with_profile
from milomobile.domain.dates import french_date
from milomobile.errors import Trouble
from milomobile.handed import now

if TYPE_CHECKING:
    from milomobile.actions.open import Profile
    from milomobile.commands.asking import Verbs


def add_to(verbs: "Verbs") -> None:
    """These verbs, and what each takes."""
    lines = add(verbs, "register", with_profile(register), "enregistre les lignes d’un fichier JSON-lines")
    lines.add_argument("--from", dest="file", required=True, metavar="FICHIER.jsonl")
    add(verbs, "find", with_profile(find), "cherche une personne").add_argument("text", metavar="TEXTE")
    known = add(verbs, "likely", likely, "cherche qui a sans doute déjà une fiche")
    known.add_argument("--from", dest="file", required=True, metavar="FICHIER.jsonl")
    known.add_argument("--among", metavar="FICHIER.jsonl", help="cherche dans ce fichier, sans profil")
    listed = add(verbs, "import", with_profile(import_list), "garde une liste de personnes à chercher")
    listed.add_argument("file", metavar="LISTE.csv|xlsx")
    listed.add_argument("--purpose", required=True, metavar="TEXTE", help="à quoi sert cette liste, par exemple PSAD")
    rights = add(verbs, "person", None, "les droits d’une personne sur ses données", False)
    acts = rights.add_subparsers(title="actes", metavar="ACTE", required=True)
    said = "écrit tout ce qui est gardé d’une personne, en PDF et en JSON"
    copy = add(acts, "export", with_profile(export_person), said)
    copy.add_argument("id", metavar="IDENTIFIANT", help="celui que dit la recherche d’une personne")
    copy.add_argument("--out", required=True, metavar="FICHIER")
    copy.add_argument("--zip-password-file", metavar="FICHIER", help="mot de passe d’un dossier .zip")
    said = "efface une personne, ici et au prochain envoi partout ailleurs"
    gone = add(acts, "erase", with_profile(erase_person), said)
    gone.add_argument("id", metavar="IDENTIFIANT", help="celui que dit la recherche d’une personne")
    gone.add_argument("--reason", required=True, metavar="MOTIF", help="DEMANDE, DOUBLON, ERREUR, FIN_DE_CONSERVATION")
    due = add(verbs, "purge", with_profile(purge), "efface ce qui n’a plus à rester sur ce poste")
    due.add_argument("--dry-run", action="store_true", help="compte sans rien effacer")


def register(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    """JSON lines, through the checks of the form."""
    from milomobile.actions.lines import register_lines

    done = register_lines(profile, Path(args.file), now())
    _say_lines(done.warned, done.refused)
    if not (done.taken or done.already or done.refused):
        print(f"Le fichier {args.file} est vide\u00a0: il n’y avait rien à enregistrer.", file=sys.stderr)
    answer = {"taken": done.taken, "already": done.already, "warned": done.warned, "refused": done.refused}
    return answer, 1 if done.refused else 0


def import_list(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
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
            field = f" ({one['field']})" if one.get("field") else ""
            print(f"Ligne {one['line']}, {what}{field}\u00a0: {one['reason']}", file=sys.stderr)


def find(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    """Who is sought."""
    from milomobile.actions import consulted
    from milomobile.actions.find import search

    found = [
        {
            "id": one.id,
            "name": one.name,
            "birth_date": one.birth_date and one.birth_date.isoformat(),
            "last_encounter": one.last_encounter and one.last_encounter.isoformat(),
        }
        for one in search(profile, args.text, now())
    ]
    consulted.names(profile, now())
    return found, 0


def likely(args: argparse.Namespace) -> tuple[Answer, int]:
    """Who of a file has a file here already."""
    from milomobile.actions import likely as compared

    today, asked = now().date(), Path(args.file)
    if args.among:
        return list(compared.answers(compared.identities(asked, today), compared.in_file(Path(args.among), today))), 0

    def in_store(profile: "Profile", _: argparse.Namespace) -> tuple[Answer, int]:
        return list(compared.answers(compared.identities(asked, today), partial(compared.in_store, profile))), 0

    return with_profile(in_store)(args)


def export_person(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    """Everything kept of one person: a PDF and JSON, or both in one ZIP under a password."""
    from milomobile.actions import rights

    out = elsewhere(Path(args.out), profile.folder)
    if out.suffix.lower() == ".zip" and not args.zip_password_file:
        raise Trouble(
            "Un dossier .zip est protégé\u00a0: donnez son mot de passe avec --zip-password-file. Rien n’est écrit."
        )
    password = secret(args.zip_password_file) if args.zip_password_file else None
    files = rights.export(profile, args.id, out, password, now())
    return {"file": str(files[0]), "files": [str(file) for file in files]}, 0


def erase_person(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
    """Somebody's file and those found to be theirs, for good."""
    from milomobile.actions.erase import erase

    return {"erased": erase(profile, args.id, args.reason, now())}, 0


def purge(profile: "Profile", args: argparse.Namespace) -> tuple[Answer, int]:
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
