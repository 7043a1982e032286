"""`export` on the server's command line."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from milomobile.domain.files import Asked, form_of
from milomobile.domain.usage import add_file
from milomobile.errors import NotReady
from sync.server import files, identity
from sync.server.store import Store
from sync.server.wrong import Wrong, elsewhere


def add_to(call: argparse.ArgumentParser) -> None:
    """What `export` takes."""
    add_file(call)
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
