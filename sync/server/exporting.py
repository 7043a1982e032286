"""`export` on the server's command line."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from milomobile.domain.files import FILES, FORMATS, Asked, form_of
from milomobile.errors import NotReady
from sync.server import files, identity
from sync.server.store import Store
from sync.server.wrong import Wrong, elsewhere


def add_to(call: argparse.ArgumentParser) -> None:
    """What `export` takes."""
    call.add_argument("what", choices=list(FILES), metavar="|".join(FILES))
    call.add_argument("--from", dest="first", required=True, type=_day, metavar="AAAA-MM-JJ")
    call.add_argument("--to", dest="last", required=True, type=_day, metavar="AAAA-MM-JJ")
    call.add_argument("--format", choices=list(FORMATS), help="sinon la fin du nom, sinon csv")
    call.add_argument("--out", required=True, type=Path, metavar="FICHIER")
    call.add_argument("--columns", metavar="A,B…", help="ces colonnes seulement, par leur titre ou leur clé")
    call.add_argument("--codes", action="store_true", help="écrit aussi «\u00a0…_codes.csv\u00a0», avec les codes")
    said = "la clé des référents\u00a0: «\u00a0statistiques\u00a0» compte aussi les critères protégés, jamais sous cinq"
    call.add_argument("--key", type=Path, metavar="FICHIER", help=said)


def export(clock: Callable[[], int], store: Store, known: identity.Identity, args: argparse.Namespace) -> Any:
    """A file for the office, over all laptops; what is left out of it is said on stderr."""
    key = identity.sealing_key(args.key, known) if args.key else None
    if args.out.is_dir():
        raise Wrong(f"«\u00a0{args.out}\u00a0» est un dossier, pas un fichier. Rien n’est écrit. Changez-le.")
    out = elsewhere(args.out, args.data)
    try:
        form = form_of(out, args.format)
        keys = None if args.columns is None else files.LAYOUTS[args.what].keys(args.columns.split(","))
    except NotReady as wrong:
        raise Wrong(wrong.sentence) from None
    asked = Asked(args.what, args.first, args.last, form, keys, args.codes)
    told = files.write(store, asked, out, clock(), key)
    for note in told.notes:
        print(note, file=sys.stderr)
    return {"rows": told.rows, "file": str(told.files[0])}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«\u00a0{text}\u00a0» n’est pas une date (AAAA-MM-JJ)") from None
