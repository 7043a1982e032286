"""T1, T2, T8, T10 and T11: who was met where, how far they came, and whom the project is for."""

from collections import Counter

from milomobile import reference
from milomobile.domain.choices import AGE_BANDS
from milomobile.domain.facts import ENTERED
from milomobile.domain.figures import Share, Table
from milomobile.domain.suppression import suppressed_where
from milomobile.domain.texts import plain
from milomobile.reports.summing import AWAY, Counts, summed
from milomobile.reports.tables import ONCE, Beside, Run, rows


def activity(run: Run, beside: Beside) -> Table:
    """By place: outings, contacts of each kind, who was new. How many were met is nobody's answer: nothing is hidden."""
    columns = (
        *(
            "Sorties",
            "Contacts",
            "Anonymes",
            "Groupes",
            "Femmes en groupe",
            "Hommes en groupe",
            "Non précisé en groupe",
        ),
        *("Nominatifs", "Nouveaux", "Déjà vus", "Jeunes"),
    )
    counts, names = Counts(), dict[str, str]()
    passed = list(rows(run, "passed"))
    for place in sorted({str(row[1]) for row in passed}):
        names.setdefault(_key(place), place)
    for _, key in {(day, _key(place)) for day, place in passed}:
        counts[key, 0] += 1
    for place, contacts, anonymous, groups, women, men, unspecified, named, first_met, people in rows(run, "T1"):
        said = (contacts, anonymous, groups, women, men, unspecified, named, first_met, named - first_met, people)
        for column, many in enumerate(said, 1):
            counts[_key(place), column] += many
    counts[AWAY, 10] += beside.gone
    days = len({day for day, _ in passed})
    notes = (
        f"Une sortie qui passe par plusieurs lieux compte à chacun\u00a0: {days} jour{'s' * (days > 1)} de sortie en tout.",
        "Contacts = anonymes + groupes + nominatifs\u00a0; un groupe est un contact. Nominatifs = nouveaux + déjà vus.",
        ONCE,
    )
    labels = dict(sorted(names.items(), key=lambda one: plain(one[1]))) | {AWAY: "Comptés, sans lien avec une fiche"}
    sums, things = ((1, (2, 3, 7)), (7, (8, 9))), tuple(range(len(columns)))
    named = {"contacts": ("", 1), "anonymous": ("", 2), "groups": ("", 3), "named": ("", 7), "people": ("", 10)}
    named |= {"gone": (AWAY, 10)}
    return summed("T1", "Activité par lieu", columns, labels, counts, notes, sums=sums, things=things, named=named)


def _key(place: str) -> str:
    return plain(place) or place


def public(run: Run, beside: Beside) -> Table:
    """Sex by age band."""
    bands = {band: at for at, band in enumerate(AGE_BANDS)}
    unknown = len(bands)
    counts = Counts()
    for sex, band, contacts, people in rows(run, "T2"):
        line = sex if sex in ("F", "M", "GROUPE") else "NSP"
        counts[line, bands.get(band, unknown)] += people
        counts[line, unknown + 1] += people
        counts[line, unknown + 2] += contacts
    for sex, people in beside.people.items():
        counts[sex, unknown] += people
        counts[sex, unknown + 1] += people
    short = {"MOINS_16": "Moins de 16\u00a0ans", "30_PLUS": "30\u00a0ans et plus"}
    columns = (*(short.get(band, f"{band}\u00a0ans") for band in bands), "Âge inconnu", "Jeunes", "Contacts")
    labels = {"F": "Femmes", "M": "Hommes", "NSP": "Non précisé", "GROUPE": "Groupes"}
    notes = (ONCE, "L’âge est celui du jour du contact.")
    sums = ((unknown + 1, tuple(range(unknown + 1))),)
    whole = unknown + 1
    named = {"contacts": ("", whole + 1), "people": ("", whole), "groups": ("GROUPE", whole + 1)}
    named |= {"women": ("F", whole), "men": ("M", whole), "unsaid": ("NSP", whole)}
    named |= {"16-17": ("", bands["16-17"]), "under 16": ("", bands["MOINS_16"])}
    return summed(
        *("T2", "Public par sexe et par âge", columns, labels, counts, notes),
        sums=sums,
        elsewhere=("GROUPE",),
        named=named,
    )


def funnel(run: Run, beside: Beside) -> Table:
    """From contact to handover, with the rates between."""
    contacts, people, meetings, present, attached, *entered = (many or 0 for many in next(rows(run, "T8")))
    schemes = reference.lists()["dispositif"]
    said = {
        "CONTACTS": ("Contacts", contacts),
        "NOMINATIFS": ("Jeunes connus par leur nom", people + beside.gone),
        "RDV": ("Jeunes avec un rendez-vous pris", meetings),
        "PRESENTS": ("Jeunes venus au rendez-vous", present),
        "RATTACHES": ("Jeunes rattachés (dossier I-MILO créé)", attached),
        "ENTREES": ("Entrées en CEJ, PACEA ou formation", sum(entered)),
        **{scheme: (schemes[scheme], many) for scheme, many in zip(ENTERED, entered, strict=True)},
    }
    counts = Counts({(code, 0): many for code, (_, many) in said.items() if code != "ENTREES"})
    labels = {code: label for code, (label, _) in said.items()}
    shares = (
        Share("Rendez-vous pris, parmi les jeunes connus", ("RDV", 0), ("NOMINATIFS", 0)),
        Share("Venus, parmi les rendez-vous pris", ("PRESENTS", 0), ("RDV", 0)),
        Share("Rattachés, parmi les jeunes connus", ("RATTACHES", 0), ("NOMINATIFS", 0)),
        Share("Entrées, parmi les rattachés", ("ENTREES", 0), ("RATTACHES", 0)),
    )
    notes = ["Un jeune compte une fois à chaque étape où il est arrivé, parmi les jeunes rencontrés dans la période."]
    if beside.gone or beside.contacts:
        notes.append(
            "Les rendez-vous passés de fiches allégées ne sont plus sur ce poste\u00a0: le bureau a le détail."
        )
    part_of = dict.fromkeys(ENTERED, "ENTREES")
    named = {"contacts": "CONTACTS", "people": "NOMINATIFS", "attached": "RATTACHES", "entered": "ENTREES"}
    return summed(
        *("T8", "Entonnoir", ("Nombre",), labels, counts, notes),
        part_of=part_of,
        shares=shares,
        total=False,
        named={name: (line, 0) for name, line in named.items()},
    )


def reach(run: Run, beside: Beside) -> Table:
    """Who was found, and who was won back (O2R)."""
    people, unfollowed, mobilised, entered = (many or 0 for many in next(rows(run, "T10")))
    labels = {
        "REPERES": "Repérés",
        "INVISIBLES": "dont invisibles (sans suivi du service public de l’emploi)",
        "REMOBILISES": "Remobilisés (venus à un rendez-vous, ou rattachés)",
        "PARCOURS": "Entrés en parcours (CEJ, PACEA, formation)",
    }
    many = (people + beside.gone, unfollowed, mobilised, entered)
    counts = Counts({(code, 0): n for code, n in zip(labels, many, strict=True)})
    shares = tuple(
        Share(label, (code, 0), ("REPERES", 0))
        for code, label in (
            ("INVISIBLES", "Invisibles"),
            ("REMOBILISES", "Remobilisés"),
            ("PARCOURS", "Entrés en parcours"),
        )
    )
    notes = [
        ONCE.split("\u00a0;", 1)[0]
        + ". Invisible\u00a0: non inscrit à France Travail, ou sans contact régulier depuis 5\u00a0mois."
    ]
    if beside.gone or beside.contacts:
        notes.append("Les réponses de fiches allégées ne sont plus sur ce poste\u00a0: le bureau a le détail.")
    named = {"people": ("REPERES", 0), "unfollowed": ("INVISIBLES", 0), "entered": ("PARCOURS", 0)}
    return summed(
        *("T10", "Repérer et remobiliser (O2R)", ("Jeunes",), labels, counts, notes),
        shares=shares,
        total=False,
        named=named,
    )


_COMPUTED = ("NEET", "MINEUR", "DECROCHEUR", "QPV", "PSH_PR", "INVISIBLE")
_ALSO = {"minors": "MINEUR", "unfollowed": "INVISIBLE", "QPV": "QPV", "NEET": "NEET", "rqth": "TH"}
"""Lines whose people other tables count too, by their names there."""
_SEALED = {"ASE": "ase", "DETENTION_MJ": "justice", "TH": "rqth"}
OPENED = frozenset("NEET MINEUR DECROCHEUR QPV INVISIBLE PRECARITE".split())
"""Audiences of which the screen shows real figures, and who they are; the others are reserved (domain.md 4.2)."""


def targets(run: Run, beside: Beside) -> Table:
    """Whom the project is for; small counts of reserved audiences are hidden even on the screen (decision 19)."""
    targets = {**reference.lists()["public_cible"], "INVISIBLE": "Sans suivi du service public de l’emploi"}
    reserved = beside.reserved
    labels = {
        code: label
        for code, label in targets.items()
        if code != "REF_DA" and (reserved is not None or code not in _SEALED)
    }
    counts = Counts()
    for latest, neet, minor, drop_out, qpv, homeless, unfollowed, declared, many in rows(run, "T11"):
        holds = {
            code
            for code, said in zip(_COMPUTED, (neet, minor, drop_out, qpv, homeless, unfollowed), strict=True)
            if said
        }
        holds |= {code for code in labels if f'"{code}"' in declared and code not in _SEALED}
        for code in holds:
            counts[code, 0] += many * latest
            counts[code, 1] += many
    notes = [
        "Une personne peut compter à plusieurs lignes\u00a0: elles ne s’additionnent pas. Selon les réponses du dernier contact.",
        "Décrocheur\u00a0: déclaré, ou sorti sans diplôme d’après les réponses.",
    ]
    columns: tuple[str, ...] = ("Jeunes", "Contacts")
    if reserved is not None:
        met = Counter(code for person, _ in rows(run, "outcomes") for code in reserved.get(person, ()))
        for code, criterion in _SEALED.items():
            counts[code, 0] += met[criterion]
        notes.append("ASE, justice, TH\u00a0: critères protégés, comptés par jeune seulement.")
    else:
        notes.append(f"ASE, justice, TH\u00a0: critères protégés, comptés {beside.unopened}.")
    if beside.gone or beside.contacts:
        notes.append("Les réponses de fiches allégées ne sont plus sur ce poste\u00a0: le bureau a le détail.")
    named = {name: (line, 0) for name, line in _ALSO.items()}
    named |= {f"{name} contacts": (name, 1) for name in ("NEET", "QPV")}
    table = summed(*("T11", "Publics du projet", columns, labels, counts, notes), total=False, named=named)
    return suppressed_where(table, lambda line, column: line not in OPENED)
