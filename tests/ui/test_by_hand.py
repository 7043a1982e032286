"""What two hands have to get right besides: who is counted instead, known again, masked or too long; and how many clicks it takes."""

from datetime import timedelta

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from milomobile.domain.dates import french_date
from milomobile.ui.desk import Desk
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.parts.codes import Codes
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.toast import Toast
from milomobile.ui.questions import QUESTIONS
from sync import records
from tests.ui.alone import Hands
from tests.ui.hands import at_the_sheet
from tests.ui.laptop import SEALING, desk, fill, hand, hands, laptop, last_letter, letters, save  # noqa: F401
from tests.ui.situations import birthday

INES = (("person.given_name", "Inès"), ("person.birth_name", "Boussole"), ("person.birth_date", "12032007"))


def back(desk: Desk, qtbot: QtBot) -> None:  # noqa: F811
    """A sheet has gone: the keyboard is the window's again."""
    desk.window().activateWindow()
    qtbot.waitUntil(desk.window().isActiveWindow)


def test_at_15_one_is_counted_without_a_name_and_nothing_typed_stays(desk: Desk, hands: Hands, qtbot: QtBot) -> None:  # noqa: F811
    before, known = desk._verbs.day(), desk._verbs.count_people()
    after = last_letter(desk)
    hands.begin(desk)
    hands.answer(desk, "person.given_name", "Petite")
    hands.answer(desk, "person.birth_date", french_date(birthday(16) + timedelta(days=1)).replace("/", ""))
    hands.answer(desk, "person.sex", "F")
    assert desk.registration.too_young
    desk.registration.keep()
    timer = at_the_sheet(lambda sheet: hands.choose(sheet.needs, "EMPLOI"))
    hands.count_instead(desk)
    qtbot.waitUntil(lambda: not timer.isActive())
    back(desk, qtbot)
    now = desk._verbs.day()
    assert (now.anonymous, now.registrations) == (before.anonymous + 1, before.registrations)
    assert desk._verbs.count_people() == known and desk._verbs.drafts() == []
    assert desk._stack.currentWidget() is desk.today
    (sent,) = letters(desk, after)
    said = sent["set"]
    assert (said["kind"], said["age_band"], said["sex"], said["needs"]) == ("anonymous", "MOINS_16", "F", ["EMPLOI"])


def test_known_again_without_accents_is_taken_up(desk: Desk, hands: Hands, qtbot: QtBot) -> None:  # noqa: F811
    fill(desk, hands, *INES)
    ines = save(desk, hands, qtbot)
    before, known = last_letter(desk), desk._verbs.count_people()
    hands.begin(desk)
    hands.answer(desk, "person.given_name", "Ines")
    hands.answer(desk, "person.birth_name", "BOUSSOLE")
    qtbot.waitUntil(desk.registration.already.isVisible)
    hands.known(desk, "Oui, reprendre sa fiche")
    for name in ("situation.category", "notice.how"):
        if not desk.registration._form.answers().get(name):
            hands.answer(desk, name, {"situation.category": "SANS_SITUATION", "notice.how": "ORAL_AFFICHE"}[name])
    sheet = save(desk, hands, qtbot)
    assert (sheet.id, len(sheet.encounters), sheet.person.given_name) == (ines.id, 2, "Inès")
    assert desk._verbs.count_people() == known
    assert "person" not in {letter["entity"] for letter in letters(desk, before) if letter["op"] == "create"}


def test_twins_are_two(desk: Desk, hands: Hands, qtbot: QtBot) -> None:  # noqa: F811
    family = (("person.birth_name", "Jumelle"), ("person.birth_date", "05062006"))
    fill(desk, hands, ("person.given_name", "Lina"), *family, phone="03 53 01 77 77")
    first = save(desk, hands, qtbot)
    fill(desk, hands, ("person.given_name", "Lila"), *family, phone="03 53 01 77 77")
    desk.registration.already.look()
    assert desk.registration.already.isVisible()
    hands.known(desk, "Non, autre personne")
    assert not desk.registration.already.isVisible()
    second = save(desk, hands, qtbot)
    assert first.id != second.id and (len(first.encounters), len(second.encounters)) == (1, 1)
    assert list(desk._verbs.doubles(first.id)) == []


def test_a_minor_followed_by_the_justice_is_sealed(desk: Desk, hands: Hands, qtbot: QtBot) -> None:  # noqa: F811
    before = last_letter(desk)
    fill(
        desk,
        hands,
        ("person.given_name", "Noé"),
        ("person.birth_name", "Serrure"),
        ("person.birth_date", french_date(birthday(17)).replace("/", "")),
        ("guardian.name", "Olga Serrure"),
        ("guardian.phone", "0353018888"),
        ("reserved.justice", "OUI"),
        phone="03 53 01 88 00",
    )
    save(desk, hands, qtbot)
    sent = letters(desk, before)
    sealed = next(letter for letter in sent if letter["entity"] == "reserved")
    held = records.unseal(SEALING.private_bytes_raw(), sealed["entity_id"], sealed["set"])
    assert held["justice"] == "OUI"
    assert "justice" not in str([letter for letter in sent if letter is not sealed])
    person = next(letter["set"] for letter in sent if letter["entity"] == "person")
    assert person["guardian"] == {"name": "Olga Serrure", "phone": "+33353018888"}
    assert not desk.registration._form.holds_reserved()


def test_10_000_characters_pasted_anywhere_are_refused_in_words_and_lose_nothing(
    desk: Desk,  # noqa: F811
    hand: str,  # noqa: F811
    hands: Hands,  # noqa: F811
    qtbot: QtBot,
) -> None:
    known = desk._verbs.count_people()
    hands.begin(desk)
    texts = [one.name for one in QUESTIONS if one.kind in ("text", "date", "month", "time", "commune", "codes")]
    texts.remove("appointment.place")  # judged once the day and the time are right
    if hand == "mouse":
        texts = ["person.given_name", "person.email", "situation.children", "comment", "recall_on"]
    QApplication.clipboard().setText("a" * 10_000)
    form = desk.registration
    pasted = []
    for name in texts:
        made = form.fields[name]
        for fold in form.folds.values():
            if fold.isAncestorOf(made) and not fold.is_open():
                hands.open_fold(fold)
        if made.isVisible() and made.isEnabled():
            hands.paste(desk, name)
            pasted.append(name)
    assert len(pasted) >= min(len(texts), 30)
    hands.save(desk)
    assert desk._verbs.count_people() == known and desk._stack.currentWidget() is form
    for name in pasted:
        made = form.fields[name]
        assert isinstance(made, Field) and len(made.edit.text()) >= 10_000
        assert made.edit.accessibleDescription(), f"{name}: nothing is said"
    area = form.sections._area
    qtbot.waitUntil(lambda: area.widget().width() <= area.viewport().width())


def test_someone_willing_takes_at_most_14_strokes_or_clicks_beyond_the_words(
    desk: Desk,  # noqa: F811
    hands: Hands,  # noqa: F811
    qtbot: QtBot,
) -> None:
    hands.shortest(desk, given="Sacha", family="Réverbère", born="12032005", phone="0353011299")
    sheet = save(desk, hands, qtbot)
    assert sheet.person.name == "Sacha Réverbère" and sheet.person.birth_date
    assert hands.count <= 14, hands.count


def test_what_nobody_knows_by_heart_is_chosen_from_its_list(desk: Desk, hands: Hands) -> None:  # noqa: F811
    hands.begin(desk)
    for name, row in (("situation.diploma", 1), ("origin", 2)):
        hands.from_list(desk, name, row)
        made = desk.registration.fields[name]
        assert isinstance(made, Codes) and made.value() == list(made._texts)[row]


def test_a_group_is_counted_in_the_same_sheet(desk: Desk, hands: Hands, qtbot: QtBot) -> None:  # noqa: F811
    before = desk._verbs.day()

    def count(sheet: AnonymousSheet) -> None:
        hands.count_to(sheet._women, 3)
        hands.count_to(sheet._men, 2)
        hands.press(sheet, "Garder le groupe")

    timer = at_the_sheet(count)
    hands.anonymous(desk)
    qtbot.waitUntil(lambda: not timer.isActive())
    back(desk, qtbot)
    now = desk._verbs.day()
    assert (now.encounters, now.people_met) == (before.encounters + 1, before.people_met + 5)
    hands.undo(desk)
    assert desk._verbs.day().people_met == before.people_met


def test_29_february_of_no_leap_year_is_said(desk: Desk, hands: Hands) -> None:  # noqa: F811
    hands.begin(desk)
    hands.answer(desk, "person.birth_date", "29022007")
    hands.answer(desk, "person.sex", "F")
    made = desk.registration.fields["person.birth_date"]
    assert isinstance(made, Field)
    assert made.edit.accessibleDescription() == "Le 29 février n’existe pas en 2007."


def test_an_anonymous_contact_takes_three_and_is_taken_back(desk: Desk, hands: Hands, qtbot: QtBot) -> None:  # noqa: F811
    before = desk._verbs.day().anonymous

    def choose(sheet: AnonymousSheet) -> None:
        hands.press(sheet, "18–21 ans, Femme")
        hands.choose(sheet.needs, "EMPLOI")

    timer = at_the_sheet(choose)
    hands.anonymous(desk)
    qtbot.waitUntil(lambda: not timer.isActive())
    back(desk, qtbot)
    assert desk._verbs.day().anonymous == before + 1
    toast = next(one for one in desk.findChildren(Toast) if one.isVisible())
    assert toast.text == "Contact anonyme enregistré."
    assert hands.acts == 3
    hands.undo(desk)
    assert desk._verbs.day().anonymous == before


def test_in_a_narrow_window_the_keyboard_is_seen_where_it_goes(desk: Desk, hands: Hands, qtbot: QtBot) -> None:  # noqa: F811
    fill(desk, hands, ("person.given_name", "Étroite"), ("person.birth_name", "Ruelle"), phone="03 53 01 66 00")
    save(desk, hands, qtbot)
    desk.window().resize(1024, 600)
    hands.begin(desk)
    area = desk.registration.sections._area
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() == 0)
    hands.answer(desk, "person.given_name", "Étroite")
    hands.answer(desk, "person.birth_name", "Ruelle")
    qtbot.waitUntil(desk.registration.already.isVisible)
    desk.registration.already.enter()
    at = QApplication.focusWidget()
    assert at and desk.registration.already.isAncestorOf(at)
    view = area.viewport()
    qtbot.waitUntil(lambda: view.rect().contains(at.mapTo(view, at.rect().center())))
    desk.window().resize(1366, 768)
