"""The offline directory: a file taken into the store, a search in it, somebody sent to one of its services."""

from datetime import datetime
from pathlib import Path

from milomobile import reference
from milomobile.actions import shown
from milomobile.actions.directory_file import read_directory
from milomobile.actions.open import Profile
from milomobile.actions.referring import GONE, sending
from milomobile.domain.dates import LOCAL
from milomobile.domain.referrals import Fault, Imported, Offer, Referral, Wanted, found
from milomobile.errors import NotOurs
from milomobile.store import directory, journal, outbox, people


def import_directory(profile: Profile, file: Path, now: datetime) -> Imported:
    """Takes every good entry of a file; those of its sources that it no longer names go. Raises NotOurs or NoRoom.

    An entry whose line is broken stays as it was before.
    """
    read = read_directory(file)
    with profile.store.write() as session:
        known = set(read.structures) | directory.structure_ids(session)
        lost = [service for service in read.services.values() if service.structure_id not in known]
        for service in lost:
            del read.services[service.id]
            said = f"La structure «\u00a0{service.structure_id}\u00a0» du service «\u00a0{service.name}\u00a0» est inconnue."
            read.faults.append(Fault(f"service {service.id}", said))
        directory.put(session, list(read.structures.values()), list(read.services.values()))
        dropped = directory.keep_only(session, read.sources, read.named)
        journal.write(session, now, profile.adviser_id, "import directory")
    return Imported(len(read.structures), len(read.services), dropped, tuple(read.faults))


def search(profile: Profile, wanted: Wanted, now: datetime) -> list[Offer]:
    """The services that fit, nearest first."""
    with profile.store.read() as session:
        services = directory.all_services(session, wanted.needs)
    return found(services, wanted, reference.epci_of(), now.astimezone(LOCAL).date())


def refer(profile: Profile, person: str, service: str, now: datetime) -> Referral:
    """Sends somebody to a service: row, outbox line and journal. Raises NotOurs where either is not here any more."""
    with profile.store.write() as session:
        whom = people.merged(session, person)
        if people.get(session, whom) is None:
            raise NotOurs(shown.GONE)
        sent = sending(session, profile, whom, service, now)
        if sent is None:
            raise NotOurs(GONE)
        referral, letter = sent
        seqs = outbox.put(session, [letter], now)
        directory.add_referral(session, letter.entity_id, referral, seqs[0])
        journal.write(session, now, profile.adviser_id, "create referral", letter.entity_id)
    return referral


def referrals_of(profile: Profile, person: str) -> list[Referral]:
    """Where somebody was sent, newest first."""
    with profile.store.read() as session:
        return directory.referrals_of(session, people.circle(session, person))


def count_services(profile: Profile) -> int:
    """How many services the directory has."""
    with profile.store.read() as session:
        return directory.count(session)
