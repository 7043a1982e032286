"""People whose names nothing else has, so that a text that names them is found."""

from datetime import datetime

from milomobile.domain.dates import LOCAL
from milomobile.ui.verbs import Verbs
from tests.conftest import line


def keep_marked(verbs: Verbs) -> None:
    """Two who are alike, and somebody's draft."""
    for given, phone in (("Zéphyrine", "0353011299"), ("Zephirine", "0353011298")):
        at = datetime.now(LOCAL).isoformat()
        record, _ = verbs.read(
            line(at=at, person__given_name=given, person__birth_name="Quintefeuille", person__phone=phone)
        )
        assert record
        verbs.register(record)
    verbs.keep_draft("d1", {"person.given_name": "Odilon", "person.birth_name": "Tournevire"})
