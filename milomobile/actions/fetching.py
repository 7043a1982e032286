"""A newer program, fetched behind the records or read from a USB key; believed by the publisher's signature alone."""

import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from milomobile import __version__, logs
from milomobile.actions import send, update_state
from milomobile.actions.open import Profile
from milomobile.actions.update_state import SYSTEM, State, part, place, trusted
from milomobile.actions.updates import updates
from milomobile.domain.disk import why
from milomobile.domain.texts import weight
from milomobile.domain.updates import Ready, Updates, newer
from milomobile.errors import NoRoom, NotOurs
from sync import errors, releases
from sync.client import Client

SPARE = 300 << 20
"""Bytes of the disk that stay free for the records."""
NO_KEY = (
    "Cette copie de Milo Mobile a été faite sans la clé de l’éditeur\u00a0: elle ne peut vérifier aucune mise à jour. Rien n’a "
    "été modifié. Installez la nouvelle version à la main."
)
_STAYS = "Rien n’a été installé, la version en place continue."
_FILE = {
    "unsigned": f"Ce fichier n’est pas signé par l’éditeur de Milo Mobile. {_STAYS} Ne l’utilisez pas, prévenez le bureau.",
    "older": f"Ce fichier est plus ancien que ce que ce poste connaît déjà. {_STAYS} Demandez le dernier au bureau.",
    "same": f"Ce fichier contient la version déjà installée. {_STAYS} Il n’y a rien à faire.",
    "expired": f"La signature de ce fichier n’est plus valable, ou la date de cet ordinateur est fausse. {_STAYS} Vérifiez "
    "l’heure, ou demandez un fichier récent au bureau.",
    "damaged": f"Ce fichier est abîmé ou n’est pas une mise à jour de Milo Mobile. {_STAYS} Copiez-le de nouveau sur la clé.",
    "none": f"Ce fichier n’a rien pour cet ordinateur. {_STAYS} Demandez au bureau celui qui convient.",
}
_SERVER = {
    "unsigned": "Le serveur propose une version qui n’est pas signée par l’éditeur\u00a0: elle est refusée. Les fiches sont "
    "intactes. Prévenez le bureau.",
    "expired": "Ce que le serveur dit des mises à jour n’est plus valable, ou la date de cet ordinateur est fausse. Les "
    "fiches sont intactes. Prévenez le bureau\u00a0: une version plus récente existe peut-être.",
    "damaged": "La mise à jour est arrivée abîmée\u00a0: elle est refusée. Les fiches sont intactes. Elle sera demandée de "
    "nouveau au prochain envoi.",
}
_NO_ROOM = (
    "La mise à jour {} a besoin de {} libres sur le disque. Les fiches sont intactes, la version en place continue. "
    "Libérez de la place."
)
_UNWRITTEN = "La mise à jour n’a pas pu être écrite ({}). Les fiches sont intactes, la version en place continue."


def fetch(profile: Profile, root: bytes | None, now: datetime, cancelled: Callable[[], bool]) -> Updates:
    """Asks the server for a newer program and fetches it piece by piece, going on from where it was.

    Ends where it is cancelled or the network fails: nothing of that is told. Touches no record.
    """
    lane = send.lane(profile, cancelled) if root is not None else None
    if lane is not None and root is not None:
        try:
            _fetch(profile.folder, root, lane, now, cancelled)
        except (errors.SyncError, releases.Stopped) as wrong:
            logs.note("update stopped", kind=type(wrong).__name__)
        except releases.Refused as wrong:
            logs.note("update refused", kind=wrong.kind)
            _tell(profile.folder, _SERVER.get(wrong.kind, ""), now)
        except NoRoom as wrong:
            _tell(profile.folder, wrong.sentence, now)
        except OSError as wrong:
            _tell(profile.folder, _UNWRITTEN.format(why(wrong)), now)
        finally:
            lane.close()
    return updates(profile.folder, root)


def _tell(folder: Path, trouble: str, now: datetime) -> None:
    state = replace(update_state.read(folder), asked=now.isoformat(), trouble=trouble)
    try:
        update_state.write(folder, state)
    except OSError as wrong:
        logs.note("update untold", kind=type(wrong).__name__)


def _fetch(folder: Path, root: bytes, lane: Client, now: datetime, cancelled: Callable[[], bool]) -> None:
    def asked(name: str) -> bytes | None:
        _stop_if(cancelled())
        return lane.metadata(name)

    offered = releases.offers(trusted(folder), root, asked, (SYSTEM,)).get(SYSTEM)
    state = _known(folder, offered) if offered else update_state.read(folder)
    until = releases.valid_until(trusted(folder)) or ""
    state = replace(state, asked=now.isoformat(), valid_until=until, trouble="")
    update_state.write(folder, state)
    if offered and newer(offered.version, __version__) and not state.whole:
        _take_pieces(folder, state, lane.piece, cancelled)
        _settle(folder, state, offered)


def _stop_if(wanted: bool) -> None:
    if wanted:
        raise releases.Stopped


def _known(folder: Path, offered: releases.Release) -> State:
    """The state with this release in it; the file and the pieces of others go."""
    before = update_state.read(folder)
    whole = before.whole and before.sha256 == offered.sha256 and (place(folder) / offered.name).is_file()
    state = replace(before, **asdict(offered), whole=whole)
    update_state.forget_others(folder, state)
    return state


def _take_pieces(
    folder: Path, state: State, piece: Callable[[str, int], bytes | None], cancelled: Callable[[], bool]
) -> None:
    """Appends the pieces that are missing. Raises what stops it, with all that came kept."""
    file = part(folder, state)
    got = file.stat().st_size // releases.PIECE * releases.PIECE if file.exists() else 0
    _check_room(folder, state.version, state.size - got)
    with file.open("ab") as out:
        out.truncate(min(got, state.size))
        while got < state.size:
            _stop_if(cancelled())
            content = piece(state.sha256, got // releases.PIECE)
            # Another release took its place at the server: it is asked for next time.
            _stop_if(content is None)
            if content is None or len(content) != min(releases.PIECE, state.size - got):
                raise releases.Refused("damaged", "a piece")
            out.write(content)
            out.flush()
            got += len(content)


def _settle(folder: Path, state: State, offered: releases.Release) -> None:
    """Gives a file its name once every byte is the publisher's and on the disk; else raises Refused, and nothing of it stays."""
    file = part(folder, state)
    try:
        offered.check(file)
    except releases.Refused:
        file.unlink()
        raise
    with file.open("rb+") as kept:
        os.fsync(kept.fileno())
    os.replace(file, place(folder) / offered.name)
    update_state.write(folder, replace(state, whole=True, trouble=""))
    logs.note("update ready", version=offered.version)


def _check_room(folder: Path, version: str, size: int) -> None:
    if shutil.disk_usage(folder).free < size + SPARE:
        raise NoRoom(_NO_ROOM.format(version, weight(size + SPARE)))


def take(folder: Path, root: bytes | None, file: Path) -> Ready:
    """A newer program from the publisher's file on a USB key, verified and kept. Raises NotOurs, NoRoom."""
    if root is None:
        raise NotOurs(NO_KEY)
    try:
        with releases.opened(file) as bundle:
            offered = releases.offers(trusted(folder), root, bundle.metadata, (SYSTEM,)).get(SYSTEM)
            if offered is None:
                raise releases.Refused("none")
            if not newer(offered.version, __version__):
                raise releases.Refused("older" if newer(__version__, offered.version) else "same")
            _check_room(folder, offered.version, offered.size)
            state = _known(folder, offered)
            bundle.pour(offered, part(folder, state))
            _settle(folder, state, offered)
    except releases.Refused as wrong:
        raise NotOurs(_FILE[wrong.kind]) from wrong
    except OSError as wrong:
        raise NoRoom(f"La mise à jour n’a pas pu être copiée ({why(wrong)}). {_STAYS} Recommencez.") from wrong
    return Ready(offered.version, place(folder) / offered.name)
