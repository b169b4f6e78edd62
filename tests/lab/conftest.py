"""Readers of labs."""

from __future__ import annotations

import json

import pytest

from fourps.course.mime import CATALOGUES, LANGUAGE
from fourps.lab.sentence import reader


@pytest.fixture
def speak(monkeypatch, tmp_path):
    """Have the labs speak a language, from a catalogue."""

    def begin(language, catalogue=""):
        path = tmp_path / "lab.po"
        path.write_text(catalogue, "utf-8")
        monkeypatch.setenv(LANGUAGE, language)
        monkeypatch.setenv(CATALOGUES, json.dumps([str(path)]))
        reader.cache_clear()

    yield begin
    monkeypatch.undo()
    reader.cache_clear()
