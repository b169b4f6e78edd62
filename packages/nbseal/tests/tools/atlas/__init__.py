"""A made-up course with a profile of its own: it checks answers, hints, and speaks French too."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from nbseal.base.errors import RefusedError
from nbseal.base.handins import Handins
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


class Kept(Handins):
    """A platform keeps ``atlas|2026-12-01=map-1|``: a day and a record, each as often as it was."""

    def packed(self, text):
        return re.findall(r"atlas\|[^\s\"\\]*", text)

    def unpack(self, packed):
        whole = re.fullmatch(r"atlas\|((?:[0-9-]{10}=[a-z0-9-]+\|)*)", packed)
        if not whole:
            raise RefusedError("it is torn: export it again")
        pairs = (one.split("=") for one in whole[1].split("|") if one)
        return [(date.fromisoformat(day), record) for day, record in pairs]

    def replay(self, root, lines):
        del root
        known = [line for line in lines if line.startswith("map-")]
        return known, [f"The record '{line}' is left out." for line in lines if line not in known]


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
        handins=Kept(),
        rubric=lambda _, __, cell, ___: RUBRIC if cell == "letter" else None,
        words=lambda language: FRENCH if language == "fr" else FEEDBACK,
    )
