"""What the first-run assistant leaves to do once the profile is made: kept in it, so that a next start goes on there."""

CODE, LISTS, BACKUP = "code", "lists", "backup"
STEPS = (CODE, LISTS, BACKUP)
"""In the order they are asked: the recovery code put away, the lists seen, a backup made or declined."""


def left(kept: str | None) -> tuple[str, ...]:
    """As kept → the steps still to do; none for a profile that no assistant made."""
    return tuple(step for step in STEPS if step in (kept or "").split())


def without(kept: str | None, step: str) -> str:
    """As kept, once a step is done."""
    return " ".join(one for one in left(kept) if one != step)
