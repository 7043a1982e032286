"""Each thing that can come back from the network has a sentence of its own."""

from collections.abc import Iterator

import pytest

from milomobile.actions.sentences import sentence
from sync import errors


def kinds(kind: type[errors.SyncError] = errors.SyncError) -> Iterator[type[errors.SyncError]]:
    for one in kind.__subclasses__():
        yield one
        yield from kinds(one)


def test_no_two_say_the_same() -> None:
    said = [sentence(kind()) for kind in kinds()]
    assert len(said) == len(set(said)) >= 15
    assert sentence(errors.SyncError()) not in said


@pytest.mark.parametrize("kind", list(kinds()))
def test_it_says_what_happened_what_it_means_and_what_to_do(kind: type[errors.SyncError]) -> None:
    said = sentence(kind())
    assert said.endswith(".") and not {"!", "HTTP", "Erreur"} & set(said.split())
    assert any(word in said for word in ("gardé ici", "Rien n’a été envoyé", "Rien n’est perdu", "continuer"))
    assert any(
        word in said
        for word in (
            "essayez",
            "Essayez",
            "Changez",
            "Vérifiez",
            "Demandez",
            "prévenez",
            "Prévenez",
            "Corrigez",
            "mise à jour",
        )
    )
