"""How a verb is asked for: what every one takes besides its own, and how a date or a number is read."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milomobile.commands.opening import Verb

    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def add(verbs: "Verbs", name: str, verb: "Verb | None", said: str, by_adviser: bool = True) -> argparse.ArgumentParser:
    """One more verb and what does it; without, it does what the one above it does. `by_adviser` takes --adviser."""
    made = verbs.add_parser(name, help=said, description=said, parents=[shared()])
    if by_adviser:
        made.add_argument("--adviser", metavar="NOM", help="qui ouvre le profil, s’il y a plusieurs personnes")
    if verb:
        made.set_defaults(verb=verb)
    return made


def shared() -> argparse.ArgumentParser:
    """What may stand before and after the verb; made anew each time, for argparse shares defaults with its parents."""
    shared = argparse.ArgumentParser(add_help=False)
    said = "dossier du profil (sinon MILOMOBILE_PROFILE, sinon le dossier de l’utilisateur)"
    shared.add_argument("--profile", default=argparse.SUPPRESS, metavar="DOSSIER", help=said)
    said = "fichier où lire le mot de passe"
    shared.add_argument("--password-file", default=argparse.SUPPRESS, metavar="FICHIER", help=said)
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="un objet JSON sur la sortie")
    return shared


def month(text: str) -> date:
    """AAAA-MM → its first day."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"«\u00a0{text}\u00a0» n’est pas un mois (AAAA-MM)") from None


def count(text: str) -> int:
    """0 to a million."""
    if not text.isdigit() or int(text) > 1_000_000:
        raise argparse.ArgumentTypeError(f"«\u00a0{text}\u00a0» n’est pas un nombre de 0 à 1 000 000")
    return int(text)
