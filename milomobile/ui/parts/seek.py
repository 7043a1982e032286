"""A field to search with: what it takes away again and its glass have names too."""

from PySide6.QtWidgets import QLineEdit, QToolButton

from milomobile.ui.icons import icon


def seek(said: str, hint: str) -> QLineEdit:
    """`said` names it for screen readers, `hint` is shown while it is empty."""
    made = QLineEdit()
    made.setPlaceholderText(hint)
    made.setAccessibleName(said)
    glass = made.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
    glass.setText(said)
    glass.triggered.connect(made.setFocus)
    made.setClearButtonEnabled(True)
    for inside in made.findChildren(QToolButton):
        if inside.defaultAction() is not glass:
            inside.setAccessibleName("Effacer la recherche")
            inside.setToolTip("Effacer la recherche")
    return made
