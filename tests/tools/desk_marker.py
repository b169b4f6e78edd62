"""Somebody at the desk."""

from __future__ import annotations


class Marker:
    """Somebody at the desk, who knows whose text each one is."""

    def __init__(self, desk):
        self.desk = desk
        self.load()

    def load(self):
        """Read the page again."""
        task = self.desk.load()
        self.texts = {self.desk.who(text["key"]): text for text in task["texts"]}
        return task

    def mark(self, who, *scores, comment="", cap=False, **more):
        """Mark a text as the page does, which knows of it what it was told last."""
        decision = {"kind": "mark", "scores": [*scores], "cap": cap, "comment": comment} | more
        return self.put(who, decision)

    def put(self, who, decision):
        text = self.texts[who]
        text |= self.desk.put(text["key"], decision, text["seen"])
        return text
