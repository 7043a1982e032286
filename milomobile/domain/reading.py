"""A `register` line (cli.md) read into a value: from a JSON-lines file and from the form alike."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, TypeVar

from milomobile.domain.choices import Lists
from milomobile.domain.dates import LOCAL, read_month
from milomobile.domain.encounters import (
    IN_REACH,
    WAYS,
    Agrees,
    Anonymous,
    Appointment,
    Group,
    Named,
    Notice,
    Registration,
    Reserved,
    Situation,
)
from milomobile.domain.people import Guardian, Person
from milomobile.domain.phones import read_phone
from milomobile.domain.problems import Problem, problems
from milomobile.domain.texts import tidy

_T = TypeVar("_T")
_YEARS = (2000, 2100)


class _Unreadable(Exception):
    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = Problem(field, sentence)


def read(line: object, lists: Lists, now: datetime) -> tuple[Registration | None, tuple[Problem, ...]]:
    """The value of a line and every problem found; the value is None where the line cannot be read at all."""
    try:
        if not isinstance(line, Mapping):
            raise _Unreadable("", "Cette ligne n’est pas un objet JSON.")
        value = _KINDS[_kind(line)](line)
    except _Unreadable as wrong:
        return None, (wrong.problem,)
    return value, problems(value, lists, now)


def _kind(line: Mapping[str, Any]) -> str:
    kind = line.get("kind")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise _Unreadable(
            "kind", "Le type de rencontre est «\u00a0named\u00a0», «\u00a0anonymous\u00a0» ou «\u00a0group\u00a0»."
        )
    return kind


def _named(line: Mapping[str, Any]) -> Named:
    _known(line, Named, "")
    common = _common(line)
    person = _person(_part(line, "person"))
    situation = _situation(_part(line, "situation"))
    notice = _texts(_part(line, "notice"), Notice, "notice.")
    meeting = line.get("appointment")
    appointment = None
    if meeting is not None:
        part = _part(line, "appointment")
        _known(part, Appointment, "appointment.")
        appointment = Appointment(_moment(part, "at", "appointment."), _text(part, "place", "appointment.") or "")
    choices: dict[str, Any] = {name: _text(line, name) for name in ("origin", "known", "outcome", "handover")}
    age = person.age(common["at"].astimezone(LOCAL).date())
    if not choices["handover"] and age is not None and age not in IN_REACH:
        choices["handover"] = "HORS_PERIMETRE"
    lists: dict[str, Any] = {name: _codes(line, name) for name in ("audiences", "needs", "barriers")}
    return Named(
        **common,
        **{name: code for name, code in choices.items() if code},
        **lists,
        person=person,
        situation=situation,
        notice=notice,
        reserved=_texts(_part(line, "reserved"), Reserved, "reserved."),
        recall_on=_day(line, "recall_on"),
        appointment=appointment,
        agrees=_agrees(_part(line, "agrees")),
        comment=_text(line, "comment"),
        referral=_text(line, "referral"),
        guardian=_guardian(_part(line, "guardian")),
        referent=_text(line, "referent"),
        scheme=_text(line, "scheme"),
        imilo_number=_number(line, "imilo_number"),
        structure=_text(line, "structure"),
        same_as=_text(line, "same_as"),
        apart=_codes(line, "apart"),
        was_anonymous=_text(line, "was_anonymous"),
    )


def _agrees(part: Mapping[str, Any]) -> Agrees:
    _known(part, Agrees, "agrees.")
    ways = {name: None if part.get(name) is None else _flag(part, name, "agrees.") for name in WAYS}
    partners = _part(part, "partners")
    said = ((tidy(name), _flag(partners, name, "agrees.partners.")) for name in partners)
    return Agrees(**ways, partners=tuple(one for one in said if one[0]))


def _anonymous(line: Mapping[str, Any]) -> Anonymous:
    _known(line, Anonymous, "")
    sex = _text(line, "sex") or "NSP"
    return Anonymous(**_common(line), age_band=_text(line, "age_band"), sex=sex, needs=_codes(line, "needs"))


def _group(line: Mapping[str, Any]) -> Group:
    _known(line, Group, "")
    counts: dict[str, Any] = {name: _count(line, name) for name in ("women", "men", "unspecified")}
    return Group(**_common(line), **counts, age_band=_text(line, "age_band"))


_KINDS: dict[str, Callable[[Mapping[str, Any]], Registration]] = {
    "named": _named,
    "anonymous": _anonymous,
    "group": _group,
}


def _common(line: Mapping[str, Any]) -> dict[str, Any]:
    given = _text(line, "id")
    if given is not None:
        try:
            given = str(uuid.UUID(given))
        except ValueError:
            raise _Unreadable("id", "L’identifiant «\u00a0id\u00a0» n’est pas un UUID.") from None
    setting = _text(line, "setting")
    return {"at": _moment(line, "at"), "place": _text(line, "place") or "", "setting": setting, "id": given}


def _person(part: Mapping[str, Any]) -> Person:
    _known(part, Person, "person.")
    values: dict[str, Any] = {
        name: _text(part, name, "person.")
        for name in (
            "usual_name phone email social address postal_code commune qpv qpv_status qpv_generation country "
            "preference birth_place birth_country"
        ).split()
    }
    if values["phone"]:
        values["phone"] = read_phone(values["phone"])[0]
    return Person(
        given_name=_text(part, "given_name", "person.") or "",
        birth_name=_text(part, "birth_name", "person.") or "",
        one_name=_flag(part, "one_name", "person."),
        no_address=_flag(part, "no_address", "person."),
        birth_date=_day(part, "birth_date", "person."),
        stated_age=_number(part, "stated_age", "person."),
        sex=_text(part, "sex", "person.") or "NSP",
        **values,
    )


def _situation(part: Mapping[str, Any]) -> Situation:
    _known(part, Situation, "situation.")
    month = _text(part, "left_school", "situation.")
    try:
        left_school = read_month(month) if month else None
    except ValueError as wrong:
        raise _Unreadable("situation.left_school", str(wrong)) from None
    others = [name for name in part if name not in ("resources", "children", "left_school")]
    return Situation(
        **{name: text for name in others if (text := _text(part, name, "situation.")) is not None},
        resources=_codes(part, "resources", "situation."),
        children=_number(part, "children", "situation."),
        left_school=left_school,
    )


def _guardian(part: Mapping[str, Any]) -> Guardian:
    said = _texts(part, Guardian, "guardian.")
    return replace(said, phone=read_phone(said.phone)[0]) if said.phone else said


def _known(part: Mapping[str, Any], shape: type[Any], prefix: str) -> None:
    names = {field.name for field in fields(shape)}
    for name in part:
        if name not in names:
            raise _Unreadable(f"{prefix}{name}", f"«\u00a0{name}\u00a0» n’est pas une question de ce formulaire.")


def _part(line: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = line.get(name)
    if part is None:
        return {}
    if not isinstance(part, Mapping):
        raise _Unreadable(name, f"«\u00a0{name}\u00a0» n’est pas un groupe de réponses.")
    return part


def _texts(part: Mapping[str, Any], shape: type[_T], prefix: str) -> _T:
    _known(part, shape, prefix)
    return shape(**{name: text for name in part if (text := _text(part, name, prefix)) is not None})


def _text(part: Mapping[str, Any], name: str, prefix: str = "") -> str | None:
    value = part.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _Unreadable(prefix + name, "Cette réponse n’est pas un texte.")
    return tidy(value) or None


def _codes(part: Mapping[str, Any], name: str, prefix: str = "") -> tuple[str, ...]:
    value = part.get(name) or []
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise _Unreadable(prefix + name, "Cette réponse n’est pas une liste de codes.")
    return tuple(dict.fromkeys(value))


def _flag(part: Mapping[str, Any], name: str, prefix: str = "") -> bool:
    value = part.get(name)
    if not isinstance(value, bool | None):
        raise _Unreadable(prefix + name, "Cette réponse est vrai ou faux.")
    return bool(value)


def _count(part: Mapping[str, Any], name: str, prefix: str = "") -> int:
    value = part.get(name)
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Unreadable(prefix + name, "Cette réponse est un nombre entier.")
    return value


def _number(part: Mapping[str, Any], name: str, prefix: str = "") -> int | None:
    return None if part.get(name) is None else _count(part, name, prefix)


def _day(part: Mapping[str, Any], name: str, prefix: str = "") -> date | None:
    text = _text(part, name, prefix)
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise _Unreadable(prefix + name, f"«\u00a0{text}\u00a0» n’est pas une date qui existe (AAAA-MM-JJ).") from None


def _moment(part: Mapping[str, Any], name: str, prefix: str = "") -> datetime:
    text = _text(part, name, prefix)
    if text is None:
        raise _Unreadable(prefix + name, "La date et l’heure manquent.")
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise _Unreadable(
            prefix + name, f"«\u00a0{text}\u00a0» n’est pas une date et une heure qui existent."
        ) from None
    if at.tzinfo is None:
        raise _Unreadable(prefix + name, "L’heure est sans fuseau\u00a0: ajoutez par exemple +01:00.")
    if not _YEARS[0] <= at.year <= _YEARS[1]:
        raise _Unreadable(prefix + name, f"L’année {at.year} n’est pas possible ici.")
    return at
