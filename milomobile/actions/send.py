"""The end-of-day button, and binding this laptop to a server; every failure of the network becomes one sentence."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from milomobile import __version__, logs
from milomobile.actions.open import Profile
from milomobile.actions.sentences import LATE, NOT_BOUND, lacking, sentence
from milomobile.domain.people import short_name
from milomobile.domain.sending import Kind, Progress, Refused, Sent, Waiting
from milomobile.errors import NotOurs, NotSent
from milomobile.store import journal, sending, settings
from milomobile.store.ageing import Aged, age
from milomobile.store.inbox import Inbox
from milomobile.store.outbox import Outbox
from sync import client, errors, exchange, pull, push, records, signing

_NEXT_KEY = "next_private_key"
"""Made where the one before was cut off, and kept before the server hears of it: the answer may be lost."""
_HASTY = (4.0, 5.0)
"""Seconds (`exchange.round_trip`): who locks waits no longer for what can wait."""
LANES = 2
"""Connections of one sending: a second one fills the link while the first waits for its answer (sync.md 4.3)."""
_UNKNOWN = (
    "Le serveur {} ne répond pas\u00a0: pas de réseau pour l’instant, ou une faute dans son adresse. Tout est gardé ici. "
    "Vérifiez l’adresse et le réseau, puis réessayez."
)
_KINDS = {
    "outing": "stops",
    "stop": "stops",
    "place": "stops",
    "person": "people",
    "encounter": "encounters",
    "appointment": "appointments",
}
WHAT = {
    "person": "Fiche",
    "encounter": "Rencontre",
    "appointment": "Rendez-vous",
    "stop": "Arrêt",
    "outing": "Sortie",
    "place": "Lieu",
    "reserved": "Critères protégés",
    "referral": "Orientation",
}


_OWN_CERTIFICATE = (
    "La connexion à {} n’est pas sûre\u00a0: ce serveur a peut-être son propre certificat. Tout est gardé ici. Demandez ce fichier au "
    "bureau et donnez-le avec le code, ou changez de réseau."
)


def enrol(profile: Profile, url: str, code: str, ca: Path | None, label: str, now: datetime) -> tuple[str, str]:
    """Binds this laptop to a server with a one-time code. Returns (address, server id); raises NotSent or NotOurs."""
    try:
        certificate = ca.read_text(encoding="ascii") if ca else None
    except (OSError, UnicodeDecodeError):
        raise NotOurs(
            f"Le certificat {ca} ne peut pas être lu. Rien n’a été modifié. Vérifiez-le, ou demandez-le de nouveau au bureau."
        ) from None
    with profile.store.read() as session:
        kept = settings.get_all(session)
    try:
        address = client.address(url)
        ask = partial(client.enrol, address, code, device=profile.device, ca=certificate, clock=_clock, label=label)
        private = kept.get(_NEXT_KEY) or kept["private_key"]
        try:
            found = ask(private_key=bytes.fromhex(private))
        except errors.NotAllowed:
            private = signing.new_private().hex()
            with profile.store.write() as session:
                settings.put(session, {_NEXT_KEY: private})
            found = ask(private_key=bytes.fromhex(private))
    except (errors.BadAddress, errors.BadCertificate, errors.BadCode) as wrong:
        raise NotOurs(sentence(wrong)) from wrong
    except errors.Offline as wrong:
        raise NotSent(_UNKNOWN.format(address)) from wrong
    except errors.SyncError as wrong:
        own = isinstance(wrong, errors.CertificateRefused) and certificate is None
        raise NotSent(_OWN_CERTIFICATE.format(address) if own else sentence(wrong)) from wrong
    values = {
        "server": address,
        "server_id": found.server_id,
        "server_keys": " ".join(key.hex() for key in found.server_keys),
        "sealing_key": found.sealing_key.hex(),
        "ca": certificate or "",
        "private_key": private,
        _NEXT_KEY: "",
    }
    with profile.store.write() as session:
        settings.put(session, values)
        journal.write(session, now, profile.adviser_id, "enrol", found.server_id)
    return address, found.server_id


def server(profile: Profile) -> str | None:
    """The server's address, or None before enrolment."""
    with profile.store.read() as session:
        return settings.get(session, "server")


def send(
    profile: Profile, progress: Callable[[Progress], None], cancelled: Callable[[], bool], patience: int = 3
) -> Sent:
    """Pushes what waits. What no bug is comes back in `reason`; the counts are those the server signed."""
    outbox, began = Outbox(profile.store), time.monotonic()
    with profile.store.read() as session:
        kept = settings.get_all(session)
    if "server" not in kept:
        return Sent(waiting=outbox.waiting(), reason=NOT_BOUND)
    before = outbox.waiting()
    seen = Progress(0, before, 0, 0.0)

    def noted(now: push.Progress) -> None:
        nonlocal seen
        seen = Progress(now.done, now.total, now.bytes, now.seconds)
        progress(seen)

    reason = page = late = failed = None
    pushed = push.Pushed()
    lanes = [_client(kept) for _ in range(LANES)]
    pause = partial(_pause, cancelled)
    try:
        push.push(outbox, lanes, progress=noted, cancelled=cancelled, pause=pause, pushed=pushed, patience=patience)
        late = _pull(profile, lanes[0], pushed.ack.feeds if pushed.ack else {}, cancelled, pause, patience)
    except errors.SyncError as wrong:
        failed = type(wrong).__name__
        reason, page = sentence(wrong), wrong.url if isinstance(wrong, errors.Portal) else None
    finally:
        for lane in lanes:
            lane.close()
    counts = {name: getattr(pushed, name) for name in ("taken", "already", "refused", "gone")}
    waiting, now = outbox.waiting(), datetime.now(UTC)
    aged = Aged(0, 0)
    with profile.store.write() as session:
        if pushed.ack:
            aged = age(session, pushed.ack.durable_through, pushed.ack.now, _clock())
            settings.put(session, {"backup_late": "yes" if _backup_is_late(pushed.ack) else ""})
        if reason is None and not waiting:
            done = {"last_sync": now.isoformat(), "last_count": str(counts["taken"] + counts["already"])}
            settings.put(session, done)
        journal.write(session, now, profile.adviser_id, "sync")
    if aged.emptied:
        profile.store.forget()
    took = round(time.monotonic() - began, 3)
    logs.note("sync", **counts, waiting=waiting, bytes=seen.bytes, seconds=took, failed=failed, late=bool(late))
    return Sent(
        **counts,
        waiting=waiting,
        bytes=seen.bytes,
        seconds=time.monotonic() - began,
        reason=reason,
        page=page,
        warning=" ".join(said for said in (late, lacking(aged.lost)) if said) or None,
    )


def _pull(
    profile: Profile,
    source: pull.Source,
    ends: Mapping[str, str],
    cancelled: Callable[[], bool],
    pause: Callable[[float], None],
    patience: int,
) -> str | None:
    """The office's news, after all was sent; the sentence where they did not all come."""
    try:
        pull.pull(Inbox(profile.store), source, ends, cancelled=cancelled, pause=pause, patience=patience)
    except errors.SyncError:
        return LATE
    return None


def _pause(cancelled: Callable[[], bool], seconds: float) -> None:
    """Waits before another try, but not for somebody who wants to stop."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and not cancelled():
        time.sleep(min(0.1, left))


def _backup_is_late(ack: records.Ack) -> bool:
    """By the server's own clock; one that does not tell is not suspected."""
    return ack.backed_up is not None and ack.now - ack.backed_up > records.BACKUP_DUE


def _client(
    kept: Mapping[str, str],
    stopped: Callable[[], bool] = lambda: False,
    patience: tuple[float, float] = exchange.PATIENCE,
) -> client.Client:
    return client.Client(
        kept["server"],
        kept["device"],
        bytes.fromhex(kept["private_key"]),
        [bytes.fromhex(key) for key in kept["server_keys"].split()],
        ca=kept.get("ca") or None,
        clock=_clock,
        app=__version__,
        stopped=stopped,
        patience=patience,
    )


def lane(profile: Profile, stopped: Callable[[], bool]) -> client.Client | None:
    """A connection to this laptop's server for something that can wait; None before enrolment."""
    with profile.store.read() as session:
        kept = settings.get_all(session)
    return _client(kept, stopped, _HASTY) if "server" in kept else None


def waiting(profile: Profile) -> Waiting:
    """What Fin de journée shows: what waits by kind, what was refused and why, when all was last sent."""
    with profile.store.read() as session:
        kept = settings.get_all(session)
        rows = sending.by_entity(session)
        refused = [_refused(row) for row in sending.refused(session)]
        drafts = sending.count_drafts(session, profile.adviser_id)
    kinds: dict[str, Kind] = {}
    for row in rows:
        code = "anonymous" if row.anonymous else _KINDS.get(row.entity, "other")
        old = kinds.get(code, Kind(code, 0, 0, 0))
        kinds[code] = Kind(code, old.waiting + row.waiting, old.refused + row.refused, old.size + row.size)
    last = kept.get("last_sync")
    return Waiting(
        total=sum(kind.waiting for kind in kinds.values()),
        kinds=tuple(kinds.values()),
        refused=tuple(refused),
        drafts=drafts,
        last_sync=datetime.fromisoformat(last) if last else None,
        last_count=int(kept.get("last_count", "0")),
        server=kept.get("server"),
        backup_late=bool(kept.get("backup_late")),
    )


def _refused(row: sending.RefusedRow) -> Refused:
    name = short_name(row.given_name or "", row.birth_name or "") or "Contact anonyme"
    _, of_answers, answer = (row.pointer or "").partition("/set/")
    what = WHAT.get(row.entity, row.entity)
    return Refused(row.seq, row.person, name, what, row.at, row.reason or "", answer if of_answers else None)


def _clock() -> int:
    return round(time.time() * 1000)
