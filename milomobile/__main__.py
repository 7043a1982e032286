"""The command line (for technicians, scripts and tests): opens the window, or does one verb and exits."""

import argparse
import getpass
import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from milomobile import __version__, commands
from milomobile.commands import Answer
from milomobile.domain.disk import too_long
from milomobile.domain.usage import in_french, word
from milomobile.errors import NoRoom, Trouble
from milomobile.paths import profile_folder
from sync import no_dumps

Verb = Callable[[argparse.Namespace], tuple[Answer, int]]


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
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print("Interrompu. Ce qui était enregistré est gardé.", file=sys.stderr)
        return 130
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


def _password(args: argparse.Namespace) -> str:
    """From --password-file, MILOMOBILE_PASSWORD (taken out of the environment) or a prompt on a terminal."""
    given = os.environ.pop("MILOMOBILE_PASSWORD", None)
    if args.password_file:
        try:
            return Path(args.password_file).read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
        except (OSError, UnicodeDecodeError):
            raise Trouble(
                f"Le fichier de mot de passe {args.password_file} ne peut pas être lu. Rien n’a été modifié. Vérifiez son nom."
            ) from None
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Trouble(
            "Il faut un mot de passe. Rien n’a été modifié. Donnez-le par --password-file, MILOMOBILE_PASSWORD, ou dans un terminal."
        )
    return getpass.getpass("Mot de passe\u00a0: ")


def _with_profile(act: Callable[[Any, argparse.Namespace], tuple[Answer, int]]) -> Verb:
    def verb(args: argparse.Namespace) -> tuple[Answer, int]:
        from milomobile.actions.open import open_profile

        profile = open_profile(profile_folder(args.profile), args.adviser, _password(args), commands.now())
        try:
            return act(profile, args)
        finally:
            before = signal.signal(signal.SIGINT, signal.SIG_IGN)
            profile.close()
            signal.signal(signal.SIGINT, before)

    return verb


def _init(args: argparse.Namespace) -> tuple[Answer, int]:
    from milomobile.actions.open import create
    from milomobile.security import keychain

    folder = profile_folder(args.profile)
    device, recovery = create(folder, args.adviser_name, _password(args), commands.now())
    if ails := keychain.trouble():
        print(ails, file=sys.stderr)
    return {"profile": str(folder), "adviser": args.adviser_name, "device": device, "recovery_code": recovery}, 0


def _demo(args: argparse.Namespace) -> tuple[Answer, int]:
    from milomobile.actions import demo

    folder = profile_folder(args.profile)
    people, encounters = demo.make(folder, args.people, args.encounters, args.seed, commands.now())
    return {"profile": str(folder), "people": people, "encounters": encounters}, 0


def _restore(args: argparse.Namespace) -> tuple[Answer, int]:
    from milomobile.actions.backups import restore

    folder = profile_folder(args.profile)
    done = restore(Path(args.file), folder, args.adviser, _password(args), commands.now())
    print(commands.RESTORED, file=sys.stderr)
    return {"profile": str(folder), "people": done.people, "encounters": done.encounters, "device": done.device}, 0


def _enrol(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    from milomobile.actions.send import enrol

    ca = Path(args.ca) if args.ca else None
    address, server_id = enrol(profile, args.url, args.code, ca, profile.adviser, commands.now())
    return {"server": address, "server_id": server_id, "device": profile.device}, 0


def _status(args: argparse.Namespace) -> tuple[Answer, int]:
    """All that is counted; where nobody gives a password, what is known without."""
    from milomobile.actions import status

    if args.password_file or "MILOMOBILE_PASSWORD" in os.environ or sys.stdin.isatty():
        return _with_profile(lambda profile, _: (status.status(profile), 0))(args)
    return status.locked(profile_folder(args.profile)), 0


def _find(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    from milomobile.actions.find import search

    return [
        {
            "id": one.id,
            "name": one.name,
            "birth_date": one.birth_date and one.birth_date.isoformat(),
            "last_encounter": one.last_encounter and one.last_encounter.isoformat(),
        }
        for one in search(profile, args.text, commands.now())
    ], 0


def _likely(args: argparse.Namespace) -> tuple[Answer, int]:
    from milomobile.actions import likely

    today, asked = commands.now().date(), Path(args.file)
    if args.among:
        return list(likely.answers(likely.identities(asked, today), likely.in_file(Path(args.among), today))), 0

    def in_store(profile: Any, _: argparse.Namespace) -> tuple[Answer, int]:
        return list(likely.answers(likely.identities(asked, today), partial(likely.in_store, profile))), 0

    return _with_profile(in_store)(args)


def _sync(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
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
    commands.fetch_newer(profile)
    return answer, 3 if done.reason else 1 if done.refused or done.waiting or done.warning else 0


def _check(args: argparse.Namespace) -> tuple[Answer, int]:
    """The installed program; and the profile's whole file, where there is one and its password was given."""
    from milomobile.actions import checkup
    from milomobile.actions.open import exists
    from milomobile.app import draw_unlock

    if (args.password_file or "MILOMOBILE_PASSWORD" in os.environ) and exists(profile_folder(args.profile)):
        _with_profile(_check_file)(args)
    old_stores = Path(args.old_stores) if args.old_stores else None
    warnings, failed = checkup.check(commands.now(), draw_unlock, old_stores)
    for warning in warnings:
        print(warning, file=sys.stderr)
    for one in failed:
        print(
            f"Ne fonctionne pas\u00a0: {one.step} ({one.sentence or one.kind}). Réinstallez le programme.",
            file=sys.stderr,
        )
    answer: dict[str, Any] = {"ok": not failed, "warnings": warnings}
    return {**answer, **({"failed": [vars(one) for one in failed]} if failed else {})}, 2 if failed else 0


def _check_file(profile: Any, args: argparse.Namespace) -> tuple[Answer, int]:
    from milomobile.actions.diagnostics import check_file

    check_file(profile)
    return {}, 0


def _diagnostics(args: argparse.Namespace) -> tuple[Answer, int]:
    """For support; where the profile does not open, what is known without, and why."""
    if not (args.password_file or "MILOMOBILE_PASSWORD" in os.environ):
        return commands.diagnostics(None, args)
    try:
        return _with_profile(commands.diagnostics)(args)
    except NoRoom:
        raise
    except Trouble as wrong:
        print(wrong.sentence, file=sys.stderr)
        return commands.diagnostics(None, args)[0], 1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«\u00a0{text}\u00a0» n’est pas une date (AAAA-MM-JJ)") from None


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"«\u00a0{text}\u00a0» n’est pas un mois (AAAA-MM)") from None


def _count(text: str) -> int:
    if not text.isdigit() or int(text) > 1_000_000:
        raise argparse.ArgumentTypeError(f"«\u00a0{text}\u00a0» n’est pas un nombre de 0 à 1 000 000")
    return int(text)


def _shared() -> argparse.ArgumentParser:
    """What may stand before and after the verb; made anew each time, for argparse shares defaults with its parents."""
    shared = argparse.ArgumentParser(add_help=False)
    said = "dossier du profil (sinon MILOMOBILE_PROFILE, sinon le dossier de l’utilisateur)"
    shared.add_argument("--profile", default=argparse.SUPPRESS, metavar="DOSSIER", help=said)
    said = "fichier où lire le mot de passe"
    shared.add_argument("--password-file", default=argparse.SUPPRESS, metavar="FICHIER", help=said)
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="un objet JSON sur la sortie")
    return shared


def _parser() -> argparse.ArgumentParser:
    who = argparse.ArgumentParser(add_help=False)
    who.add_argument("--adviser", default=None, metavar="NOM", help="qui ouvre le profil, s’il y a plusieurs personnes")
    said = "Milo Mobile. Sans verbe\u00a0: la fenêtre."
    parser = argparse.ArgumentParser(prog="milomobile", description=said, parents=[_shared()])
    parser.add_argument("--version", action="version", version=__version__, help="dit la version")
    parser.set_defaults(profile=None, password_file=None, json=False, adviser=None, verb=None)
    verbs = parser.add_subparsers(title="verbes", metavar="VERBE")

    def add(name: str, verb: Verb, said: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=said, description=said, parents=[_shared(), *parents])
        made.set_defaults(verb=verb)
        return made

    add("init", _init, "crée un profil").add_argument("--adviser", dest="adviser_name", required=True, metavar="NOM")
    demo = add("demo", _demo, "crée un profil rempli de personnes inventées")
    for option, number in (("--people", 400), ("--encounters", 600), ("--seed", 1)):
        demo.add_argument(option, type=_count, default=number, metavar="NOMBRE")
    enrol = add("enrol", _with_profile(_enrol), "relie ce poste à un serveur", who)
    enrol.add_argument("url", metavar="ADRESSE", help="celle que le bureau donne")
    enrol.add_argument("code", metavar="CODE", help="celui de l’invitation")
    enrol.add_argument("--ca", metavar="FICHIER", help="certificat du serveur, gardé dans le profil")
    add("status", _status, "compte ce que contient le profil", who)
    register = add("register", _with_profile(commands.register), "enregistre les lignes d’un fichier JSON-lines", who)
    register.add_argument("--from", dest="file", required=True, metavar="FICHIER.jsonl")
    add("find", _with_profile(_find), "cherche une personne", who).add_argument("text", metavar="TEXTE")
    likely = add("likely", _likely, "cherche qui a sans doute déjà une fiche", who)
    likely.add_argument("--from", dest="file", required=True, metavar="FICHIER.jsonl")
    likely.add_argument("--among", metavar="FICHIER.jsonl", help="cherche dans ce fichier, sans profil")
    add("sync", _with_profile(_sync), "envoie ce qui attend", who)
    bundle = add(
        "bundle", _with_profile(commands.bundle), "écrit ce qui attend sur une clé USB, ou relit le reçu du bureau", who
    )
    bundle.add_argument("what", choices=["export", "receipt"])
    bundle.add_argument("file", metavar="FICHIER")
    export = add("export", _with_profile(commands.export), "écrit un fichier pour le bureau", who)
    commands.add_export(export, _day)
    said = "fichier où lire le mot de passe d’un ZIP chiffré (AES-256) qui contiendra l’export"
    export.add_argument("--zip-password-file", metavar="FICHIER", help=said)
    written = add("report", _with_profile(commands.report), "écrit un rapport en PDF, sans aucun nom").add_subparsers(
        title="rapports", metavar="RAPPORT", required=True, dest="what"
    )
    for what, kind, shape, said in (
        ("day", _day, "AAAA-MM-JJ", "le compte rendu d’une journée, une page"),
        ("month", _month, "AAAA-MM", "les tableaux et graphiques d’un mois"),
    ):
        one = written.add_parser(what, help=said, description=said, parents=[_shared(), who])
        one.add_argument("date", type=kind, metavar=shape)
        one.add_argument("--out", required=True, metavar="FICHIER.pdf")
    listed = add("import", _with_profile(commands.import_list), "garde une liste de personnes à chercher", who)
    listed.add_argument("file", metavar="LISTE.csv|xlsx")
    listed.add_argument("--purpose", required=True, metavar="TEXTE", help="à quoi sert cette liste, par exemple PSAD")
    acts = add(
        "person", _with_profile(commands.export_person), "les droits d’une personne sur ses données"
    ).add_subparsers(title="actes", metavar="ACTE", required=True)
    said = "écrit tout ce qui est gardé d’une personne, en PDF et en JSON"
    copy = acts.add_parser("export", help=said, description=said, parents=[_shared(), who])
    copy.add_argument("id", metavar="IDENTIFIANT", help="celui que dit la recherche d’une personne")
    copy.add_argument("--out", required=True, metavar="FICHIER")
    copy.add_argument("--zip-password-file", metavar="FICHIER", help="mot de passe d’un dossier .zip")
    said = "efface une personne, ici et au prochain envoi partout ailleurs"
    gone = acts.add_parser("erase", help=said, description=said, parents=[_shared(), who])
    gone.set_defaults(verb=_with_profile(commands.erase_person))
    gone.add_argument("id", metavar="IDENTIFIANT", help="celui que dit la recherche d’une personne")
    gone.add_argument("--reason", required=True, metavar="MOTIF", help="DEMANDE, DOUBLON, ERREUR, FIN_DE_CONSERVATION")
    purge = add("purge", _with_profile(commands.purge), "efface ce qui n’a plus à rester sur ce poste", who)
    purge.add_argument("--dry-run", action="store_true", help="compte sans rien effacer")
    add("journal", _with_profile(commands.journal), "dit qui a fait quoi, et quand", who)
    backup = add("backup", _with_profile(commands.backup), "écrit une sauvegarde chiffrée et la vérifie", who)
    backup.add_argument("file", metavar="FICHIER")
    said = "fait un profil d’une sauvegarde, avec le code de secours ou un mot de passe"
    add("restore", _restore, said, who).add_argument("file", metavar="FICHIER")
    said = "vérifie le programme installé, et le fichier des fiches si son mot de passe est donné"
    check = add("check", _check, said, who)
    check.add_argument("--old-stores", metavar="DOSSIER", help="un profil de chaque version passée, à mettre à jour")
    said = "écrit ce qu’il faut à l’assistance, sans aucune donnée de personne\u00a0; plus complet avec le mot de passe"
    add("diagnostics", _diagnostics, said, who).add_argument("file", metavar="FICHIER.zip")
    return parser


if __name__ == "__main__":
    sys.exit(main())
