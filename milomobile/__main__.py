"""The command line (for technicians, scripts and tests): opens the window, or does one verb and exits."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from milomobile import __version__
from milomobile.commands import laptop, office, people
from milomobile.commands.asking import shared
from milomobile.commands.opening import Answer, Verb
from milomobile.domain.disk import too_long
from milomobile.domain.usage import in_french, interrupted, word
from milomobile.errors import Trouble
from milomobile.paths import profile_folder
from sync import no_dumps


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one call; returns its exit code: 0 done, 1 in part, 2 wrong usage or Trouble, 3 offline, 70 a bug."""
    os.umask(0o077)
    no_dumps.forbid()
    logging.getLogger("sqlalchemy.pool").addHandler(logging.NullHandler())
    profile = None
    try:
        in_french()
        args = _parser().parse_args(argv)
        profile = args.profile
        if args.verb is None:
            from milomobile.app import run_window

            return run_window(profile_folder(args.profile))
        from milomobile import logs

        logs.keep_in(profile_folder(profile))
        verb: Verb = args.verb
        answer, code = verb(args)
        _show(answer, args.json)
        return code
    except Trouble as trouble:
        print(trouble.sentence, file=sys.stderr)
        return trouble.exit_code
    except KeyboardInterrupt:
        code = interrupted()
        print("Interrompu. Ce qui était enregistré est gardé.", file=sys.stderr)
        return code
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except Exception as wrong:
        if said := too_long(wrong):
            print(said, file=sys.stderr)
            return 2
        from milomobile import bugs

        bug = bugs.write(profile_folder(profile), type(wrong), wrong.__traceback__)
        where = f"dans {bug.file}" if bug.file else "ci-dessus"
        print(f"Problème inattendu n° {bug.id}\u00a0; le détail est {where}.", file=sys.stderr)
        return 70


def _parser() -> argparse.ArgumentParser:
    said = "Milo Mobile. Sans verbe\u00a0: la fenêtre."
    parser = argparse.ArgumentParser(prog="milomobile", description=said, parents=[shared()])
    parser.add_argument("--version", action="version", version=__version__, help="dit la version")
    parser.set_defaults(profile=None, password_file=None, json=False, adviser=None, verb=None)
    verbs = parser.add_subparsers(title="verbes", metavar="VERBE")
    for some in (laptop, people, office):
        some.add_to(verbs)
    return parser


def _show(answer: Answer, as_json: bool) -> None:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8" if as_json else None, errors="backslashreplace")
    try:
        for one in answer if isinstance(answer, list) else [answer]:
            if as_json:
                print(json.dumps(one, ensure_ascii=False))
            else:
                print("  ".join(f"{name}: {word(value)}" for name, value in one.items()))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        _forget_stdout()
        raise Trouble(
            "C’est fait, mais la réponse n’a pas pu être écrite\u00a0: la sortie est pleine ou fermée. "
            "Libérez-la\u00a0; il n’y a rien à refaire."
        ) from None


def _forget_stdout() -> None:
    """What is left to write goes nowhere, so that Python's exit does not fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
