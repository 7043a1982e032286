"""Fin de journée: what waits, one button, how it goes, and what came of it in words."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressBar, QWidget

from milomobile.domain.dates import LOCAL, french_time
from milomobile.domain.sending import Progress, Sent, Waiting
from milomobile.errors import Trouble
from milomobile.ui.icons import picture
from milomobile.ui.news import News
from milomobile.ui.parts.boxes import banner, button, card, clear, column, holder, label, row, scrolled
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

KINDS = {
    "stops": ("map-pin", "Arrêts et tournée"),
    "people": ("id", "Fiches jeunes"),
    "encounters": ("messages", "Rencontres"),
    "anonymous": ("user-question", "Contacts anonymes et groupes"),
    "appointments": ("calendar-event", "Rendez-vous"),
    "other": ("shield-lock", "Autres"),
}


class SyncPage(QWidget):
    """`settings_asked` where no server is bound yet."""

    settings_asked = Signal()

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
        self._numbers = label("", "strong")
        self._words = column()
        self._kinds = column(spacing=12)
        self._refused = column(spacing=10)
        head = row(column(self.headline, self.said, spacing=2), self.go, self.halt, spacing=16)
        head.setStretch(0, 1)
        main = column(
            card(head, self._bar, self._numbers, spacing=12),
            self._words,
            card(label("À envoyer", "h2"), self._kinds, spacing=14),
            -1,
            spacing=14,
        )
        self._right = card(self._refused)
        self._right.setFixedWidth(336)
        body = row(holder(main), column(self._right, -1), spacing=18)
        self.setLayout(
            column(label("Fin de journée", "h1"), scrolled(holder(body)), spacing=16, margins=(28, 16, 28, 20))
        )
        news.outbox.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Asks what waits and shows it, unless a sending is under way."""
        if self.running:
            return
        waiting = self._verbs.waiting()
        plural = "s" if waiting.total > 1 else ""
        self.headline.setText(f"{waiting.total} élément{plural} à envoyer" if waiting.total else "Rien à envoyer")
        last = waiting.last_sync
        when = f"le {last.astimezone(LOCAL):%d/%m} à {french_time(last.astimezone(LOCAL))}" if last else None
        self.said.setText(f"Dernier envoi complet {when}." if when else "Rien n’a encore été envoyé de ce poste.")
        if waiting.drafts:
            many = waiting.drafts > 1
            text = f" {waiting.drafts} brouillon{'s' * many} reste{'nt' * many} sur cet ordinateur."
            self.said.setText(self.said.text() + text)
        self.go.setVisible(waiting.server is not None and waiting.total > 0)
        self._show_running(False)
        self._show_kinds(waiting)
        self._show_refused(waiting)
        if waiting.server is None:
            self._say(
                "Ce poste n’est pas encore relié à un serveur.", "warn", "Relier ce poste", self.settings_asked.emit
            )

    def start(self) -> None:
        """Sends; while it runs, a second press does nothing."""
        waiting = self._verbs.waiting()
        if self.running or not waiting.total or waiting.server is None:
            return
        self.running, self._stop = True, False
        clear(self._words)
        self.headline.setText("Envoi en cours")
        self.said.setText("Vous pouvez continuer à travailler pendant l’envoi.")
        self._show_running(True)
        self._progress(Progress(0, waiting.total, 0, 0.0))
        tell = self._tasks.tell
        self._tasks.run(
            lambda: self._verbs.send(lambda now: tell(self._progress, now), self._cancelled), self._done, self._failed
        )

    def _cancelled(self) -> bool:
        return self._stop or self._tasks.stopping

    def _halt(self) -> None:
        self._stop = True
        self.halt.setEnabled(False)
        self.said.setText("L’envoi s’arrête après l’élément en cours. Rien n’est perdu.")

    def _progress(self, now: Progress) -> None:
        self._bar.setRange(0, max(1, now.total))
        self._bar.setValue(now.done)
        words = [f"{now.done} sur {now.total} éléments"]
        if now.seconds > 0 and now.done:
            words.append(f"{max(1, round(now.rate))} par seconde")
        if now.remaining is not None:
            left = now.remaining
            words.append("encore moins d’une minute" if left < 55 else f"encore {round(left / 60) or 1} min environ")
        words.append(f"{100 * now.done // max(1, now.total)} %")
        self._numbers.setText("  ·  ".join(words))

    def _done(self, sent: Sent) -> None:
        self.running = False
        arrived = sent.taken + sent.already
        stopped = sent.waiting and not sent.reason
        self._news.outbox.emit()
        self.refresh()
        if sent.reason:
            text = f"{sent.reason} {_arrived(arrived, sent.waiting)}".strip()
            page = sent.page
            if page:
                self._say(text, "warn", "Ouvrir la page du Wi-Fi", lambda: QDesktopServices.openUrl(QUrl(page)))
            else:
                self._say(text, "warn", "Réessayer", self.start)
        elif stopped:
            self._say(f"Envoi interrompu. {_arrived(arrived, sent.waiting)}", "warn", "Reprendre", self.start)
        elif sent.refused:
            many = "s" if arrived > 1 else ""
            self._say(f"Presque terminé : {arrived} envoyé{many}, {sent.refused} à corriger.", "warn")
        elif arrived:
            self.headline.setText("Tout est envoyé")
            self._say(f"{arrived} éléments confirmés par le serveur." if arrived > 1 else "1 élément confirmé.", "ok")

    def _failed(self, wrong: Exception) -> None:
        self.running = False
        self.refresh()
        if not isinstance(wrong, Trouble):
            raise wrong
        self._say(wrong.sentence, "err")

    def _say(self, text: str, tone: str, act: str = "", do: object = None) -> None:
        clear(self._words)
        buttons = [button(act, do)] if act and callable(do) else []
        self._words.addWidget(banner(text, tone, *buttons))

    def _show_running(self, running: bool) -> None:
        self.halt.setVisible(running)
        self.halt.setEnabled(True)
        self._bar.setVisible(running)
        self._numbers.setVisible(running)
        if running:
            self.go.hide()

    def _show_kinds(self, waiting: Waiting) -> None:
        clear(self._kinds)
        shown = [kind for kind in waiting.kinds if kind.waiting]
        if not shown:
            self._kinds.addWidget(label("Tout ce qui a été enregistré ici est arrivé.", "second"))
        for kind in shown:
            drawn, name = KINDS.get(kind.code, KINDS["other"])
            size = f"{max(1, round(kind.size / 1024))} Ko"
            line = row(picture(drawn), label(name), -1, label(size, "caption"), 20, label(str(kind.waiting), "strong"))
            self._kinds.addLayout(line)

    def _show_refused(self, waiting: Waiting) -> None:
        clear(self._refused)
        self._right.setVisible(bool(waiting.refused))
        if not waiting.refused:
            return
        count = len(waiting.refused)
        self._refused.addWidget(label(f"{count} fiche{'s' * (count > 1)} à corriger", "h2"))
        self._refused.addWidget(label("Elles restent sur cet ordinateur en attendant.", "caption"))
        for one in waiting.refused[:20]:
            when = f" du {one.at.astimezone(LOCAL):%d/%m}" if one.at else ""
            self._refused.addWidget(label(one.name, "strong"))
            self._refused.addWidget(label(f"{one.what}{when} : {one.reason}", "second", wrap=True))


def _arrived(arrived: int, waiting: int) -> str:
    if not arrived:
        return ""
    many = "sont arrivés" if arrived > 1 else "est arrivé"
    return f"{arrived} {many}, {waiting} reste{'nt' * (waiting > 1)} ici et partir{'ont' if waiting > 1 else 'a'} au prochain envoi."
