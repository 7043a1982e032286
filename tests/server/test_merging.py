"""One state whatever the order, splits and repeats of arrival."""

from hypothesis import given
from hypothesis import strategies as st

from sync.server import merge
from sync.server.merge import Said

NOW = 1_795_000_000_000
NODES = ("a", "b", merge.OFFICE)
TEXTS = st.sampled_from(("x", "y", "z", None))
ELEMENTS = st.lists(st.sampled_from(("EMPLOI", "LOGEMENT", "SANTE")), unique=True)
SETS = st.one_of(ELEMENTS, st.fixed_dictionaries({"add": ELEMENTS, "remove": ELEMENTS}))
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "given_name": TEXTS,
        "birth_date": TEXTS,
        "phone": TEXTS,
        "handover": TEXTS,
        "needs": SETS,
        "agrees": st.dictionaries(st.sampled_from(("sms", "call")), st.booleans()),
    },
)


@st.composite
def histories(draw: st.DrawFn) -> list[Said]:
    """Records of two laptops and the office, each with a clock that only goes up, some of them years ahead."""
    said, clocks = [], dict.fromkeys(NODES, NOW << 16)
    for number in range(draw(st.integers(1, 8))):
        node = draw(st.sampled_from(NODES))
        clocks[node] += draw(st.sampled_from((1, 1 << 16, 90_000_000 << 16, 0x7FFF << 30)))
        seen = [merge.stamp(one, "given_name") for one in said]
        base = draw(st.sampled_from(("", *seen)))
        bases = {"given_name": base, "birth_date": base} if base else {}
        said.append(Said(f"r{number}", f"{clocks[node]:016x}", node, NOW, draw(ANSWERS), bases))
    return said


def state_of(records: list[Said]) -> merge.State:
    state: merge.State = {}
    for said in records:
        merge.fold(state, said)
    return state


@given(histories(), st.data())
def test_order_and_repeats_change_nothing(said: list[Said], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(said))
    again = data.draw(st.lists(st.sampled_from(said), max_size=4))
    assert state_of([*shuffled, *again]) == state_of(said)


@given(histories(), st.data())
def test_two_halves_joined_are_the_whole(said: list[Said], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(said)))
    assert merge.joined(state_of(said[:cut]), state_of(said[cut:])) == state_of(said)


def one(id: str, node: str, tick: int, base: dict[str, str] | None = None, **answers: object) -> Said:
    return Said(id, f"{(NOW << 16) + tick:016x}", node, NOW, answers, base or {})


def test_identity_is_never_silently_won() -> None:
    first = one("1", "a", 1, given_name="Inès")
    other = one("2", "b", 2, given_name="Inez")
    state = state_of([other, first])
    assert merge.shown(state)["given_name"] == "Inès"
    assert merge.conflicts(state) == {"given_name": ["Inès", "Inez"]}
    knowing = one("3", "b", 3, {"given_name": merge.stamp(first, "given_name")}, given_name="Inez")
    assert merge.conflicts(state_of([first, knowing])) == {}
    decided = one("4", merge.OFFICE, 4, given_name="Ines")
    state = state_of([first, other, decided])
    assert (merge.shown(state)["given_name"], merge.conflicts(state)) == ("Ines", {})


def test_a_withdrawal_wins_over_an_agreement_of_the_same_clock() -> None:
    yes, no = one("1", "a", 5, agrees={"sms": True}), one("2", "b", 5, agrees={"sms": False})
    assert merge.shown(state_of([no, yes]))["agrees"] == {"sms": False}
    later = one("3", "a", 6, agrees={"sms": True})
    assert merge.shown(state_of([later, no, yes]))["agrees"] == {"sms": True}


def test_the_office_has_the_last_word_on_the_handover_whatever_the_clocks() -> None:
    office, laptop = one("1", merge.OFFICE, 1, handover="RATTACHE"), one("2", "a", 9, handover="A_RATTACHER")
    assert merge.shown(state_of([laptop, office]))["handover"] == "RATTACHE"


def test_a_clock_years_ahead_does_not_win_for_ever() -> None:
    ahead = Said("1", f"{(NOW + 10**11) << 16:016x}", "a", NOW, {"phone": "1"}, {})
    later = Said("2", f"{(NOW + 1000) << 16:016x}", "b", NOW + 1000, {"phone": "2"}, {})
    assert merge.shown(state_of([ahead, later]))["phone"] == "2"
