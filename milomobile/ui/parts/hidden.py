"""What stands in place of somebody in mode discret; it loads nothing, for the unlock page draws labels too."""

HIDDEN = "Masqué en mode discret"


class Hidden(str):
    """Initials in place of a name (« I. B. »): said as they stand, drawn as a bar."""


def initials_of(name: str) -> Hidden:
    """« Inès Boussole » or « Inès B. » → « I. B. »."""
    words = [word for word in name.replace(".", " ").split() if word]
    return Hidden(" ".join(f"{word[0].upper()}." for word in dict.fromkeys((words[0], words[-1]))) if words else "")
