"""How far the form is: its essential answers, and each of its sections in words."""

from collections.abc import Mapping, Sequence

from milomobile.ui.parts.rail import State
from milomobile.ui.parts.spoken import count
from milomobile.ui.questions import ESSENTIAL, QUESTIONS

Answers = Mapping[str, object]


def gaps(answers: Answers) -> list[str]:
    """The essential questions without an answer, in order, by the name of their field."""
    missing = [name for name in ESSENTIAL if not (_reachable(answers) if name == "contact" else name in answers)]
    return ["person.phone" if name == "contact" else name for name in missing]


def _reachable(answers: Answers) -> bool:
    return any(f"person.{way}" in answers for way in ("phone", "email", "social"))


def state_of(number: int, answers: Answers, refused: Sequence[str]) -> State:
    """How a section stands, from 0; `refused` are the names whose answer was not taken."""
    asked = [question for question in QUESTIONS if question.section == number]
    if any(question.name in refused for question in asked):
        return State("À vérifier", wrong=True)
    awaited = [question.name for question in asked if question.required and question.name not in answers]
    if "person.phone" in awaited and _reachable(answers):
        awaited.remove("person.phone")
    if awaited:
        return State(f"{count(len(awaited), 'réponse')} attendue{'s' * (len(awaited) > 1)}")
    if any(question.required for question in asked):
        return State("Complet", done=True)
    needs = answers.get("needs")
    if "appointment.day" in answers:
        return State("Rendez-vous noté", done=True)
    if isinstance(needs, list):
        return State(f"{count(len(needs), 'demande')} notée{'s' * (len(needs) > 1)}", done=True)
    return State("Facultatif")
