"""What verbs are given: a profile opened with its password, a date, a file to read or to write."""

import argparse
import getpass
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from milomobile.errors import OURS, NotReady, Trouble
from milomobile.handed import now
from milomobile.paths import profile_folder

if TYPE_CHECKING:
    from milomobile.actions.open import Profile

Answer = dict[str, Any] | list[dict[str, Any]]
Verb = Callable[[argparse.Namespace], tuple[Answer, int]]
"""What was asked → what to print, and the exit code."""
Act = Callable[["Profile", argparse.Namespace], tuple[Answer, int]]
"""The same of a profile that is open."""


def with_profile(act: Act) -> Verb:
    """The verb that opens the profile for an act, and closes it whatever happens."""

    def verb(args: argparse.Namespace) -> tuple[Answer, int]:
        from milomobile.actions.open import open_profile

        profile = open_profile(profile_folder(args.profile), args.adviser, password(args), now())
        try:
            return act(profile, args)
        finally:
            before = signal.signal(signal.SIGINT, signal.SIG_IGN)
            profile.close()
            signal.signal(signal.SIGINT, before)

    return verb


def password(args: argparse.Namespace) -> str:
    """From --password-file, MILOMOBILE_PASSWORD (taken out of the environment) or a prompt on a terminal."""
    given = os.environ.pop("MILOMOBILE_PASSWORD", None)
    if args.password_file:
        return secret(args.password_file)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Trouble(
            "Il faut un mot de passe. Rien n’a été modifié. Donnez-le par --password-file, MILOMOBILE_PASSWORD, ou dans un terminal."
        )
    return getpass.getpass("Mot de passe\u00a0: ")


def has_password(args: argparse.Namespace) -> bool:
    """Whether one was given beforehand: nobody need be asked."""
    return bool(args.password_file) or "MILOMOBILE_PASSWORD" in os.environ


def secret(file: str) -> str:
    """A file's one line. Raises Trouble."""
    try:
        return Path(file).read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError):
        raise Trouble(
            f"Le fichier de mot de passe {file} ne peut pas être lu. Rien n’a été modifié. Vérifiez son nom."
        ) from None


def elsewhere(out: Path, profile: Path) -> Path:
    """The file to write, where it may be written: never in the profile itself. Raises Trouble."""
    if not out.parent.is_dir():
        raise Trouble(f"Le dossier {out.parent} n’existe pas. Les fiches sont intactes. Choisissez un autre dossier.")
    if not out.name or out.is_dir():
        raise Trouble(
            f"«\u00a0{out}\u00a0» est un dossier, pas un fichier. Les fiches sont intactes. Donnez un nom de fichier."
        )
    if profile.resolve() in out.resolve().parents:
        raise NotReady(OURS)
    return out
