"""Taking a bundle from a USB key: the same lines, the same verdicts, and a receipt to carry back."""

from functools import partial
from pathlib import Path

from milomobile.domain.disk import why
from milomobile.errors import NoRoom
from milomobile.reports import safely
from sync import bundle
from sync.records import Ack
from sync.server import devices, journal, ledger
from sync.server.identity import Identity, write
from sync.server.store import Store

_NOT_A_BUNDLE = (
    "Ce fichier n’est pas un envoi d’un poste de ce serveur, ou il est abîmé. Rien n’a été pris. Demandez au poste "
    "d’écrire la clé de nouveau."
)
_A_RECEIPT = (
    "Ce fichier est un reçu du bureau, pas l’envoi d’un poste. Rien n’a été pris. Rendez-le au poste, ou cherchez l’envoi "
    "sur la clé."
)
_UNREADABLE = "Le fichier {} n’a pas pu être lu ({}). Rien n’a été pris. Vérifiez son nom et la clé."
_REVOKED = "Ce poste n’est plus autorisé à envoyer. Rien n’a été pris."
_FORK = "Ce poste a une autre suite d’éléments que celle connue ici. Rien n’a été pris de plus. Prévenez l’assistance."
_NO_RECEIPT = (
    "Les fiches sont prises, mais le reçu {} n’a pas pu être écrit ({}). Recommencez avec un autre fichier\u00a0: rien n’est "
    "pris deux fois."
)

_NO_RECEIPT_YET = "Le reçu {} ne peut pas être écrit ({}). Rien n’est pris. Donnez un autre fichier."


class Refused(Exception):
    """The bundle is not taken; the text is a French sentence."""


def ingest(
    store: Store, identity: Identity, sealing_private: bytes, file: Path, answer: Path | None, now: int
) -> dict[str, int]:
    """Takes a bundle, twice is harmless; returns {taken, already, refused}. Raises Refused.

    The receipt takes the place of an older one, never of another file: that is refused before anything is taken.
    """
    if answer:
        _check(answer)
    try:
        text = file.read_text(encoding="utf-8")
        if bundle.is_receipt(text):
            raise Refused(_A_RECEIPT)
        with store.read() as session:
            known = devices.get(session, bundle.device_of(text))
        if known is None:
            raise Refused(_NOT_A_BUNDLE)
        if known.revoked is not None:
            raise Refused(_REVOKED)
        opened = bundle.unpack(text, bytes(known.public_key), sealing_private)
    except OSError as wrong:
        raise Refused(_UNREADABLE.format(file, why(wrong))) from None
    except (UnicodeDecodeError, bundle.NotABundle):
        raise Refused(_NOT_A_BUNDLE) from None
    counts: dict[str, int] = {"taken": 0, "already": 0, "refused": 0}
    acks: list[Ack] = []
    for batch in opened.batches:
        expect = (acks[-1].hwm, acks[-1].chain) if acks else opened.expect
        take = partial(ledger.take, server_id=identity.server_id, device=opened.device, epoch=opened.epoch)
        try:
            acks.append(store.attempt(partial(take, batch=batch, expect=expect, now=now)))
        except ledger.Fork:
            raise Refused(_FORK) from None
        _count(counts, acks[-1], len(batch.lines))
    with store.write() as session:
        journal.note(session, now, "sync bundle", opened.device)
    if answer:
        try:
            write(answer, bundle.receipt(opened, acks, identity.signing_key))
        except OSError as wrong:
            raise Refused(_NO_RECEIPT.format(answer, why(wrong))) from None
    return counts


def _check(answer: Path) -> None:
    try:
        older = answer.is_file() and bundle.is_receipt(answer.read_text(encoding="utf-8", errors="replace"))
        safely.check(answer, replace=older)
    except NoRoom as wrong:
        raise Refused(wrong.sentence) from None
    except OSError as wrong:
        raise Refused(_NO_RECEIPT_YET.format(answer, why(wrong))) from None


def _count(counts: dict[str, int], ack: Ack, lines: int) -> None:
    verdicts = [result.verdict for result in ack.results]
    counts["already"] += verdicts.count("already")
    counts["refused"] += verdicts.count("refused")
    counts["taken"] += lines - len(verdicts)
