"""`milomobile-server feed` and `token`: what leaves for other tools is shown before it does."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from milomobile.errors import NotReady
from sync.server import files, identity, journal, outside
from sync.server.outward import feed, tokens
from sync.server.outward import rdv_insertion as adapter
from sync.server.store import Store
from sync.server.verbs import Answer, iso, now, with_store
from sync.server.wrong import Wrong

_SENT_TO = "Ce jeton n’est montré qu’une fois. Il lit ces colonnes, et aucune autre\u00a0: {}."
_SENT = (
    "Champs envoyés, et aucun autre\u00a0: {}. Personne qui a limité l’usage de sa fiche ou s’y oppose n’est envoyé."
)


def add_to(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds the call; `add(name, verb, said)` makes one."""
    call = add("feed", with_store(_feed), "envoie vers un autre outil\u00a0; arrêté tant qu’on ne le met pas en route")
    call.add_argument("name", choices=[adapter.NAME])
    call.add_argument("act", choices=list(_ACTS), help="show montre ce qui est envoyé, run envoie")
    call.add_argument("--url", metavar="URL", help="l’adresse de rdv-insertion (enable)")
    call.add_argument("--sign-in-url", metavar="URL", help="celle qui ouvre la session, si c’est une autre (enable)")
    call.add_argument("--organisation", type=int, metavar="N", help="le numéro de l’organisation (enable)")
    call.add_argument("--email", metavar="COURRIEL", help="le compte (enable)")
    call.add_argument("--password-file", type=Path, metavar="FICHIER", help="son mot de passe (enable)")
    _add_tokens(add)


def _add_tokens(add: Callable[..., argparse.ArgumentParser]) -> None:
    call = add("token", with_store(_token), "laisse un outil de la Mission Locale lire un fichier, en JSON")
    call.add_argument("act", choices=["make", "list", "revoke"])
    call.add_argument("--label", metavar="NOM", help="quel outil")
    call.add_argument("--file", choices=files.READABLE, help="quel fichier (make)")
    call.add_argument(
        "--columns", metavar="A,B…", help="ces colonnes seulement, sans elles celles qui ne nomment personne"
    )


def _token(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    if args.act == "list":
        with store.read() as session:
            return [
                {
                    "label": one.label,
                    "file": one.what,
                    "fields": json.loads(one.columns),
                    "made": iso(one.made),
                    "used": iso(one.used),
                    "revoked": one.revoked is not None,
                }
                for one in tokens.listed(session)
            ]
    if not args.label or (args.act == "make" and not args.file):
        raise Wrong("Donnez --label, et --file pour faire un jeton. Rien n’a été fait.")
    if args.act == "revoke":
        with store.write() as session:
            tokens.revoke(session, args.label, now())
            journal.note(session, now(), "change token", args.label)
        outside.keep(store, args.data)
        return {"label": args.label, "revoked": True}
    layout = files.LAYOUTS[args.file]
    try:
        named = None if args.columns is None else layout.keys(args.columns.split(","))
    except NotReady as wrong:
        raise Wrong(wrong.sentence) from None
    chosen = [one for one in layout.columns if (one.key in named if named else not one.naming)]
    print(_SENT_TO.format(", ".join(one.title for one in chosen)), file=sys.stderr)
    with store.write() as session:
        token = tokens.make(session, args.label, args.file, [one.key for one in chosen], now())
        journal.note(session, now(), "change token", args.label)
    return {"token": token, "file": args.file, "fields": [one.key for one in chosen]}


def _feed(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    print(_SENT.format(", ".join(adapter.FIELDS.values())), file=sys.stderr)
    return _ACTS[args.act](store, args)


def _show(store: Store, args: argparse.Namespace) -> Answer:
    with store.read() as session:
        people = len(feed.waiting(session, now()))
    on = feed.account(args.data) is not None
    return {"feed": adapter.NAME, "enabled": on, "fields": list(adapter.FIELDS), "waiting": people}


def _enable(store: Store, args: argparse.Namespace) -> Answer:
    if not (args.url and args.organisation and args.email and args.password_file):
        raise Wrong("Donnez --url, --organisation, --email et --password-file. Rien n’a été modifié.")
    try:
        password = args.password_file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise Wrong(f"Le fichier {args.password_file} ne peut pas être lu. Rien n’a été modifié.") from None
    urls = [one.rstrip("/") for one in (args.url, args.sign_in_url or args.url)]
    feed.enable(args.data, feed.Account(urls[0], urls[1], args.organisation, args.email, password))
    _switched(store)
    return _show(store, args)


def _disable(store: Store, args: argparse.Namespace) -> Answer:
    feed.disable(args.data)
    _switched(store)
    return _show(store, args)


def _switched(store: Store) -> None:
    with store.write() as session:
        journal.note(session, now(), "change feed", adapter.NAME)


def _run(store: Store, args: argparse.Namespace) -> Answer:
    return vars(feed.run(store, args.data, now))


_ACTS: dict[str, Callable[[Store, argparse.Namespace], Answer]] = {
    "show": _show,
    "enable": _enable,
    "disable": _disable,
    "run": _run,
}
