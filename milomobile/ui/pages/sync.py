"""Fin de journée: what waits, one button, how it goes, and what came of it in words."""

import time
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QProgressBar, QPushButton, QWidget

from milomobile.domain.dates import LOCAL
from milomobile.domain.sending import Kind, Progress, Refused, Sent, Waiting
from milomobile.domain.texts import weight
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.evening.key import KeyCard
from milomobile.ui.evening.last import LastCard
from milomobile.ui.evening.outcome import outcome
from milomobile.ui.evening.queue import Queue, lots
from milomobile.ui.evening.refusals import refusals
from milomobile.ui.icons import picture
from milomobile.ui.news import News
from milomobile.ui.pages.leave import LeaveSheet
from milomobile.ui.parts.boxes import NARROW, banner, button, card, clear, column, holder, label, row, scrolled
from milomobile.ui.parts.spoken import announce, count, figure
from milomobile.ui.parts.zones import zone
from milomobile.ui.report.papers import DayCard
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs


def _fail(wrong: Exception) -> None:
    raise wrong


class SyncPage(QWidget):
    """`settings_asked` where no server is bound yet."""

    guide = "fin-de-journee"

    settings_asked = Signal()
    correct_asked = Signal(object)

    def __init__(self, verbs: Verbs, news: News, tasks: Tasks) -> None:
        super().__init__()
        self._verbs, self._news, self._tasks = verbs, news, tasks
        self.running = self._stop = False
        self.headline = label("", "display")
        self.said = label("", "second", wrap=True)
        self.go = button("Synchroniser", self.start, "hero", "cloud-up", "Ctrl S")
        self.halt = button("Arrêter", self._halt, "secondary", "square")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Envoi")
        self._numbers, self._words_of, self._percent = (
            label("", "strong"),
            label("", "second", wrap=True),
            label("", "strong"),
        )
        self._words = column()
        self._before: tuple[Kind, ...] = ()
        self._read_at, self._total, self._heard = 0.0, 0, 0
        self._queue, self._size, self._empty = Queue(), label("", "caption"), label("", "second", wrap=True)
        self._server = label("", "second")
        self.last = LastCard()
        self._right = column(spacing=14)
        self.key = KeyCard(verbs, news, tasks)
        self.key.said.connect(self._say)
        self.paper = DayCard(verbs.bilan, tasks, lambda: verbs.now().astimezone(LOCAL).date())
        head = row(column(self.headline, self.said, spacing=2), column(self.go, self.halt, -1), spacing=16)
        head.setStretch(0, 1)
        numbers = row(self._numbers, self._words_of, self._percent, spacing=8)
        numbers.setStretch(1, 1)
        queue = card(row(label("À envoyer", "h2"), -1, self._size), self._empty, self._queue, spacing=6)
        parts = (card(head, self._bar, numbers, spacing=12), self._words, queue, self.last, -1)
        self._body = row(holder(column(*parts, spacing=14)), self._beside(), spacing=18)
        self._body.setStretch(0, 1)
        self._body.setContentsMargins(6, 0, 6, 6)
        top = row(label("Fin de journée", "h1"), -1, picture("server"), self._server, spacing=9)
        top.setContentsMargins(6, 0, 6, 0)
        self._scroll = scrolled(holder(self._body))
        self.setLayout(column(top, self._scroll, spacing=20, margins=(22, 20, 22, 14)))
        news.outbox.connect(self._told)

    def _told(self) -> None:
        """What is not seen is asked for when it is."""
        if self.isVisible():
            self.refresh()

    def redraw(self) -> None:
        """Tells of people anew, or forgets whom it told of where it is not seen."""
        if self.isVisible():
            self.refresh()
        else:
            clear(self._right)

    def refresh(self) -> None:
        """Asks what waits and shows it, unless a sending is under way."""
        if self.running:
            return
        waiting = self._verbs.waiting()
        self.headline.setText(f"{count(waiting.total, 'élément')} à envoyer" if waiting.total else "Rien à envoyer")
        self.said.setText("Tout est gardé ici jusqu’à l’accusé de réception du serveur." if waiting.total else "")
        self.last.show_waiting(waiting, self._verbs.now().astimezone(LOCAL).date())
        self._server.setText(urlsplit(waiting.server or "").hostname or "Aucun serveur relié")
        if waiting.drafts:
            many = waiting.drafts > 1
            text = f" {waiting.drafts} brouillon{'s' * many} reste{'nt' * many} sur cet ordinateur."
            self.said.setText((self.said.text() + text).strip())
        self.go.setVisible(waiting.server is not None and waiting.total > 0)
        self.said.setVisible(bool(self.said.text()))
        self._show_right(waiting)
        self._show_running(False)
        self._show_queue(waiting)
        if waiting.server is None:
            bind = button("Relier ce poste", self.settings_asked.emit)
            self._say("Ce poste n’est pas encore relié à un serveur.", "warn", bind)

    def start(self) -> None:
        """Sends, and asks for the office's news even if nothing waits; while it runs, a second press does nothing."""
        waiting = self._verbs.waiting()
        if self.running or waiting.server is None:
            return
        self.running, self._stop, self._before = True, False, waiting.kinds
        self._total, self._read_at = waiting.total, 0.0
        self.headline.setText("Envoi en cours" if waiting.total else "Demande des nouvelles du bureau")
        self.said.setText("Vous pouvez continuer à travailler pendant l’envoi.")
        self.said.show()
        self._show_running(True)
        self._scroll.verticalScrollBar().setValue(0)
        clear(self._words)
        self.key.show_waiting(waiting, True)
        self._heard = 0
        announce(self, f"{self.headline.text()}. {self.said.text()}")
        self._progress(Progress(0, waiting.total, 0, 0.0))
        tell = self._tasks.tell
        self._tasks.run(
            lambda: self._verbs.send(lambda now: tell(self._progress, now), self._cancelled), self._done, self._failed
        )

    def _cancelled(self) -> bool:
        return self._stop or self._tasks.stopping

    def _halt(self) -> None:
        self._stop = True
        self.said.setText("L’envoi s’arrête après l’élément en cours. Rien n’est perdu.")
        announce(self, self.said.text())

    def _progress(self, now: Progress) -> None:
        self._bar.setRange(0, max(1, now.total))
        self._bar.setValue(now.done)
        words = [weight(now.bytes)] if now.bytes else []
        if now.seconds > 0 and now.done:
            words.append(f"{max(1, round(now.rate))} par seconde")
        if now.remaining is not None:
            left = now.remaining
            words.append("encore moins d’une minute" if left < 55 else f"encore {round(left / 60) or 1} min environ")
        self._numbers.setText(f"{figure(now.done)} sur {figure(now.total)} éléments")
        self._words_of.setText("".join(f"·  {word}  " for word in words))
        share = 100 * now.done // max(1, now.total)
        self._percent.setText(f"{share}\u00a0%")
        if self._heard < share // 25 < 4:
            self._heard = share // 25
            announce(self, f"{self._numbers.text()} envoyés")
        if time.monotonic() - self._read_at > 0.5:
            self._show_queue(self._verbs.waiting())
            self._read_at = time.monotonic()

    def _fetch(self) -> None:
        """A newer program comes behind the records, and stops as soon as there are some again."""
        self._tasks.beside(lambda: self._verbs.newer.fetch(lambda: self.running or self._tasks.stopping), _fail)

    def _done(self, sent: Sent) -> None:
        self.running = False
        if not self._stop:
            self._fetch()
        self._news.outbox.emit()
        self._before = ()
        told = outcome(sent, self._stop)
        if told is None:
            return
        if told.headline:
            self.headline.setText(told.headline)
        acts: list[QPushButton] = []
        if page := told.page:
            acts.append(button("Ouvrir la page du Wi-Fi", lambda: QDesktopServices.openUrl(QUrl(page))))
        if told.again:
            acts.append(button(told.again, self.start))
        self._say(told.text, told.tone, *acts)

    def _failed(self, wrong: Exception) -> None:
        self.running = False
        self.refresh()
        if not isinstance(wrong, Trouble):
            raise wrong
        self._say(wrong.sentence, "err")

    def _say(self, text: str, tone: str, *acts: QPushButton) -> None:
        here = self._here()
        clear(self._words)
        self._words.addWidget(banner(text, tone, *acts))
        if tone == "warn" and self.isVisible():
            announce(self, text)
        self._scroll.verticalScrollBar().setValue(0)
        if acts and here:
            acts[0].setFocus()

    def _here(self) -> bool:
        """Whether the keyboard is on this page, and not somewhere else meanwhile."""
        focused = QApplication.focusWidget()
        return self.isVisible() and (focused is None or self.isAncestorOf(focused))

    def _show_running(self, running: bool) -> None:
        if self._here() and (running or self.halt.hasFocus()):
            self.headline.setFocus()
        self.halt.setVisible(running)
        for part in (self._bar, self._numbers, self._words_of, self._percent):
            part.setVisible(running and self._total > 0)
        if running:
            self.go.hide()

    def _beside(self) -> QWidget:
        self._aside = zone(holder(column(self._right, self.key, self.paper, -1, spacing=14)))
        return self._aside

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the right column goes under the main one."""
        super().resizeEvent(event)
        narrow = self.window().width() < look.px(NARROW)
        self._body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._aside.setMinimumWidth(0 if narrow else look.px(336))
        self._aside.setMaximumWidth(16_777_215 if narrow else look.px(336))

    def _show_queue(self, waiting: Waiting) -> None:
        shown = lots(waiting.kinds, self._before)
        self._queue.show_lots(shown, self.running)
        size = sum(lot.size for lot in shown)
        self._size.setText(weight(size) if size else "")
        told = (
            "Tout ce qui a été enregistré ici est arrivé."
            if waiting.last_sync
            else "Rien n’a encore été enregistré ici."
        )
        self._empty.setText(told)
        self._empty.setVisible(not shown)

    def _show_right(self, waiting: Waiting) -> None:
        clear(self._right)
        if waiting.refused:
            self._right.addWidget(refusals(waiting.refused, self.correct_asked.emit, self._leave))
        self.key.show_waiting(waiting, self.running)

    def _leave(self, one: Refused) -> None:
        sheet = LeaveSheet(self._verbs, one, self.window())
        if sheet.exec():
            self._news.outbox.emit()
            self.refresh()
