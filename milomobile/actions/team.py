"""Who may open this laptop: people added, renamed and removed, their passwords, the recovery code.

The keys change last in each act: who is cut off before has the keys of before and no line in the journal.
"""

from datetime import datetime

from milomobile.actions.open import Profile, keep, named, tried
from milomobile.domain.team import Member
from milomobile.domain.texts import plain
from milomobile.errors import NotOurs, WeakPassword, WrongPassword
from milomobile.security import keychain, passwords, slots, vault
from milomobile.store import journal, team


def members(profile: Profile) -> tuple[Member, ...]:
    """Everybody with a slot, by name."""
    found = sorted(slots.advisers(profile.folder), key=lambda slot: plain(slot.name))
    return tuple(Member(slot.id, slot.name, slot.id == profile.adviser_id, slot.bound) for slot in found)


def add(profile: Profile, name: str, password: str, now: datetime) -> str:
    """A slot for somebody who types a password of their own → their id. Raises WeakPassword, NotOurs."""
    name = named(name)
    _strong(password, name)
    id = vault.add(profile.folder, profile.key, name, password, keep())
    try:
        with profile.store.write() as session:
            team.keep(session, id, name)
            journal.write(session, now, profile.adviser_id, "team add", id)
    except BaseException:
        _forget(profile, id)
        raise
    return id


def rename(profile: Profile, password: str, name: str, now: datetime) -> None:
    """One's own name; asks one's own password, for it covers the name. Raises WrongPassword, NotOurs."""
    name = named(name)
    own(profile, password, now)
    with profile.store.write() as session:
        team.keep(session, profile.adviser_id, name)
        journal.write(session, now, profile.adviser_id, "team rename", profile.adviser_id)
        vault.wrap_again(profile.folder, profile.key, profile.adviser_id, password, keychain.get, keep(), name)
    profile.adviser = name


def change_password(profile: Profile, password: str, new: str, now: datetime) -> None:
    """One's own password (the one of before, or the recovery code). Raises WrongPassword, WeakPassword."""
    _strong(new, profile.adviser)
    own(profile, password, now, code=True)
    _wrap(profile, profile.adviser_id, new, now)


def reset(profile: Profile, code: str, id: str, new: str, now: datetime) -> None:
    """A new password for anybody, with the recovery code. Raises WrongPassword, WeakPassword, NotOurs."""
    slot = _slot(profile, id)
    _strong(new, slot.name)
    vault.recover(profile.folder, slot, code)
    _wrap(profile, id, new, now)


def remove(profile: Profile, id: str, password: str, now: datetime) -> None:
    """Destroys somebody's slot; their name stays beside what they did. Asks one's own password.

    Raises WrongPassword, NotOurs for oneself and for the last one.
    """
    if id == profile.adviser_id:
        raise NotOurs(
            "Vous ne pouvez pas retirer votre propre accès. Rien n’a été modifié. Demandez-le à une autre personne de l’équipe."
        )
    own(profile, password, now)
    with profile.store.write() as session:
        journal.write(session, now, profile.adviser_id, "team remove", id)
        vault.remove(profile.folder, id)
    keychain.forget(id)


def new_recovery_code(profile: Profile, password: str, now: datetime) -> str:
    """Another recovery code, shown once: the one before dies. Asks one's own password. Raises WrongPassword."""
    own(profile, password, now)
    with profile.store.write() as session:
        journal.write(session, now, profile.adviser_id, "team recovery")
        return vault.change_recovery_code(profile.folder, profile.key)


def _strong(password: str, name: str) -> None:
    if wrong := passwords.problem(password, name):
        raise WeakPassword(wrong)


def own(profile: Profile, password: str, now: datetime, code: bool = False) -> None:
    """Raises WrongPassword where this is not one's own password (nor the recovery code, where that will do)."""
    opened = tried(profile.folder, _slot(profile, profile.adviser_id).name, password, now)
    opened.key[:] = bytes(len(opened.key))
    if opened.by_recovery and not code:
        raise WrongPassword("Écrivez votre propre mot de passe\u00a0: le code de secours ne suffit pas ici.")


def _slot(profile: Profile, id: str) -> slots.Slot:
    for slot in slots.advisers(profile.folder):
        if slot.id == id:
            return slot
    raise NotOurs(vault.GONE)


def _wrap(profile: Profile, id: str, password: str, now: datetime) -> None:
    with profile.store.write() as session:
        journal.write(session, now, profile.adviser_id, "team password", id)
        vault.wrap_again(profile.folder, profile.key, id, password, keychain.get, keep())


def _forget(profile: Profile, id: str) -> None:
    vault.remove(profile.folder, id)
    keychain.forget(id)
