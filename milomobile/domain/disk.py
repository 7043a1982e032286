"""Why a file could not be read or written, in words of the screen's language whatever that of the system."""

import errno

_WORDS = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "la place accordée est épuisée",
    errno.EFBIG: "le fichier est trop grand pour ce disque",
    errno.EACCES: "l’accès est refusé, ou le fichier est ouvert ailleurs",
    errno.EPERM: "l’accès est refusé",
    errno.EROFS: "le disque est protégé en écriture",
    errno.ENOENT: "le dossier ou le fichier n’existe pas",
    errno.ENOTDIR: "le chemin n’est pas un dossier",
    errno.EISDIR: "c’est un dossier",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EEXIST: "le fichier existe déjà",
    errno.ENOTEMPTY: "le dossier n’est pas vide",
    errno.ENODEV: "le disque a été retiré",
    errno.ENXIO: "le disque a été retiré",
    errno.EIO: "le disque ne répond pas ou a été retiré",
    errno.ESTALE: "le disque a été retiré",
    errno.EXDEV: "le fichier est sur un autre disque",
}


def why(wrong: OSError) -> str:
    """« le disque est plein »; the system's number where there is no word for it."""
    return _WORDS.get(
        wrong.errno or 0, f"erreur {wrong.errno} du système" if wrong.errno else "le disque ne répond pas"
    )


def too_long(wrong: Exception) -> str | None:
    """The sentence for a file or folder named on the command line that no disk can hold; None for anything else."""
    if not isinstance(wrong, OSError) or wrong.errno != errno.ENAMETOOLONG:
        return None
    longest = max(str(wrong.filename or "").replace("\\", "/").split("/"), key=len)
    return f"Le nom «\u00a0{longest[:30]}…\u00a0» est trop long. Rien n’est écrit. Donnez-en un plus court."
