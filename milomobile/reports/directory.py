"""The file `annuaire`: the services of the directory, one a line."""

from milomobile.domain.referrals import Service, Structure
from milomobile.reports.columns import Column, Layout, Row

LAYOUT = Layout(
    "annuaire",
    "Annuaire",
    1,
    (
        Column("Structure", "structure"),
        Column("Service", "service"),
        Column("Thèmes", "themes", "many"),
        Column("Publics", "publics", "many"),
        Column("Modes d’accueil", "modes", "many"),
        Column("Zones", "zones", "many"),
        Column("Frais", "fee"),
        Column("Accès", "access"),
        Column("Adresse", "address"),
        Column("Code postal", "postal_code"),
        Column("Commune", "commune"),
        Column("Téléphone", "phone", "phone"),
        Column("Courriel", "email"),
        Column("Site", "link"),
        Column("Horaires", "hours"),
        Column("Mis à jour le", "updated", "date"),
        Column("Source", "source"),
        Column("Identifiant", "id"),
    ),
)


def values(service: Service, structure: Structure) -> Row:
    """The values of one service; what it does not tell is its structure's."""
    return (
        structure.name,
        service.name,
        service.themes or None,
        service.publics or None,
        service.modes or None,
        service.zones or None,
        service.fee,
        service.access,
        service.address or structure.address,
        service.postal_code or structure.postal_code,
        service.commune or structure.commune,
        service.phone or structure.phone,
        service.email or structure.email,
        service.link or structure.site,
        structure.hours,
        service.updated,
        service.source,
        service.id,
    )
