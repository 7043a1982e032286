"""The user guide as pages to show and to search: accents, capitals and the order of words do not matter."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from milomobile.domain.texts import plain

INDEX = "README"
"""The page that lists all others, in their order."""
_LINK = re.compile(r"\]\(([\w-]+)\.md\)")
_JOINED = re.compile(r"\w+(?:-\w+)+")
_PICTURE = re.compile(r"!\[[^]]+\]\(([^)]+)\)")
_TARGET = re.compile(r"!\[[^]]*\]\([^)]*\)|(?<=\])\([^)]*\)")


@dataclass(frozen=True)
class Page:
    """A page of `docs/guide`: its file's name without `.md`, its title, its Markdown."""

    name: str
    title: str
    text: str

    def pictures(self) -> list[str]:
        """The files of its pictures, beside it."""
        return _PICTURE.findall(self.text)


def pages_of(read: Callable[[str], str]) -> tuple[Page, ...]:
    """The index, then every page that it links to, in that order; `read` gives the Markdown of a name."""
    names = (INDEX, *dict.fromkeys(_LINK.findall(read(INDEX))))
    return tuple(Page(name, _title(text), text) for name, text in ((name, read(name)) for name in names))


def find(pages: Sequence[Page], typed: str) -> tuple[Page, ...]:
    """The pages in which every word typed begins a word, those that say it in their title first; all where none is typed."""
    words = [f" {word}" for word in plain(typed).split()]
    if not words:
        return tuple(pages)
    texts = {page.name: _words(page.text) for page in pages if page.name != INDEX}
    found = [page for page in pages if page.name in texts and all(word in texts[page.name] for word in words)]

    def least(page: Page) -> tuple[int, int]:
        title = f" {plain(page.title)}"
        return -sum(word in title for word in words), -sum(texts[page.name].count(word) for word in words)

    return tuple(sorted(found, key=least))


def _words(text: str) -> str:
    """What is looked in: « Wi-Fi » is found as « wi fi », « wi-fi » and « wifi »."""
    read = _TARGET.sub("", text)
    return f" {plain(read)} {plain(' '.join(_JOINED.findall(read)).replace('-', ''))}"


def spots(text: str, typed: str) -> list[tuple[int, int]]:
    """Where, in a text as shown, a word begins with one of those typed: places and lengths, in order."""
    wanted = ["-?".join(map(re.escape, word)) for word in plain(typed).split()]
    bare = "".join(sign if sign == "-" else plain(sign)[:1] or " " for sign in text)
    found = re.finditer(rf"(?<!\w)(?:{'|'.join(wanted)})", bare) if wanted else ()
    return [(one.start(), one.end() - one.start()) for one in found]


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("#").strip()
