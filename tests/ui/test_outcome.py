"""What came of a sending, in words: nothing said that is not so."""

import pytest

from milomobile.domain.sending import Sent
from milomobile.ui.evening.outcome import Outcome, outcome
from milomobile.ui.parts.spoken import count


@pytest.mark.parametrize(
    ("sent", "stopped", "found"),
    [
        (Sent(taken=40), False, Outcome("40 éléments confirmés par le serveur.", headline="Tout est envoyé")),
        (Sent(already=1), True, Outcome("1 élément confirmé par le serveur.", headline="Tout est envoyé")),
        (Sent(gone=2), False, Outcome("2 éléments confirmés par le serveur.", headline="Tout est envoyé")),
        (Sent(taken=40, refused=2), False, Outcome("40 envoyés, 2 à corriger.", "warn", headline="Presque terminé")),
        (Sent(), False, Outcome("Rien n’attendait, et les nouvelles du bureau sont là.")),
        (Sent(), True, None),
        (Sent(warning="W."), False, Outcome("W.", "warn", "Réessayer", headline="Tout est envoyé")),
        (Sent(waiting=3, reason="R."), False, Outcome("R.", "warn", "Réessayer")),
        (Sent(waiting=3, reason="R.", page="p"), False, Outcome("R.", "warn", "Réessayer", "p")),
        (Sent(taken=5, reason="R."), False, Outcome("R.", "warn", "Réessayer")),
        (
            Sent(taken=1026, waiting=1, reason="R."),
            False,
            Outcome("1\u00a0026 sont arrivés, 1 reste ici et partira au prochain envoi. R.", "warn", "Reprendre"),
        ),
        (
            Sent(taken=1, waiting=16),
            True,
            Outcome(
                "Envoi interrompu. 1 est arrivé, 16 restent ici et partiront au prochain envoi.", "warn", "Reprendre"
            ),
        ),
    ],
)
def test_each_end_of_a_sending(sent: Sent, stopped: bool, found: Outcome | None) -> None:
    assert outcome(sent, stopped) == found


def test_thousands_stand_apart_as_in_french() -> None:
    assert [count(number, "élément") for number in (0, 1, 999, 1126)] == [
        "0 élément",
        "1 élément",
        "999 éléments",
        "1\u00a0126 éléments",
    ]
