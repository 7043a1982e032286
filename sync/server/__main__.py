"""The office's screen in this version: the server's command line."""

import argparse
import ipaddress
import json
import os
import socket
import ssl
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import insert, select

from milomobile.domain.disk import too_long, why
from milomobile.domain.texts import tidy
from milomobile.domain.usage import in_french, interrupted, word
from sync import no_dumps
from sync.records import BACKUP_DUE
from sync.server import (
    access,
    devices,
    faults,
    identity,
    ingest,
    journal,
    ledger,
    outside,
    releases,
    retention,
    sealing,
    upcasting,
    verbs,
)
from sync.server.outward import calls as outward
from sync.server.store import DATABASE, NotOurs, Store, shown_url, sqlite_url
from sync.server.tables import Receipt, Server
from sync.server.verbs import Answer, with_store
from sync.server.wrong import Wrong, elsewhere

_REFERENTS = (
    "La clé qui ouvre les critères protégés est dans {}. Confiez-la aux référents et gardez-en une copie\u00a0: sans elle, "
    "ces critères sont perdus."
)
_NO_BACKUP = (
    "Aucune sauvegarde de ces sept derniers jours n’a été vérifiée. Ce qui est arrivé n’est gardé qu’ici. Lancez "
    "«\u00a0backup\u00a0», puis «\u00a0verify\u00a0»."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one call; returns its exit code: 0 done, 1 something refused, 2 wrong usage, 70 a bug."""
    os.umask(0o077)
    no_dumps.forbid()
    in_french()
    args = _parser().parse_args(argv)
    try:
        answer = args.verb(args)
    except (Wrong, identity.NotAServer, NotOurs) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        code = interrupted()
        print("Interrompu. Ce qui était reçu est gardé.", file=sys.stderr)
        return code
    except Exception as wrong:
        if said := faults.passing(wrong) or too_long(wrong):
            print(said, file=sys.stderr)
            return 2
        print(*faults.told(wrong), sep="\n", file=sys.stderr)
        return 70
    for one in answer if isinstance(answer, list) else [answer] if answer else []:
        shown = (f"{name}: {word(value)}" for name, value in one.items())
        print(json.dumps(one, ensure_ascii=False) if args.json else "  ".join(shown))
    return int(isinstance(answer, dict) and isinstance(answer.get("refused"), list) and bool(answer["refused"]))


def _now() -> int:
    return round(time.time() * 1000)


def _init(args: argparse.Namespace) -> Answer:
    url = args.database or sqlite_url(args.data)
    try:
        identity.check_free(args.data)
        store = Store(url, create=True)
        try:
            with store.write() as session:
                if session.execute(select(Server.history)).first():
                    raise Wrong("Cette base est déjà celle d’un serveur. Rien n’a été modifié. Donnez-en une autre.")
                session.execute(insert(Server).values(history=str(uuid.uuid4())))
        finally:
            store.close()
        made = identity.make(args.data)
        sealing.made_key(args.data)
        if args.database:
            identity.write(args.data / DATABASE, url)
    except OSError as wrong:
        raise Wrong(f"Le dossier {args.data} ne peut pas être écrit ({why(wrong)}).") from None
    print(_REFERENTS.format(args.data / identity.REFERENTS), file=sys.stderr)
    print(verbs.KEEP_KEY.format(args.data / sealing.KEY), file=sys.stderr)
    return {"server_id": made.server_id, "database": shown_url(url)}


def _serve(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    import uvicorn

    from sync.server import app, listening, logs

    if bool(args.tls_cert) != bool(args.tls_key):
        raise Wrong("Donnez le certificat et sa clé ensemble\u00a0: --tls-cert et --tls-key.")
    if not args.tls_cert and not _is_loopback(args.host):
        raise Wrong(
            "Sans certificat, le serveur n’écoute que sur cette machine (127.0.0.1). Donnez --tls-cert et --tls-key."
        )
    identity.check_private(args.data / identity.FILE, args.data / identity.REFERENTS, args.data / sealing.KEY)
    logs.to_stderr()
    outside.apply_again(store, args.data)
    outside.keep(store, args.data)
    with store.write() as session:
        upcasting.judge_again(session, _now())
    _purge(store, args)
    if args.tls_cert:
        _check_certificate(args.tls_cert, args.tls_key)
    try:
        bound = socket.create_server((args.host, args.port), family=_family(args.host), backlog=128)
    except (OSError, OverflowError) as wrong:
        raise Wrong(f"L’adresse {args.host}:{args.port} n’est pas libre ou n’existe pas ({wrong}).") from None
    host = f"[{args.host}]" if ":" in args.host else args.host
    url = f"{'https' if args.tls_cert else 'http'}://{host}:{bound.getsockname()[1]}"
    identity.write(args.data / "url", url)
    print(url, flush=True)
    made = app.make(store, known, _now, lambda: outside.keep(store, args.data), args.data / releases.FOLDER)
    config = listening.config(made, args.tls_cert, args.tls_key)
    with retention.daily(lambda: _purge(store, args)):
        uvicorn.Server(config).run(sockets=[bound])
    return None


def _purge(store: Store, args: argparse.Namespace) -> None:
    if retention.purge(store, args.months, _now())["people"]:
        outside.keep(store, args.data)


def _check_certificate(certificate: str, key: str) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError):
        raise Wrong(
            f"Le certificat {certificate} ou sa clé {key} ne peut pas être lu, ou l’un ne va pas avec l’autre. Rien "
            "n’a été modifié. Vérifiez les deux fichiers."
        ) from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _invite(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    label = tidy(args.label)
    if not 0 < len(label) <= 80:
        raise Wrong(
            "Le nom d’un poste a de 1 à 80 signes. Rien n’a été fait. Donnez-en un, par exemple «\u00a0Camion 1\u00a0»."
        )
    with store.write() as session:
        code, expires = devices.invite(session, known.public_key, label, _now())
        journal.note(session, _now(), "enrol invited", label)
    url = args.data / "url"
    served = url.read_text(encoding="utf-8") if url.exists() else None
    return {"code": code, "expires": verbs.iso(expires), "url": served}


def _devices(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    with store.read() as session:
        return [
            {
                "id": row.id,
                "label": row.label,
                "last_seen": verbs.iso(row.last_seen),
                "records": row.records,
                "revoked": row.revoked is not None,
            }
            for row in devices.listed(session)
        ]


def _stats(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    with store.read() as session:
        counts = ledger.stats(session)
        made, verified = session.execute(select(Server.made, Server.verified)).one()
    if _now() - (verified or made) > BACKUP_DUE:
        print(_NO_BACKUP, file=sys.stderr)
    return {**counts, "verified_backup": verbs.iso(verified)}


def _records(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    with store.read() as session:
        if devices.get(session, args.device) is None:
            raise Wrong("Aucun poste ne porte cet identifiant.")
        query = select(Receipt.seq, Receipt.change_id, Receipt.digest, Receipt.state)
        rows = session.execute(query.where(Receipt.device == args.device).order_by(Receipt.epoch, Receipt.seq))
        return [{"seq": r.seq, "id": r.change_id, "digest": r.digest.hex(), "state": r.state} for r in rows]


def _ingest(store: Store, known: identity.Identity, args: argparse.Namespace) -> Answer:
    key = identity.sealing_key(args.key, known) if args.key else identity.sealing_key_in(args.data, known)
    receipt = elsewhere(args.receipt, args.data) if args.receipt else None
    try:
        return dict(ingest.ingest(store, known, key, args.file, receipt, _now()))
    except ingest.Refused as wrong:
        raise Wrong(str(wrong)) from None
    finally:
        outside.keep(store, args.data)


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", type=Path, required=True, metavar="DOSSIER", help="le dossier du serveur")
    shared.add_argument("--json", action="store_true", help="un objet JSON sur la sortie")
    parser = argparse.ArgumentParser(prog="milomobile-server", description="Le serveur de la Mission Locale.")
    calls = parser.add_subparsers(title="verbes", metavar="VERBE", required=True)

    def add(name: str, verb: Callable[..., Answer], said: str) -> argparse.ArgumentParser:
        made = calls.add_parser(name, help=said, description=said, parents=[shared])
        made.set_defaults(verb=verb)
        return made

    add("init", _init, "crée le serveur").add_argument("--database", metavar="URL", help="base SQLite par défaut")
    serve = add("serve", with_store(_serve), "écoute les postes")
    serve.add_argument(
        "--host", default="127.0.0.1", metavar="ADRESSE", help="127.0.0.1\u00a0: cette machine seulement"
    )
    serve.add_argument("--port", type=int, default=8443, metavar="PORT", help="0 prend un port libre")
    serve.add_argument("--tls-cert", metavar="FICHIER", help="le certificat (PEM)")
    serve.add_argument("--tls-key", metavar="FICHIER", help="sa clé")
    verbs.add_months(serve)
    add("invite", with_store(_invite), "donne un code à un poste").add_argument("--label", required=True, metavar="NOM")
    add("devices", with_store(_devices), "liste les postes")
    add("stats", with_store(_stats), "compte ce qui est arrivé")
    records = add("records", with_store(_records), "liste les éléments reçus d’un poste, sans contenu")
    records.add_argument("--device", required=True, metavar="POSTE")
    taken = add("ingest", with_store(_ingest), "prend l’envoi d’un poste apporté sur une clé USB")
    taken.add_argument("file", type=Path, metavar="FICHIER")
    taken.add_argument("--receipt", type=Path, metavar="FICHIER", help="le reçu que le poste relira")
    taken.add_argument("--key", type=Path, metavar="FICHIER", help="la clé des référents, s’ils l’ont emportée")
    verbs.add_to(add)
    releases.add_to(add, with_store, _now)
    outward.add_to(add)
    access.add_to(add, with_store, _now)
    return parser


if __name__ == "__main__":
    sys.exit(main())
