"""What argparse says by itself, in French, what both command lines take alike, and an answer's values as one reads them on a terminal."""

import argparse
import re
import signal
from datetime import date, datetime
from pathlib import Path
from typing import Any

from milomobile.domain.dates import LOCAL
from milomobile.domain.files import FILES, FORMATS

_FRENCH = {
    "usage: ": "emploi\u00a0: ",
    "options": "options",
    "positional arguments": "à donner",
    "show this help message and exit": "montre cette aide",
    "%(prog)s: error: %(message)s\n": "%(prog)s\u00a0: %(message)s. Rien n’a été fait.\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s\u00a0: %(message)s",
    "the following arguments are required: %s": "il manque %s",
    "unrecognized arguments: %s": "en trop ou inconnu\u00a0: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r ne convient pas. Choisissez entre %(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "%(parser_name)r est inconnu. Choisissez entre %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r ne convient pas",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s peut être %(matches)s\u00a0: écrivez-la en entier",
    "expected one argument": "il faut une valeur après",
    "expected at most one argument": "il faut une valeur au plus après",
    "expected at least one argument": "il faut une valeur au moins après",
    "expected %s argument": "il faut %s valeur après",
    "expected %s arguments": "il faut %s valeurs après",
    "ignored explicit argument %r": "ne prend pas de valeur\u00a0: %r",
    "not allowed with argument %s": "ne va pas avec %s",
    "one of the arguments %s is required": "il faut l’un de %s",
    "can't open '%(filename)s': %(error)s": "le fichier «\u00a0%(filename)s\u00a0» ne s’ouvre pas\u00a0: %(error)s",
}


def in_french() -> None:
    """From here on every command line of this process is explained in French; argparse has no other way to be told."""
    vars(argparse).update(
        _=lambda said: _FRENCH.get(said, said),
        ngettext=lambda one, more, count: _FRENCH.get(said := one if count < 2 else more, said),
    )


def add_file(call: argparse.ArgumentParser) -> None:
    """What `export` takes, on a laptop and at the office."""
    call.add_argument("what", choices=list(FILES), metavar="|".join(FILES))
    call.add_argument("--from", dest="first", required=True, type=day, metavar="AAAA-MM-JJ")
    call.add_argument("--to", dest="last", required=True, type=day, metavar="AAAA-MM-JJ")
    call.add_argument("--format", choices=list(FORMATS), help="sinon la fin du nom, sinon csv")
    call.add_argument("--out", required=True, type=Path, metavar="FICHIER")
    call.add_argument("--columns", metavar="A,B…", help="ces colonnes seulement, par leur titre ou leur clé")
    call.add_argument("--codes", action="store_true", help="écrit aussi «\u00a0…_codes.csv\u00a0», avec les codes")


def day(text: str) -> date:
    """AAAA-MM-JJ, as an argument."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«\u00a0{text}\u00a0» n’est pas une date (AAAA-MM-JJ)") from None


def word(value: Any) -> str:
    """A value for a person: nothing known is a dash; of a list what it says, or how many where each says much."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    if isinstance(value, list):
        short = value and not any(isinstance(one, dict) or len(str(one)) > 40 for one in value)
        return ", ".join(map(str, value)) if short else str(len(value))
    return _local(str(value))


def _local(text: str) -> str:
    """Days and moments as they are read here; any other text as it is."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d", text):
        return f"{datetime.fromisoformat(text).astimezone(LOCAL):%d/%m/%Y %H:%M}"
    return text


def interrupted() -> int:
    """Ctrl+C was heard, and is heard no more; returns the code to end with.

    Where it came amid an import, Python would end by the signal rather than with that code: compiling any text makes it forget.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    exec("")  # noqa: S102
    return 130
