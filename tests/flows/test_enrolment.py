"""Binding a laptop, cutting it off, and letting it in again, as processes."""

from pathlib import Path

import pytest

from tests.flows.processes import Laptop, Office, enrol, one_sentence, somebody, write


def register(laptop: Laptop, folder: Path, *numbers: int) -> None:
    file = write(folder / "people.jsonl", *(somebody(number) for number in numbers))
    assert laptop("register", "--from", file)[1]["taken"] == len(numbers)


def bind(laptop: Laptop, office: Office, code: str) -> tuple[int, str]:
    returned, _, said = laptop("enrol", office.url, code, "--ca", str(office.certificate))
    return returned, said


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f"  {code.replace('-', ' ')}\n"]
)
def test_a_code_is_read_as_people_type_and_paste_it(laptop: Laptop, office: Office, typed: object) -> None:
    assert callable(typed)
    assert bind(laptop, office, typed(office("invite", "--label", "Camion 1")["code"])) == (0, "")


def test_a_code_serves_once(laptop: Laptop, office: Office) -> None:
    code = office("invite", "--label", "Camion 1")["code"]
    assert bind(laptop, office, code)[0] == 0
    returned, said = bind(laptop, office, code)
    assert returned == 2
    one_sentence(said, "code", "bureau")


def test_five_wrong_codes_end_the_invitation(laptop: Laptop, office: Office) -> None:
    """The right one is then refused too; a new invitation is let in."""
    code = office("invite", "--label", "Camion 1")["code"]
    for number in range(5):
        wrong = f"{number}{'0' * 7}{code.replace('-', '')[8:]}"
        assert bind(laptop, office, wrong)[0] == 2
    assert bind(laptop, office, code)[0] == 2
    assert bind(laptop, office, office("invite", "--label", "Camion 1")["code"])[0] == 0


def test_a_code_of_another_server_sends_nothing(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    """The second half of the code is the server's: somebody in between is refused before the secret counts."""
    other = Office(tmp_path / "other")
    other.start()
    code = other("invite", "--label", "Camion 1")["code"]
    other.stop()
    returned, said = bind(laptop, office, code)
    assert returned == 3
    one_sentence(said, "n’est pas celui", "Rien n’est perdu")
    assert laptop("status")[1]["server"] is None
    assert office("devices") == []


def test_a_revoked_laptop_is_cut_off_and_keeps_everything_until_it_is_let_in_again(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    enrol(laptop, office)
    register(laptop, tmp_path, 1)
    assert laptop("sync")[0] == 0
    device = laptop("status")[1]["device"]
    office("revoke", device)
    register(laptop, tmp_path, 2)
    waiting = laptop("status")[1]["waiting"]
    returned, answer, _ = laptop("sync")
    assert (returned, answer["waiting"], answer["taken"]) == (3, waiting, 0)
    one_sentence(answer["reason"], "bureau", "Tout est gardé ici")
    assert [one["revoked"] for one in office("devices")] == [True]
    assert laptop("status")[1]["waiting"] == waiting
    enrol(laptop, office)
    assert [one["id"] for one in office("devices")] == [device]
    assert laptop("sync")[1]["taken"] == waiting
    held = office("records", "--device", device)
    assert [one["seq"] for one in held] == list(range(1, len(held) + 1))


def test_an_office_made_anew_gets_again_all_it_lacks(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    """The office's machine is gone, without a backup: the same laptop, bound to a new one, sends everything again."""
    enrol(laptop, office)
    register(laptop, tmp_path, 1, 2)
    assert laptop("sync")[0] == 0
    before = [one["digest"] for one in office("records", "--device", laptop("status")[1]["device"])]
    office.stop()
    second = Office(tmp_path / "second")
    second.start()
    enrol(laptop, second)
    register(laptop, tmp_path, 3)
    returned, answer, said = laptop("sync")
    assert (returned, answer["waiting"]) == (0, 0), said
    held = [one["digest"] for one in second("records", "--device", laptop("status")[1]["device"])]
    second.stop()
    assert held[: len(before)] == before
    assert answer["taken"] == len(held) > len(before)
