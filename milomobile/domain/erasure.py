"""Why somebody's file is erased: codes that travel, so that nothing personal does."""

REASONS = {
    "DEMANDE": "Demande de la personne",
    "DOUBLON": "Doublon",
    "ERREUR": "Erreur",
    "FIN_DE_CONSERVATION": "Fin de conservation",
}
