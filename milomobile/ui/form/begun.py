"""What a form begins with besides answers: whose file is taken up or corrected, which anonymous contact gives a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from milomobile.domain.dates import french_date
from milomobile.domain.encounters import WAYS
from milomobile.domain.outings import Draft
from milomobile.domain.phones import show_phone
from milomobile.domain.sought import Sought
from milomobile.ui.questions import QUESTIONS
from milomobile.ui.verbs import Verbs

TITLES = {
    "corrects": "Correction",
    "amends": "Correction",
    "same_as": "Nouvelle rencontre",
    "was_anonymous": "Un nom pour un contact anonyme",
}
USUAL = {one.name: one.default for one in QUESTIONS if one.default}
"""The answers that an empty form has."""
_IDENTITY = ("person.given_name", "person.birth_name", "person.one_name", "person.birth_date", "person.sex")


@dataclass(frozen=True)
class Begun:
    """`corrects` is the number of a refused record, `amends` an encounter's id, `same_as` a person's, `was_anonymous` an
    anonymous contact's. `before` is what stood in the form when a file was taken up.
    """

    said: Mapping[str, object] = field(default_factory=dict)
    before: Mapping[str, object] | None = None

    @property
    def title(self) -> str:
        """What stands over the form."""
        return next((title for name, title in TITLES.items() if name in self.said), "Nouvelle inscription")

    @property
    def corrects(self) -> bool:
        """Whether saving corrects what was kept, rather than adding an encounter."""
        return not self.said.keys().isdisjoint(("corrects", "amends"))

    def of(self, name: str) -> str:
        """The id under one of the names, or nothing."""
        return str(self.said.get(name) or "")

    def whose(self, answers: Mapping[str, object], apart: list[str]) -> dict[str, object]:
        """What a line says of it; an agreement unticked in a file that was taken up is withdrawn."""
        said = {name: self.said[name] for name in ("same_as", "was_anonymous") if name in self.said}
        if self.corrects or "same_as" in said:
            said |= {f"agrees.{way}": bool(answers.get(f"agrees.{way}")) for way in WAYS}
        return said | {"apart": apart}


def begun(answers: Mapping[str, object]) -> Begun:
    """From the answers of a draft."""
    return Begun({name: answers[name] for name in TITLES if answers.get(name)})


def taken_up(known: Mapping[str, object], form: Mapping[str, object]) -> dict[str, object]:
    """The answers of a form once a file is taken up: who they are is as kept, what was typed besides stays."""
    typed = {name: said for name, said in form.items() if said != USUAL.get(name)}
    return {**known, **typed, **{name: known[name] for name in _IDENTITY if name in known}}


def from_list(form: Mapping[str, object], sought: Sought) -> dict[str, object]:
    """The answers of a form once somebody of an office's list is found: their names as in the list, the rest where nothing
    was typed.
    """
    said = {
        "person.birth_date": french_date(sought.birth_date) if sought.birth_date else "",
        "person.phone": show_phone(sought.phone) if sought.phone else "",
    }
    names = {"person.given_name": sought.given_name, "person.birth_name": sought.birth_name}
    return {**said, **form, **{name: text for name, text in names.items() if text}}


def to_correct(verbs: Verbs, seq: int) -> Draft:
    """The answers of a record that the server refused; saving sends new ones about the same person. Raises Trouble."""
    return Draft(str(seq), verbs.now(), verbs.refused_answers(seq) | {"corrects": seq})


def to_amend(verbs: Verbs, encounter: str) -> Draft:
    """The answers of a kept encounter; saving keeps those that changed. Raises Trouble."""
    return Draft(encounter, verbs.now(), verbs.kept_answers(encounter) | {"amends": encounter, "at_stop": True})


def to_name(verbs: Verbs, encounter: str) -> Draft:
    """An anonymous contact who now gives a name. Raises Trouble."""
    return Draft(encounter, verbs.now(), verbs.named_later(encounter))
