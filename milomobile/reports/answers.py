"""T3 to T7 and T9: what was answered, one line a code."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from milomobile import reference
from milomobile.domain.audiences import IDLE
from milomobile.domain.figures import Share, Table
from milomobile.domain.suppression import suppressed_where
from milomobile.domain.texts import plain
from milomobile.reports.summing import ANONYMOUS, AWAY, UNKNOWN, Counts, summed
from milomobile.reports.tables import ONCE, Beside, Run, rows


def districts(run: Run, beside: Beside) -> Table:
    """Of homes: QPV by QPV, outside, to be looked at."""
    counts = Counts()
    for line, reduced, contacts, people, attached in rows(run, "T3"):
        counts[AWAY if reduced and line != ANONYMOUS else line, 0] += contacts
        counts[line, 1] += people
        counts[line, 2] += attached
    _told(counts, beside, "district", 1)
    said = {"NON": "Hors QPV", "A_VERIFIER": "À vérifier", UNKNOWN: "Non renseigné"}
    known = reference.lists()["qpv"]
    inside = {
        **known,
        **{
            code: code
            for (code, _), many in counts.items()
            if many and code not in (*known, *said, "OUI", ANONYMOUS, AWAY)
        },
    }
    labels = {"QPV": "En QPV", **inside, "OUI": "QPV non précisé", **said}
    part_of = dict.fromkeys((*inside, "OUI"), "QPV")
    notes = (ONCE, "Le QPV est celui du domicile déclaré, à confirmer par l’adresse (génération 2024).")
    return _answers(
        *("T3", "Quartiers prioritaires", ("Contacts", "Jeunes", "Rattachés"), labels, counts, beside, notes, part_of),
        named=_margins(contacts=0, people=1, attached=2) | {"QPV": ("QPV", 1), "QPV contacts": ("QPV", 0)},
    )


def levels(run: Run, beside: Beside) -> Table:
    """Level of training by sex, and how many have no diploma."""
    counts = Counts()
    for line, sex, contacts, people, known, without in rows(run, "T4"):
        counts[line, {"F": 0, "M": 1}.get(sex, 2)] += people
        for column, many in ((3, people), (4, known), (5, without), (6, contacts)):
            counts[line, column] += many
    for sex, people in beside.people.items():
        counts[AWAY, {"F": 0, "M": 1}.get(sex, 2)] += people
    _told(counts, beside, "level", 3, 6)
    columns = ("Femmes", "Hommes", "Non précisé", "Jeunes", "Diplôme connu", "Sans diplôme", "Contacts")
    labels = {**reference.lists()["niveau_formation"], UNKNOWN: "Non renseigné"}
    shares = (Share("Sans diplôme, parmi ceux dont le diplôme est connu", ("", 5), ("", 4)),)
    sums = ((3, (0, 1, 2)),)
    named = _margins(contacts=6, people=3) | {"women": ("", 0), "men": ("", 1), "unsaid": ("", 2)}
    return _answers(
        "T4", "Niveau de formation", columns, labels, counts, beside, (ONCE,), {}, sums, shares, named=named
    )


def communes(run: Run, beside: Beside) -> Table:
    """Of homes, by intercommunality."""
    counts = Counts()
    for line, reduced, contacts, people in rows(run, "T5"):
        counts[AWAY if reduced and line != ANONYMOUS else line, 0] += contacts
        counts[line, 1] += people
    _told(counts, beside, "commune", 1)
    names, epci_of = reference.commune_names(), reference.epci_of()
    here = defaultdict[str, list[str]](list)
    for code in {line for line, _ in counts} - {ANONYMOUS, AWAY, UNKNOWN}:
        here[epci_of.get(code, "HORS")].append(code)
    of_epci = reference.epci_names()
    groups: dict[str, str] = {epci: of_epci.get(epci, f"Intercommunalité {epci}") for epci in here}
    groups["HORS"] = "Sans intercommunalité"
    labels, part_of = dict[str, str](), dict[str, str]()
    for epci in sorted(here, key=lambda epci: (epci != reference.METZ_METROPOLE, epci == "HORS", plain(groups[epci]))):
        labels[epci] = groups[epci]
        for code in sorted(here[epci], key=lambda code: plain(str(names.get(code, code)))):
            labels[code], part_of[code] = names.get(code, code), epci
    labels[UNKNOWN] = "Non renseignée, ou à l’étranger"
    notes = (ONCE, "La commune est celle du domicile déclaré.")
    return _answers(
        *("T5", "Communes et intercommunalités", ("Contacts", "Jeunes"), labels, counts, beside, notes, part_of),
        named=_margins(contacts=0, people=1),
    )


def origins(run: Run, beside: Beside) -> Table:
    """Who sent them; sensitive senders are one group (domain.md 1.9)."""
    group_of, counts = reference.origin_groups(), Counts()
    for line, contacts, people, attached in rows(run, "T6"):
        for column, many in enumerate((contacts, people, attached)):
            counts[group_of.get(line, line), column] += many
    _told(counts, beside, "origin", 1, group_of=group_of)
    labels = {group: group for group in group_of.values()} | {UNKNOWN: "Non renseignée"}
    notes = (ONCE, "Les organismes sensibles sont regroupés sous «\u00a0Autre partenaire\u00a0».")
    return _answers(
        *("T6", "Origine du contact", ("Contacts", "Jeunes", "Rattachés"), labels, counts, beside, notes, {}),
        named=_margins(contacts=0, people=1, attached=2),
    )


def outcomes(run: Run, beside: Beside) -> Table:
    """What came of it; RQTH only where the protected criteria could be opened, and then nothing below five."""
    counts, columns, notes = Counts(), ["Contacts", "Jeunes", "Mineurs"], [ONCE]
    for line, contacts, people, minors in rows(run, "T7"):
        for column, many in enumerate((contacts, people, minors)):
            counts[line, column] += many
    if beside.reserved is not None:
        columns.append("RQTH")
        for person, line in rows(run, "outcomes"):
            counts[line, 3] += "rqth" in beside.reserved.get(person, ())
    else:
        notes.append(f"RQTH\u00a0: critère protégé, compté {beside.unopened}.")
    _told(counts, beside, "outcome", 1)
    labels = {**reference.lists()["resultat_contact"], UNKNOWN: "Non renseigné"}
    named = _margins(contacts=0, people=1) | {"minors": ("", 2), "rqth": ("", 3)}
    table = _answers("T7", "Résultat du contact", tuple(columns), labels, counts, beside, notes, {}, named=named)
    return table if beside.reserved is None else suppressed_where(table, lambda line, column: column == 3)


def situations(run: Run, beside: Beside) -> Table:
    """What they do, for how long without; NEET are those of `audiences.neet`."""
    lists = reference.lists()
    lengths = {code: at for at, code in enumerate(lists["duree_sans_activite"])}
    unsaid = len(lengths)
    counts = Counts()
    for line, since, contacts, people in rows(run, "T9"):
        counts[line, lengths.get(since, unsaid)] += people
        counts[line, unsaid + 1] += people
        counts[line, unsaid + 2] += contacts
    counts[AWAY, unsaid] += beside.gone
    _told(counts, beside, "category", unsaid + 1, unsaid + 2)
    columns = (*lists["duree_sans_activite"].values(), "Durée non renseignée", "Jeunes", "Contacts")
    idle = {code: label for code, label in lists["situation_categorie"].items() if code in IDLE}
    busy = {code: label for code, label in lists["situation_categorie"].items() if code not in IDLE}
    labels = {"CONNUE": "Situation connue", "NEET": "Ni emploi, ni études, ni formation (NEET)", **idle}
    labels |= {"OCCUPE": "En emploi, en études ou en formation", **busy, UNKNOWN: "Non renseignée"}
    part_of = {"NEET": "CONNUE", "OCCUPE": "CONNUE", **dict.fromkeys(idle, "NEET"), **dict.fromkeys(busy, "OCCUPE")}
    shares = (Share("NEET, parmi les situations connues", ("NEET", unsaid + 1), ("CONNUE", unsaid + 1)),)
    sums = ((unsaid + 1, tuple(range(unsaid + 1))),)
    return _answers(
        *("T9", "Situation et durée sans activité", columns, labels, counts, beside, (ONCE,), part_of, sums, shares),
        named=_margins(contacts=unsaid + 2, people=unsaid + 1)
        | {"NEET": ("NEET", unsaid + 1), "NEET contacts": ("NEET", unsaid + 2)},
    )


def _told(
    counts: Counts, beside: Beside, fact: str, people: int, contacts: int = 0, group_of: Mapping[str, str] | None = None
) -> None:
    """Puts into their lines the contacts of whole months that are counts alone, and people who are one into AWAY."""
    counts[AWAY, people] += beside.gone
    for (name, value), many in beside.contacts.items():
        if name == fact and (known := min(many, counts[AWAY, contacts])):
            counts[(group_of or {}).get(value, value), contacts] += known
            counts[AWAY, contacts] -= known


def _margins(contacts: int, people: int, attached: int | None = None) -> dict[str, tuple[str, int]]:
    """What other tables tell too, by the columns of this one."""
    names = {
        "contacts": ("", contacts),
        "people": ("", people),
        "unnamed": (ANONYMOUS, contacts),
        "gone": (AWAY, people),
        "gone contacts": (AWAY, contacts),
    }
    return names if attached is None else names | {"attached": ("", attached), "gone attached": (AWAY, attached)}


def _answers(
    code: str,
    title: str,
    columns: tuple[str, ...],
    labels: Mapping[str, str],
    counts: Counts,
    beside: Beside,
    notes: Sequence[str],
    part_of: Mapping[str, str],
    sums: tuple[tuple[int, tuple[int, ...]], ...] = (),
    shares: tuple[Share, ...] = (),
    named: Mapping[str, tuple[str, int]] | None = None,
) -> Table:
    """A table of one answer: after its lines come what has no name, and what is not here any more."""
    away = any(many for (line, _), many in counts.items() if line == AWAY)
    every = {**labels, ANONYMOUS: "Anonymes et groupes", AWAY: beside.away}
    told = (*notes, f"«\u00a0{beside.away}\u00a0»\u00a0: {beside.why}") if away else tuple(notes)
    both = (ANONYMOUS, AWAY)
    return summed(
        *(code, title, columns, every, counts, told),
        part_of=part_of,
        sums=sums,
        shares=shares,
        elsewhere=both,
        named=named,
    )
