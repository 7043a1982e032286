"""What has to go by law goes while a profile is open, and the pages that showed it are told."""

from functools import partial

from milomobile.domain.retention import Purged
from milomobile.errors import Trouble
from milomobile.ui.news import News
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs


def purge(verbs: Verbs, tasks: Tasks, news: News) -> None:
    """Beside the window's thread; what it could not do waits for the next time."""

    def done(gone: Purged) -> None:
        if gone.some and not tasks.stopping:
            news.people.emit()
            news.outing.emit()

    def failed(wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong

    if not tasks.stopping:
        tasks.run(partial(verbs.law.purge, lambda: tasks.stopping), done, failed)
