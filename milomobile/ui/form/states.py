"""How far the form is: its essential answers, and each of its sections in words."""

from collections.abc import Mapping, Sequence

from milomobile.ui.form.rail import State
from milomobile.ui.parts.spoken import count
from milomobile.ui.questions import ESSENTIAL, QUESTIONS

Answers = Mapping[str, object]


def gaps(answers: Answers) -> list[str]:
    """The essential questions without an answer, in order, by the name of their field."""
    missing = [name for name in ESSENTIAL if not _given(name, answers)]
    return ["person.phone" if name == "contact" else name for name in missing]


def _given(name: str, answers: Answers) -> bool:
    if name in ("person.phone", "contact"):
        return any(f"person.{way}" in answers for way in ("phone", "email", "social"))
    if name in ("person.given_name", "person.birth_name") and answers.get("person.one_name"):
        return "person.given_name" in answers or "person.birth_name" in answers
    return name in answers


def state_of(number: int, answers: Answers, refused: Sequence[str], guardian_missing: bool = False) -> State:
    """How a section stands, from 0; `refused` are the names whose answer was not taken."""
    asked = [question for question in QUESTIONS if question.section == number]
    if any(question.name in refused for question in asked):
        return State("À vérifier", wrong=True)
    awaited = [question for question in asked if question.required and not _given(question.name, answers)]
    if awaited:
        return State(f"{count(len(awaited), 'réponse')} attendue{'s' * (len(awaited) > 1)}")
    if guardian_missing and any(question.when == "guardian" for question in asked):
        return State("Représentant à compléter")
    if any(question.required for question in asked):
        return State("Complet", done=True)
    noted = [question.name for question in asked if answers.get(question.name, question.default) != question.default]
    if "appointment.day" in noted:
        return State("Rendez-vous noté", done=True)
    needs = answers.get("needs")
    if "needs" in noted and isinstance(needs, list):
        return State(f"{count(len(needs), 'demande')} notée{'s' * (len(needs) > 1)}", done=True)
    return (
        State(f"{count(len(noted), 'réponse')} notée{'s' * (len(noted) > 1)}", done=True)
        if noted
        else State("Facultatif")
    )
