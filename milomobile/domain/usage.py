"""What argparse says by itself, in French, and an answer's values as one reads them on a terminal."""

import argparse
from typing import Any

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
    return str(value)
