"""The questions of the form, laid before the page that shows them: a section at a time, so that nobody waits for all."""

from collections.abc import Iterator

from milomobile.ui.form.form import Form
from milomobile.ui.form.home import Home
from milomobile.ui.questions import SECTIONS
from milomobile.ui.verbs import Verbs

Laid = tuple[Home, Form]


def begin(verbs: Verbs) -> Laid:
    """The form, with no question laid yet, and what stands under the home of who is asked."""
    home = Home(verbs)
    return home, Form(verbs.lists, verbs.commune_index, home.after)


def lay(laid: Laid) -> Iterator[None]:
    """Lays one section more at each step."""
    for number in range(len(SECTIONS)):
        laid[1].section(number)
        yield
