"""A made-up course with a profile of its own: it checks answers, hints, and speaks French too."""

from __future__ import annotations

from pathlib import Path

from nbseal.base.profile import Profile
from nbseal.base.rubric import Criterion, Rubric, Sample
from nbseal.base.words import FEEDBACK

FRENCH = FEEDBACK | {
    "feedback-stopped": "La vérification s'est arrêtée avec {name}.",
    "feedback-failed": "La vérification s'est arrêtée avec une erreur.",
    "feedback-quoted": "Omis\u00a0: cette sortie citait un test caché.",
    "feedback-later": "Omis\u00a0: un test caché a été exécuté avant cette cellule.",
}

_LEVELS = ("all of it", "most of it", "some of it", "none of it")
RUBRIC = Rubric(
    "The letter (6 points)",
    (Criterion("A", "It is *clear*", _LEVELS), Criterion("B", "It is kind", _LEVELS)),
    cap=2,
    cap_text="if it could hurt somebody.",
    samples=(Sample("Weak: 1 point (A 1, B 0).", "> Come.", (1, 0), 1, "A: when?"),),
    stop="**If it is real,** speak with the writer.",
)


def profile():
    """Return the profile; the course lies wherever this package lies."""
    package = Path(__file__).resolve().parent
    return Profile(
        command="atlas grade",
        key="atlas",
        guarded=("atlas.checks",),
        roots=(package.parent,),
        shown=(package,),
        hint="Look again: ",
        rubric=lambda _, __, cell, ___: RUBRIC if cell == "letter" else None,
        words=lambda language: FRENCH if language == "fr" else FEEDBACK,
    )
