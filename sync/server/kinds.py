"""Of what kind each answer is: what may be sent, and as what an older record is read."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sync.server import merge

Is = Callable[[Any], bool]
_YEARS = range(1900, 2200)
MOST = 999


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _object(value: Any) -> bool:
    return isinstance(value, Mapping)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _set(value: Any) -> bool:
    """The whole of a set, or what changes in it."""
    if isinstance(value, Mapping):
        return value.keys() <= {"add", "remove"} and all(said is None or _texts(said) for said in value.values())
    return _texts(value)


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _number(value: Any) -> bool:
    """A number of the office's own program, however it was written."""
    return isinstance(value, int | str) and not isinstance(value, bool)


def _all(kind: Is, names: str) -> dict[str, Is]:
    return dict.fromkeys(names.split(), kind)


_MERGED = {**_all(_set, " ".join(merge.SETS)), merge.AGREEMENTS: _object}
"""What merging looks into, whoever says it."""
_KINDS: Mapping[str, Mapping[str, Is]] = {
    "person": {
        **_all(
            _text,
            "given_name birth_name usual_name birth_date sex phone email social address postal_code commune country qpv "
            "qpv_status birth_place birth_country handover scheme preference referent structure same_as",
        ),
        "guardian": _object,
        **_all(_texts, "apart"),
        **_all(_count, "stated_age"),
        **_all(_number, "imilo_number"),
    },
    "encounter": {
        **_all(
            _text,
            "kind at place setting adviser person age_band origin known outcome sex recall_on comment",
        ),
        **_all(_object, "situation notice"),
        **_all(_count, "women men unspecified"),
    },
    "appointment": _all(_text, "at place person encounter status"),
    "place": _all(_text, "name setting commune qpv"),
    "stop": _all(_text, "opened_at place outing"),
}
KINDS: Mapping[str, Mapping[str, Is]] = {entity: {**_MERGED, **kinds} for entity, kinds in _KINDS.items()}
_INSIDE: Mapping[str, Is] = {"children": _count, "resources": _texts}
"""What an answer made of several is made of, where it is no text."""


def wrong(entity: str, answers: Mapping[str, Any]) -> str | None:
    """The first answer that is not of its kind; null is of any."""
    kinds = KINDS.get(entity, _MERGED)
    for name, value in answers.items():
        if value is not None and name in kinds and not kinds[name](value):
            return name
    return None


def readable(entity: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, without what is not of its kind: that is unknown."""
    kinds, kept = KINDS.get(entity, _MERGED), dict[str, Any]()
    for name, value in said.items():
        kind = kinds.get(name)
        if kind is None or value is None or kind(value):
            kept[name] = _inside(value) if kind is _object else value
    return kept


def _inside(value: Mapping[str, Any] | None) -> dict[str, Any]:
    told = (value or {}).items()
    return {name: one for name, one in told if isinstance(one, bool) or _INSIDE.get(name, _text)(one)}


def moment(text: object) -> datetime | None:
    """The time of an ISO text, UTC where it tells no offset; None for anything else and for another age of the world."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC) if at.year in _YEARS else None


def day(text: object) -> date | None:
    """The day of an ISO text, or None."""
    try:
        at = date.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.year in _YEARS else None
