"""The USB key: what waits as an encrypted file, and the office's receipt read back."""

from datetime import datetime
from pathlib import Path

from milomobile.actions.open import Profile
from milomobile.actions.sentences import NOT_BOUND
from milomobile.errors import NoRoom, NotOurs
from milomobile.reports import safely
from milomobile.store import journal, settings
from milomobile.store.outbox import Outbox
from sync import bundle
from sync.records import Batch

_NOT_A_RECEIPT = (
    "Ce fichier n’est pas un reçu de votre Mission Locale pour ce poste, ou il est abîmé. Rien n’a été modifié, tout "
    "est gardé ici. Demandez un nouveau reçu au bureau."
)
_OF_ANOTHER = (
    "Ce reçu est celui d’un autre poste. Rien n’a été modifié, tout est gardé ici. Cherchez celui de ce poste, ou "
    "demandez-le au bureau."
)
_THE_BUNDLE = (
    "Ce fichier est l’envoi lui-même, pas encore le reçu. Rien n’a été modifié, tout est gardé ici. Portez-le au bureau, "
    "qui vous rendra le reçu."
)
_UNREADABLE = (
    "«\u00a0{}\u00a0» ne peut pas être lu\u00a0: la clé a peut-être été retirée. Rien n’a été modifié, tout est gardé ici. Remettez la "
    "clé, puis recommencez."
)
_HERE = "Le dossier des fiches ne reçoit pas d’envoi. Rien n’a été écrit, tout est gardé ici. Choisissez la clé USB."
_NOT_WRITTEN = (
    "«\u00a0{}\u00a0» n’a pas pu être écrit\u00a0: la clé est pleine, protégée ou retirée. Tout est gardé ici. Changez de clé, puis "
    "recommencez."
)
_AT_ONCE = 4 << 20
_LONGEST = 64 << 20
"""So many bytes a receipt may have: some other large file is not read into memory."""


def export(profile: Profile, file: Path, now: datetime, replace: bool = False) -> int:
    """Writes what waits, sealed to the server and signed; returns how many records. They wait until the receipt.

    What has no room in one bundle waits for the next. A file that is there stays, unless `replace` says that its owner was
    asked. Raises NotOurs, NoRoom.
    """
    outbox = Outbox(profile.store)
    with profile.store.read() as session:
        kept = settings.get_all(session)
    if "sealing_key" not in kept:
        raise NotOurs(NOT_BOUND)
    if profile.folder.resolve() in file.resolve().parents:
        raise NotOurs(_HERE)
    batches: list[Batch] = []
    room = bundle.MOST - 2 * _AT_ONCE
    while room > 0 and (batch := outbox.batch(batches[-1].last if batches else 0, _AT_ONCE, 1 << 62)):
        batches.append(batch)
        room -= sum(len(line) + 1 for line in batch.lines)
    key = bytes.fromhex(kept["private_key"])
    packed = bundle.pack(outbox.position(), batches, bytes.fromhex(kept["sealing_key"]), key)
    safely.check(file, replace)
    try:
        with safely.written(file, replace=replace) as out:
            out.write(packed.encode())
    except NoRoom:
        raise NoRoom(_NOT_WRITTEN.format(file)) from None
    with profile.store.write() as session:
        journal.write(session, now, profile.adviser_id, "export bundle")
    return sum(len(batch.lines) for batch in batches)


def receive(profile: Profile, file: Path, now: datetime) -> int:
    """Marks as sent what the office's receipt says it has; returns how many records. Twice is harmless."""
    outbox = Outbox(profile.store)
    with profile.store.read() as session:
        kept = settings.get_all(session)
    keys = [bytes.fromhex(key) for key in kept.get("server_keys", "").split()]
    before = outbox.waiting()
    try:
        if file.stat().st_size > _LONGEST:
            raise NotOurs(_NOT_A_RECEIPT)
        acks = bundle.read_receipt(file.read_text(encoding="utf-8"), kept["device"], kept["epoch"], keys)
    except OSError:
        raise NotOurs(_UNREADABLE.format(file)) from None
    except bundle.ForAnother:
        raise NotOurs(_OF_ANOTHER) from None
    except bundle.NotAReceipt:
        raise NotOurs(_THE_BUNDLE) from None
    except (UnicodeDecodeError, bundle.NotABundle):
        raise NotOurs(_NOT_A_RECEIPT) from None
    for ack in acks:
        for first, last in ack.stored:
            outbox.settle(Batch(first, (b"",) * (last - first + 1)), ack)
    waiting = outbox.waiting()
    with profile.store.write() as session:
        if before and not waiting:
            settings.put(session, {"last_sync": now.isoformat(), "last_count": str(before)})
        journal.write(session, now, profile.adviser_id, "import receipt")
    return before - waiting
