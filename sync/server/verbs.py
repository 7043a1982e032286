"""What the office asks on the command line, beyond what a server needs to run."""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from milomobile.domain.erasure import REASONS
from sync.server import (
    backups,
    devices,
    exporting,
    filled,
    handovers,
    identity,
    journal,
    matching,
    office,
    outside,
    reference,
    restoring,
    retention,
    sealing,
)
from sync.server.store import Store, database
from sync.server.wrong import Wrong

KEEP_KEY = (
    "La clé des sauvegardes est dans {}. Gardez-en une copie au coffre, loin des sauvegardes\u00a0: sans elle, elles ne se "
    "rouvrent pas sur une autre machine."
)
_FORGOTTEN = (
    "Ce dossier n’avait ni {0} ni {1}\u00a0: qui a été effacé depuis cette sauvegarde est revenu, et un poste coupé depuis peut "
    "envoyer. Copiez ces deux fichiers de l’ancien dossier dans celui-ci avant «\u00a0serve\u00a0»."
)
Answer = dict[str, Any] | list[dict[str, Any]] | None
Verb = Callable[[Store, identity.Identity, argparse.Namespace], Answer]


def with_store(act: Verb) -> Callable[[argparse.Namespace], Answer]:
    """A call over the open database of `--data`."""

    def verb(args: argparse.Namespace) -> Answer:
        known = identity.load(args.data)
        store = Store(database(args.data))
        try:
            return act(store, known, args)
        finally:
            store.close()

    return verb


def add_to(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds the calls; `add(name, verb, said)` makes one."""
    add("revoke", with_store(_revoke), "coupe un poste volé ou perdu").add_argument("device", metavar="POSTE")
    add("conflicts", with_store(_conflicts), "liste les identités sur lesquelles les postes ne s’accordent pas")
    add("matches", with_store(_matches), "liste les personnes sans doute enregistrées deux fois")
    merge = add("merge", with_store(_merge), "montre une personne comme faisant partie d’une autre")
    merge.add_argument("loser", metavar="FROM")
    merge.add_argument("winner", metavar="INTO")
    add("unmerge", with_store(_unmerge), "sépare ce que «\u00a0merge\u00a0» a réuni").add_argument("id", metavar="ID")
    erase = add("erase", with_store(_erase), "efface une personne, ici et sur tous les postes")
    erase.add_argument("person", metavar="PERSONNE")
    erase.add_argument("--reason", required=True, metavar="MOTIF", help=", ".join(REASONS))
    purge = add(
        "purge", with_store(_purge), "efface ce dont le temps est passé, comme «\u00a0serve\u00a0» le fait chaque jour"
    )
    purge.add_argument("--dry-run", action="store_true", help="compte, sans rien effacer")
    add_months(purge)
    reserved = add("reserved", with_store(_reserved), "ouvre les critères protégés\u00a0; la consultation est notée")
    reserved.add_argument("person", metavar="PERSONNE")
    reserved.add_argument("--key", type=Path, required=True, metavar="FICHIER", help="la clé des référents")
    lists = add("reference", with_store(_reference), "charge les listes du bureau pour les postes")
    lists.add_argument("act", choices=["load"])
    lists.add_argument("folder", type=Path, metavar="DOSSIER", help="places.csv, partners.csv…")
    taken = add(
        "import", with_store(_import), "reprend ce que le bureau a rempli dans un fichier «\u00a0rattachements\u00a0»"
    )
    taken.add_argument("what", choices=["rattachements"])
    taken.add_argument("file", type=Path, metavar="FICHIER")
    said = "écrit un fichier du bureau, de tous les postes ensemble"
    exporting.add_to(add("export", with_store(partial(exporting.export, now)), said))
    for name, verb, said in (
        ("backup", with_store(_backup), "sauvegarde le serveur, qui peut tourner, dans un dossier neuf"),
        (
            "verify",
            with_store(_verify),
            "relit une sauvegarde entière\u00a0; les postes oublient alors ce qu’elle tient",
        ),
        ("restore", _restore, "remet une sauvegarde, le serveur étant arrêté"),
    ):
        call = add(name, verb, said)
        call.add_argument("folder", type=Path, metavar="DOSSIER")
        if name != "backup":
            call.add_argument(
                "--key", type=Path, metavar="FICHIER", help="la clé des sauvegardes, sur une autre machine"
            )


def add_months(call: argparse.ArgumentParser) -> None:
    """How long people are kept."""
    least, most = retention.LEAST, retention.MOST
    call.add_argument(
        "--months",
        type=int,
        default=least,
        choices=range(least, most + 1),
        metavar="MOIS",
        help=f"durée de conservation après le dernier contact, de {least} (par défaut) à {most} mois",
    )


def now() -> int:
    """Milliseconds since 1970."""
    return round(time.time() * 1000)


def iso(ms: int | None) -> str | None:
    """A time as text, to the second."""
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")


def _revoke(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    with store.write() as session:
        if not devices.revoke(session, args.device, now()):
            raise Wrong("Aucun poste ne porte cet identifiant. Rien n’a été modifié.")
        journal.note(session, now(), "enrol revoked", args.device)
    outside.keep(store, args.data)
    return {"id": args.device, "revoked": True}


def _conflicts(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    with store.write() as session:
        found = office.conflicts(session)
        names = office.names(session)
        journal.note(session, now(), "read list", str(len(found)))
    return [{"person": one, "name": names.get(one), "field": field, "values": said} for one, field, said in found]


def _matches(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    with store.write() as session:
        found = matching.matches(session, now())
        names = office.names(session)
        journal.note(session, now(), "read list", str(len(found)))
    return [
        {
            "from": one.later,
            "from_name": names.get(one.later),
            "into": one.earlier,
            "into_name": names.get(one.earlier),
            "level": one.level,
            "why": list(one.why),
        }
        for one in found
    ]


def _merge(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    def act(session: Connection) -> str:
        journal.note(session, now(), "merge", args.winner)
        return office.unite(session, args.loser, args.winner, now())

    id = store.attempt(act)
    outside.keep(store, args.data)
    return {"id": id}


def _unmerge(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    def act(session: Connection) -> None:
        journal.note(session, now(), "merge parted", args.id)
        office.part(session, args.id, now())

    store.attempt(act)
    outside.keep(store, args.data)
    return {"id": args.id}


def _erase(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    def act(session: Connection) -> bool:
        done = office.erase(session, args.person, args.reason, now())
        if done:
            journal.note(session, now(), "erase person", args.person)
        return done

    done = store.attempt(act)
    store.let_go()
    outside.keep(store, args.data)
    return {"erased": done}


def _purge(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    counts = retention.purge(store, args.months, now(), args.dry_run)
    if not args.dry_run:
        outside.keep(store, args.data)
    return {**counts, "done": not args.dry_run}


def _reserved(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    key = identity.sealing_key(args.key, known)
    with store.write() as session:
        criteria = office.reserved(session, args.person, key, now())
    return {"person": args.person, **criteria}


def _reference(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    def act(session: Connection) -> tuple[int, int]:
        journal.note(session, now(), "import lists")
        return reference.load(session, args.folder)

    loaded, removed = store.attempt(act)
    return {"loaded": loaded, "removed": removed}


def _import(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    lines = filled.read(args.file)
    report = store.attempt(lambda session: handovers.keep(session, lines, now()))
    for one in (*report.refused, *report.warned):
        print(f"Ligne {one['line']} : {one['reason']}", file=sys.stderr)
    return vars(report)


def _backup(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    key, made = sealing.made_key(args.data)
    if made:
        print(KEEP_KEY.format(args.data / sealing.KEY), file=sys.stderr)
    file = backups.make(store, known, args.data, args.folder, key)
    with store.write() as session:
        journal.note(session, now(), "backup")
    return {"file": str(file)}


def _verify(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    manifest = backups.verify(args.folder, _key(args), args.data)
    if manifest["server_id"] != known.server_id:
        raise Wrong(f"La sauvegarde {args.folder} est celle d’un autre serveur. Elle se lit en entier.")

    def act(session: Connection) -> None:
        journal.note(session, now(), "backup verified")
        backups.mark(session, manifest, now())

    store.attempt(act)
    return {"ok": True}


def _restore(args: argparse.Namespace) -> Answer:
    elsewhere = not (args.data / identity.FILE).exists() and not (args.data / outside.DECIDED).exists()
    restoring.restore(args.data, args.folder, _key(args))
    if elsewhere:
        print(_FORGOTTEN.format(outside.FILE, outside.DECIDED), file=sys.stderr)
    return with_store(_restored)(args)


def _restored(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    with store.write() as session:
        journal.note(session, now(), "restore")
    return {"ok": True}


def _key(args: argparse.Namespace) -> bytes | None:
    """The key that was given, or the server's own; None where there is none."""
    file = args.key or args.data / sealing.KEY
    return sealing.read_key(file) if args.key or file.exists() else None
