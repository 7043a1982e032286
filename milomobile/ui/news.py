"""What has changed, told once for each act; whoever shows it asks its verb again."""

from PySide6.QtCore import QObject, Signal


class News(QObject):
    """People, the outing of the day, drafts, and what waits to be sent."""

    people = Signal()
    outing = Signal()
    drafts = Signal()
    outbox = Signal()
