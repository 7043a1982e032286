"""What makes a registration valid: one sentence for each thing refused or doubtful (cli.md, domain.md 1.10)."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from milomobile.domain.calendar import meeting_doubt
from milomobile.domain.choices import DECLARED_AUDIENCES, Lists
from milomobile.domain.coded import CODES
from milomobile.domain.dates import LOCAL
from milomobile.domain.delicate import delicate_word
from milomobile.domain.encounters import Anonymous, Group, Named, Notice, Registration
from milomobile.domain.notice import LANGUAGES, UNSIGNED
from milomobile.domain.people import Person
from milomobile.domain.phones import read_phone
from milomobile.domain.strokes import unpacked
from milomobile.domain.texts import email_problem, name_problem, never_kept

DELICATE = "«\u00a0{word}\u00a0»\u00a0: des faits utiles, ni santé, ni justice, ni opinion. La personne peut lire ce commentaire."
STRUCTURE = "Cette Mission Locale n’est pas dans la liste de ce poste. Choisissez-en une autre, ou laissez vide."
NO_CONSENT = "La RQTH ne se note qu’avec l’accord explicite de la personne. Demandez-le, puis cochez."
NOBODY_UNDER_16 = "La personne a {age} ans\u00a0: l’inscription commence à 16 ans. Comptez-la comme contact anonyme."

_MOST_APART = 20
_SHORT_TEXTS = ("guardian.name", "guardian.phone", "referent", "situation.last_class", "situation.ft_id", "structure")
_TEXTS = ("place", "comment", "appointment.place", "notice.version", *_SHORT_TEXTS)
_PERSON_TEXTS = tuple(
    "given_name birth_name usual_name phone email social address postal_code country birth_place birth_country".split()
)


@dataclass(frozen=True)
class Problem:
    """One thing wrong (`refused`) or doubtful with one answer; `field` is its dotted name in a `register` line."""

    field: str
    sentence: str
    refused: bool = True


def value_at(record: object, path: str) -> object:
    """The value of a dotted name, or None where a part of it is missing."""
    for part in path.split("."):
        record = getattr(record, part, None)
    return record


def problems(record: Registration, lists: Lists, now: datetime) -> tuple[Problem, ...]:
    """Everything refused or doubtful in a record; no refused problem means it may be kept."""
    return tuple(_problems(record, lists, now))


def _problems(record: Registration, lists: Lists, now: datetime) -> Iterator[Problem]:
    if record.at > now + timedelta(days=1):
        yield Problem("at", "Cette date de rencontre est dans le futur.")
    if not record.place:
        yield Problem("place", "Indiquez le lieu de la rencontre.")
    elif len(record.place) > 80:
        yield Problem("place", "Le nom du lieu a plus de 80 caractères. Raccourcissez-le.")
    yield from _codes(record, lists)
    for name in _TEXTS:
        text = value_at(record, name)
        if isinstance(text, str) and (never := never_kept(text)):
            yield Problem(name, never)
    if isinstance(record, Group):
        yield from _group(record)
    elif isinstance(record, Named):
        yield from _named(record, lists)
    elif isinstance(record, Anonymous):
        return


def _codes(record: Registration, lists: Lists) -> Iterator[Problem]:
    for name, list_name in CODES:
        value = value_at(record, name)
        for code in value if isinstance(value, tuple) else (value,):
            if code and code not in lists[list_name]:
                yield Problem(name, f"«\u00a0{code}\u00a0» n’est pas une valeur de cette liste.")


def _group(group: Group) -> Iterator[Problem]:
    for name in ("women", "men", "unspecified"):
        if not 0 <= getattr(group, name) <= 999:
            yield Problem(name, "Un nombre de personnes va de 0 à 999.")
    if group.women + group.men + group.unspecified == 0:
        yield Problem("women", "Comptez au moins une personne.")


def _named(record: Named, lists: Lists) -> Iterator[Problem]:
    yield from person_problems(record.person, record.at.astimezone(LOCAL).date(), lists)
    yield from _more(record)
    yield from _ids(record)
    if not record.situation.category:
        yield Problem("situation.category", "Choisissez la situation d’aujourd’hui.")
    for code in record.audiences:
        if code not in DECLARED_AUDIENCES:
            yield Problem("audiences", f"«\u00a0{code}\u00a0» ne se déclare pas ici.")
    if not record.notice.version:
        yield Problem("notice.version", "Indiquez la version de l’information donnée.")
    if not record.notice.how:
        yield Problem("notice.how", "Expliquez à la personne à quoi servent ses informations, puis cochez.")
    if record.comment and len(record.comment) > 500:
        yield Problem("comment", f"Le commentaire a {len(record.comment)} caractères\u00a0: 500 au plus.")
    elif record.comment and (word := delicate_word(record.comment)):
        yield Problem("comment", DELICATE.format(word=word), False)
    yield from _signed(record.notice)
    for name, _ in record.agrees.partners:
        if len(name) > 80 or never_kept(name):
            yield Problem("agrees.partners", "Le nom d’un partenaire a 80 caractères au plus, sans numéro de personne.")
    if len(record.notice.version) > 20:
        yield Problem("notice.version", "La version de l’information a plus de 20 caractères. Vérifiez-la.")
    if record.appointment and len(record.appointment.place) > 80:
        yield Problem("appointment.place", "Le lieu du rendez-vous a plus de 80 caractères. Raccourcissez-le.")
    if record.appointment and not record.appointment.place:
        yield Problem("appointment.place", "Indiquez le lieu du rendez-vous.")
    elif record.appointment and record.appointment.at < record.at:
        yield Problem("appointment.at", "Ce rendez-vous est avant la rencontre. Vérifiez-le.", False)
    elif record.appointment and (doubt := meeting_doubt(record.appointment.at)):
        yield Problem("appointment.at", doubt, False)


def _signed(notice: Notice) -> Iterator[Problem]:
    if notice.language and notice.language not in LANGUAGES:
        yield Problem("notice.language", "L’information n’existe pas dans cette langue.")
    if notice.unsigned and notice.unsigned not in UNSIGNED:
        yield Problem("notice.unsigned", f"«\u00a0{notice.unsigned}\u00a0» n’est pas une valeur de cette liste.")
    try:
        unpacked(notice.signature or "")
    except ValueError:
        yield Problem("notice.signature", "Cette signature n’est pas lisible. Recommencez-la.")


def _more(record: Named) -> Iterator[Problem]:
    for name in _SHORT_TEXTS:
        text = value_at(record, name)
        if isinstance(text, str) and len(text) > 80:
            yield Problem(name, f"Cette réponse a {len(text)} caractères\u00a0: 80 au plus. Raccourcissez-la.")
    situation, phone = record.situation, record.guardian.phone
    if situation.children is not None and not 0 <= situation.children <= 20:
        yield Problem("situation.children", "Un nombre d’enfants va de 0 à 20.")
    if situation.left_school and situation.left_school > f"{record.at.astimezone(LOCAL):%Y-%m}":
        yield Problem("situation.left_school", "Ce mois est dans le futur.")
    if situation.ft_id and not re.fullmatch(r"\d{7}[0-9A-Za-z]|\d{11}", situation.ft_id):
        yield Problem("situation.ft_id", "Un identifiant France Travail a 8 ou 11 caractères. Vérifiez-le.", False)
    if phone and (doubt := read_phone(phone)[1]):
        yield Problem("guardian.phone", doubt, False)
    if record.imilo_number is not None and not 0 < record.imilo_number < 10**12:
        yield Problem("imilo_number", "Un numéro de dossier I-MILO est un nombre, par exemple 1234567.")
    if record.reserved.rqth == "OUI" and record.reserved.rqth_consent != "OUI":
        yield Problem("reserved.rqth_consent", NO_CONSENT, False)


def _ids(record: Named) -> Iterator[Problem]:
    """Those of people and encounters are UUIDs."""
    for name in ("same_as", "was_anonymous", "apart"):
        value = getattr(record, name)
        for id in value if isinstance(value, tuple) else (value,):
            if id is not None and not _is_uuid(id):
                yield Problem(name, f"L’identifiant de «\u00a0{name}\u00a0» n’est pas un UUID.")
                break
    if len(record.apart) > _MOST_APART:
        yield Problem("apart", f"{len(record.apart)} personnes à ne pas confondre\u00a0: {_MOST_APART} au plus.")


def _is_uuid(text: str) -> bool:
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def person_problems(person: Person, day: date, lists: Lists) -> Iterator[Problem]:
    """What is wrong or doubtful with a person met on `day`."""
    yield from _names(person)
    yield from _age(person, day)
    for name in _PERSON_TEXTS:
        text = getattr(person, name)
        if text and (never := never_kept(text)):
            yield Problem(f"person.{name}", never)
        elif text and len(text) > 200:
            yield Problem(f"person.{name}", f"Cette réponse a {len(text)} caractères\u00a0: 200 au plus.")
    if not (person.phone or person.email or person.social):
        yield Problem("person.phone", "Donnez un moyen de contact\u00a0: téléphone, e-mail ou réseau social.")
    if person.phone and (doubt := read_phone(person.phone)[1]):
        yield Problem("person.phone", doubt, False)
    if person.email and (doubt := email_problem(person.email)):
        yield Problem("person.email", doubt, False)
    yield from _home(person, lists)


def _names(person: Person) -> Iterator[Problem]:
    for name, what in (("given_name", "prénom"), ("birth_name", "nom")):
        text = getattr(person, name)
        if text and (wrong := name_problem(text, what)):
            yield Problem(f"person.{name}", wrong)
        elif not text and not (person.one_name and (person.given_name or person.birth_name)):
            yield Problem(f"person.{name}", f"Écrivez le {what}.")
    if person.usual_name and (wrong := name_problem(person.usual_name, "nom")):
        yield Problem("person.usual_name", wrong)


def _age(person: Person, day: date) -> Iterator[Problem]:
    name = "person.birth_date" if person.birth_date else "person.stated_age"
    if person.birth_date and person.birth_date > day:
        yield Problem(name, "Cette date de naissance est dans le futur.")
        return
    age = person.age(day)
    if age is None:
        return
    if not 0 <= age <= 110:
        yield Problem(name, "Cet âge est impossible. Vérifiez-le avec la personne.")
    elif age < 16:
        yield Problem(name, NOBODY_UNDER_16.format(age=age))
    elif age >= 30:
        sentence = f"La personne aurait {age} ans. Le projet s’adresse aux 16–29 ans. Gardée, à vérifier."
        yield Problem(name, sentence, False)
    elif age >= 26:
        yield Problem(
            name, f"La personne a {age} ans\u00a0: hors du périmètre de la Mission Locale, à orienter.", False
        )


def _home(person: Person, lists: Lists) -> Iterator[Problem]:
    postal_codes = lists["communes"].get(person.commune or "")
    if person.commune and postal_codes is None:
        yield Problem("person.commune", f"«\u00a0{person.commune}\u00a0» n’est pas un code de commune.")
    if person.country and len(person.country) > 80:
        yield Problem(
            "person.country", f"Ce pays a {len(person.country)} caractères\u00a0: 80 au plus. Raccourcissez-le."
        )
    if person.qpv_generation and not re.fullmatch(r"\d{4}", person.qpv_generation):
        yield Problem("person.qpv_generation", "La génération d’un QPV est une année, par exemple 2024.")
    french = None if person.abroad else person.postal_code
    if french and not re.fullmatch(r"\d{5}", french):
        yield Problem("person.postal_code", "Un code postal français compte 5 chiffres. Vérifiez-le.", False)
    elif french and postal_codes and french not in postal_codes.split():
        yield Problem("person.postal_code", "Ce code postal n’est pas celui de la commune. Vérifiez-le.", False)
    if person.qpv and person.qpv not in lists["qpv"]:
        known_form = re.fullmatch(r"Q[NP]\d{5}[A-Z0-9]", person.qpv)
        sentence = f"Le quartier «\u00a0{person.qpv}\u00a0» n’est pas dans la liste de ce poste."
        yield Problem("person.qpv", sentence, not known_form)
