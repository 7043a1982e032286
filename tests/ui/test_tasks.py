"""One worker: what somebody asked for goes before what is done meanwhile."""

from collections.abc import Callable
from threading import Event

from pytestqt.qtbot import QtBot

from milomobile.ui.tasks import Tasks


def test_what_somebody_asked_for_goes_before_what_is_done_meanwhile(qtbot: QtBot) -> None:
    """The last of what is done meanwhile alone, once nothing else waits."""
    tasks, done, go_on = Tasks(), list[str](), Event()

    def job(name: str) -> tuple[Callable[[], str], Callable[[str], None], Callable[[Exception], None]]:
        return lambda: name, done.append, lambda wrong: None

    tasks.run(lambda: str(go_on.wait(9) and "first"), done.append, lambda wrong: None)
    tasks.meanwhile(*job("ahead, of old"))
    tasks.meanwhile(*job("ahead"))
    tasks.run(*job("asked"))
    go_on.set()
    qtbot.waitUntil(lambda: len(done) == 3)
    assert done == ["first", "asked", "ahead"]
    tasks.meanwhile(*job("at once"))
    qtbot.waitUntil(lambda: len(done) == 4)
    tasks.finish()


def test_what_fails_holds_up_nothing(qtbot: QtBot) -> None:
    tasks, wrong, done = Tasks(), list[Exception](), list[str]()
    go_on = Event()

    def fail() -> None:
        go_on.wait(9)
        raise ValueError("no")

    tasks.run(fail, lambda none: None, wrong.append)
    tasks.meanwhile(lambda: "ahead", done.append, wrong.append)
    go_on.set()
    qtbot.waitUntil(lambda: done == ["ahead"])
    assert [str(one) for one in wrong] == ["no"]
    tasks.finish()
