"""What each failure of the network means, as people are told: what happened, that nothing is lost, what to do."""

from sync import errors

_KEPT = "Tout est gardé ici."
NOT_BOUND = "Ce poste n’est pas encore relié à un serveur. Tout est gardé ici. Reliez-le d’abord dans Réglages."
LATE = (
    "Tout est envoyé, mais les nouvelles du bureau ne sont pas toutes arrivées. Rien n’est perdu. Elles viendront au "
    "prochain envoi."
)


def sentence(wrong: errors.SyncError) -> str:
    """What happened, that nothing is lost, and what to do (ux/DESIGN 10)."""
    for kind, said in _SENTENCES.items():
        if isinstance(wrong, kind):
            return said
    return f"Le serveur ne répond pas comme attendu. {_KEPT} Réessayez plus tard ou prévenez le bureau."


_SENTENCES: dict[type[errors.SyncError], str] = {
    errors.BadAddress: (
        "Cette adresse de serveur n’est pas valable\u00a0: elle commence par «\u00a0https://\u00a0». Rien n’a été envoyé. "
        "Vérifiez-la avec le bureau."
    ),
    errors.BadCertificate: (
        "Ce fichier n’est pas un certificat de serveur. Rien n’a été envoyé. Demandez-le de nouveau au bureau."
    ),
    errors.BadCode: (
        "Ce code n’est pas valable, ou il a déjà servi ou expiré. Rien n’est perdu. Demandez un nouveau code au bureau."
    ),
    errors.WrongServer: (
        "Ce serveur n’est pas celui de la Mission Locale\u00a0: l’envoi est bloqué pour protéger les fiches. "
        "Rien n’est perdu. Vérifiez l’adresse avec le bureau."
    ),
    errors.Portal: f"Ce Wi-Fi demande d’abord une validation. {_KEPT} Ouvrez la page du Wi-Fi, puis réessayez.",
    errors.ProxyAsks: (
        f"Ce réseau demande un identifiant. {_KEPT} Essayez le partage de connexion, ou demandez au bureau de régler le "
        "proxy de cet ordinateur."
    ),
    errors.CertificateDates: (
        "Le certificat du serveur n’est pas valable à la date de cet ordinateur\u00a0: l’envoi est bloqué pour protéger les "
        f"fiches. {_KEPT} Vérifiez l’heure, puis prévenez le bureau."
    ),
    errors.CertificateRefused: (
        f"La connexion n’est pas sûre\u00a0: l’envoi est bloqué pour protéger les fiches. {_KEPT} Changez de réseau ou "
        "prévenez le bureau."
    ),
    errors.WrongClock: f"L’heure de cet ordinateur semble fausse. {_KEPT} Corrigez-la, puis réessayez.",
    errors.NotAllowed: f"Le bureau doit à nouveau autoriser ce poste. {_KEPT} Demandez-lui un code.",
    errors.Fork: (
        f"Le serveur connaît pour ce poste une autre suite d’éléments. {_KEPT} N’envoyez plus rien et prévenez le bureau."
    ),
    errors.ServerBusy: f"Le serveur est très occupé. {_KEPT} Réessayez dans quelques minutes.",
    errors.UpdateNeeded: (
        "Le serveur attend une version plus récente de Milo Mobile. Vous pouvez continuer les inscriptions\u00a0; "
        "l’envoi reprendra après la mise à jour."
    ),
    errors.TooLarge: (
        f"Quelque chose sur ce réseau refuse les envois de cette taille. {_KEPT} Essayez le partage de connexion, puis "
        "réessayez."
    ),
    errors.Altered: (
        f"Quelque chose sur ce réseau modifie les envois, et le serveur les refuse. {_KEPT} Changez de réseau, puis "
        "réessayez."
    ),
    errors.NotUnderstood: (
        f"Le serveur ne comprend pas cet envoi. {_KEPT} Prévenez le bureau\u00a0: le poste ou le serveur a besoin d’une "
        "mise à jour."
    ),
    errors.ServerFault: f"Le serveur ne répond pas. Rien n’est perdu. {_KEPT} Réessayez dans quelques minutes.",
    errors.Offline: (
        f"Pas de réseau pour l’instant, ou le serveur ne répond pas. {_KEPT} Activez le partage de connexion, puis "
        "réessayez."
    ),
}


def lacking(lost: int) -> str | None:
    """What a restored server no longer has, nor this laptop: nothing of it is kept quiet."""
    if not lost:
        return None
    many = "s" * (lost > 1)
    return (
        f"{lost} ancien{many} élément{many} manque{'nt' * (lost > 1)} au serveur, remis d’une vieille sauvegarde, et ce "
        "poste n’en a plus la copie. Les fiches d’ici sont intactes. Prévenez le bureau\u00a0: l’export des contacts de ce "
        "poste les lui redonne."
    )
