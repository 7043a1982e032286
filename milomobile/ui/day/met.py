"""Rows of « Personnes rencontrées »: half-filled forms, people, anonymous contacts and groups."""

from milomobile.domain.dates import LOCAL, french_time
from milomobile.domain.outings import Draft, Row
from milomobile.domain.people import short_name
from milomobile.domain.texts import initials
from milomobile.ui.parts.rows import Line, Mark

_STATES = {"incomplete": ("À compléter", "info"), "complete": ("Fiche complète", "ok")}
_PICTURES = {"anonymous": "user-question", "group": "users-group"}


def of_draft(draft: Draft) -> Line:
    """A form to be taken up again."""
    given, last = (draft.answers.get(f"person.{part}_name") or "" for part in ("given", "birth"))
    assert isinstance(given, str) and isinstance(last, str)
    name, at = short_name(given, last) or "Sans prénom", french_time(draft.kept_at.astimezone(LOCAL))
    return Line(
        name,
        f"{name}, Brouillon gardé à {at}, reprendre",
        "Saisie interrompue",
        letters=initials(given, last),
        picture="pencil",
        disc="warn",
        before=at,
        pill="Brouillon",
        tone="warn",
        act="Reprendre",
        mark=Mark.HERE,
        tinted=True,
    )


def of_met(met: Row) -> Line:
    """Somebody met, or a group."""
    at, mark = french_time(met.at.astimezone(LOCAL)), Mark.SENT if met.sent else Mark.WAITING
    state, tone = _STATES.get(met.state, ("", "neutral"))
    said = (met.name, met.age, met.line, state.lower(), mark.value[2].lower(), at)
    return Line(
        met.name,
        ", ".join(word for word in said if word),
        met.line,
        letters=met.initials,
        picture=_PICTURES.get(met.state, "users"),
        disc="quiet" if met.state in _PICTURES else "primary",
        before=at,
        beside=met.age,
        pill=state,
        tone=tone,
        act="Donner un nom" if met.nameable else "",
        mark=mark,
    )
