"""What is kept of one person, as a PDF that they can read (RGPD art. 15)."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from milomobile.domain import journal
from milomobile.domain.choices import Lists
from milomobile.domain.coded import CODES
from milomobile.domain.dates import french_date, french_time
from milomobile.paths import RESOURCES

_TITLES = {
    "person.given_name": "Prénom",
    "person.birth_name": "Nom de naissance",
    "person.usual_name": "Nom d’usage",
    "person.birth_date": "Date de naissance",
    "person.stated_age": "Âge déclaré",
    "person.sex": "Sexe",
    "person.phone": "Téléphone",
    "person.email": "Courriel",
    "person.social": "Autre contact",
    "person.address": "Adresse",
    "person.no_address": "Sans adresse stable",
    "person.postal_code": "Code postal",
    "person.commune": "Commune",
    "person.country": "Pays",
    "person.qpv": "Quartier prioritaire",
    "person.qpv_status": "Habite en quartier prioritaire",
    "person.preference": "Préférence de contact",
    "person.birth_place": "Commune de naissance",
    "person.birth_country": "Pays de naissance",
    "handover": "Rattachement",
    "agrees.sms": "Accord pour les SMS",
    "agrees.call": "Accord pour les appels",
    "agrees.email": "Accord pour les courriels",
    "guardian.link": "Représentant légal, lien",
    "guardian.name": "Représentant légal, nom",
    "guardian.phone": "Représentant légal, téléphone",
    "referent": "Référent",
    "scheme": "Dispositif",
    "imilo_number": "N° de dossier I-MILO",
    "structure": "Mission Locale compétente",
    "id": "Identifiant de la fiche",
    "place": "Lieu",
    "setting": "Cadre",
    "adviser": "Conseiller ou conseillère",
    "origin": "Origine",
    "known": "Connu de la Mission Locale",
    "outcome": "Résultat",
    "audiences": "Publics du projet",
    "needs": "Demandes",
    "barriers": "Freins",
    "recall_on": "À recontacter le",
    "comment": "Commentaire",
    "notice.how": "Information donnée",
    "notice.version": "Version de l’information",
    "notice.language": "Langue de l’information",
    "notice.signature": "Signature",
    "notice.unsigned": "Signature impossible",
    "situation.category": "Situation",
    "situation.inactive_since": "Sans activité depuis",
    "situation.level": "Niveau",
    "situation.diploma": "Diplôme",
    "situation.registered_ft": "Inscrit à France Travail",
    "situation.last_contact": "Dernier contact avec un organisme",
    "situation.housing": "Logement",
    "situation.licence": "Permis",
    "situation.transport": "Transport",
    "situation.resources": "Ressources",
    "situation.children": "Enfants à charge",
    "situation.french_help": "Aide en français",
    "situation.last_class": "Dernière classe",
    "situation.left_school": "Sortie de l’école",
    "situation.ft_id": "Identifiant France Travail",
    "situation.ft_id_absence": "Sans identifiant France Travail",
    "appointment.at": "Rendez-vous",
    "appointment.place": "Lieu du rendez-vous",
}
_CODES = dict(CODES) | {"audiences": "public_cible", "person.qpv": "qpv"}
_RIGHTS = (
    "Vous pouvez demander à voir, corriger, limiter ou effacer ces informations, ou vous opposer à leur usage, auprès de "
    "la Mission Locale. Vous pouvez aussi vous adresser à la CNIL (www.cnil.fr)."
)
_SEALED = (
    "Des critères protégés ont été notés avec vous. Ils sont scellés : cet ordinateur ne peut pas les lire. Le référent de "
    "la Mission Locale vous les montre à votre demande."
)
_FONTS = ("AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-SemiBold")

Pairs = list[tuple[str, str]]


def sections(kept: Mapping[str, Any], lists: Lists, communes: Mapping[str, str]) -> Iterator[tuple[str, Pairs]]:
    """Title and (question, answer) of each part of what `actions.rights` gathered; unanswered questions are left out."""
    for number, file in enumerate(kept["files"]):
        title = "Votre fiche" if not number else f"Fiche réunie à la vôtre ({number})"
        yield title, list(_answers(file, lists, communes))
    for met in kept["encounters"]:
        yield f"Rencontre du {_when(met['at'])}", list(_answers({**met, "at": None}, lists, communes))
    sent = [(one["name"], f"{one['structure']}, le {_when(one['at'])}") for one in kept["referrals"]]
    asked = [
        (said, f"depuis le {_when(kept[name])}")
        for name, said in (("restricted_at", "Usage limité à votre demande"), ("objected_at", "Opposition"))
        if kept[name]
    ]
    if kept["sealed_criteria"]:
        asked.append(("Critères protégés", _SEALED))
    corrected = [(_when(one["at"]), f"Fiche corrigée par {one['adviser']}") for one in kept["corrections"]]
    looked = [(_when(one["at"]), journal.words(one["what"])) for one in kept["consultations"]]
    parts = (("Orientations", sent), ("Vos demandes", asked), ("Corrections", corrected), ("Consultations", looked))
    yield from ((title, pairs) for title, pairs in parts if pairs)


def _answers(line: Mapping[str, Any], lists: Lists, communes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    flat = {
        f"{name}.{inner}" if isinstance(value, Mapping) else name: said
        for name, value in line.items()
        for inner, said in (value.items() if isinstance(value, Mapping) else (("", value),))
    }
    partners = flat.pop("agrees.partners", None) or {}
    for name, title in _TITLES.items():
        if (said := flat.get(name)) not in (None, "", [], ()) and not (
            said is False and not name.startswith("agrees.")
        ):
            yield title, _words(name, said, lists, communes)
    yield from ((f"Partage avec {who}", _yes(agreed)) for who, agreed in partners.items())


def _words(name: str, said: Any, lists: Lists, communes: Mapping[str, str]) -> str:
    if isinstance(said, bool):
        return _yes(said)
    if name == "notice.signature":
        return "Gardée"
    if name == "person.commune":
        return communes.get(said, said)
    if name == "appointment.at":
        return _when(said)
    if name in ("person.birth_date", "recall_on"):
        return french_date(datetime.fromisoformat(said).date())
    labels = lists.get(_CODES.get(name, ""), {})
    return ", ".join(labels.get(one, one) for one in said) if isinstance(said, list) else labels.get(said, str(said))


def _yes(said: bool) -> str:
    return "Oui" if said else "Non"


def _when(iso: str) -> str:
    at = datetime.fromisoformat(iso)
    return f"{french_date(at.date())}, {french_time(at)}"


def pdf(kept: Mapping[str, Any], lists: Lists, communes: Mapping[str, str], office: Sequence[str]) -> bytes:
    """The pages, A4; `office` are the lines of the Mission Locale's address."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    regular, bold = _fonts()
    body = ParagraphStyle("body", fontName=regular, fontSize=10, leading=14)
    strong = ParagraphStyle("strong", parent=body, fontName=bold)
    title = ParagraphStyle("title", parent=strong, fontSize=18, leading=24)
    head = ParagraphStyle("head", parent=strong, fontSize=13, leading=18, spaceBefore=10, spaceAfter=4, keepWithNext=1)

    def text(said: str, style: ParagraphStyle) -> Paragraph:
        from xml.sax.saxutils import escape

        name = _font_of(said)
        return Paragraph(escape(said), style if name is None else ParagraphStyle("other", parent=style, fontName=name))

    exported = _when(kept["exported_at"])
    flow = [
        text("Les informations gardées sur vous", title),
        *(text(line, body) for line in office if line),
        text(f"Copie du {exported}. À remettre à la personne, et à elle seule.", body),
        Spacer(1, 4 * mm),
        text(_RIGHTS, body),
    ]
    ruled = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -2), 0.3, "#C9D3D5")])
    for said, pairs in sections(kept, lists, communes):
        flow.append(text(said, head))
        rows = [[text(asked, body), text(answer, strong)] for asked, answer in pairs]
        flow.append(Table(rows, colWidths=(62 * mm, 108 * mm), style=ruled))

    def numbered(canvas: Any, document: Any) -> None:
        canvas.setFont(regular, 9)
        canvas.drawRightString(190 * mm, 10 * mm, f"Page {document.page}")

    made = io.BytesIO()
    margins = {"leftMargin": 20 * mm, "rightMargin": 20 * mm, "topMargin": 18 * mm, "bottomMargin": 18 * mm}
    document = SimpleDocTemplate(
        made, pagesize=A4, title="Les informations gardées sur vous", author=office[0], **margins
    )
    document.build(flow, onFirstPage=numbered, onLaterPages=numbered)
    return made.getvalue()


@cache
def _fonts() -> tuple[str, str]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in _FONTS:
        pdfmetrics.registerFont(TTFont(name, RESOURCES / "fonts" / f"{name}.ttf"))
    return _FONTS


@cache
def _others() -> dict[str, frozenset[int]]:
    """Fonts of other scripts, by name, and the characters each has."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    found = {}
    for file in sorted((RESOURCES / "fonts" / "notice").glob("*.ttf")):
        try:
            font = TTFont(file.stem, file)
        except TTFError:
            continue
        pdfmetrics.registerFont(font)
        found[file.stem] = frozenset(font.face.charToGlyph)
    return found


def _font_of(said: str) -> str | None:
    """A font of another script for a text that ours cannot show; None where ours can, or no font does."""
    from reportlab.pdfbase import pdfmetrics

    wanted = {ord(c) for c in said if not c.isspace()}
    if wanted <= pdfmetrics.getFont(_fonts()[0]).face.charToGlyph.keys():
        return None
    return next((name for name, has in _others().items() if wanted <= has), None)
