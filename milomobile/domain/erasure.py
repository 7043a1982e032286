"""Why somebody's file is erased: codes that travel, so that nothing personal does."""

REASONS = {
    "DEMANDE": "Demande de la personne",
    "DOUBLON": "Doublon",
    "ERREUR": "Erreur",
    "FIN_DE_CONSERVATION": "Fin de conservation",
}
ASKED = f"Le motif est l’un de\u00a0: {', '.join(REASONS)}. Rien n’a été effacé. Choisissez-en un."
