"""What a check of a decision record says, in the language of the notebook."""

import pytest

from fourps.course.mime import LANGUAGE
from fourps.exercise import check_record
from fourps.play_record import Record

OTHER = str(Record("five-notes", "1a2b3c4d", "02"))


@pytest.mark.parametrize(
    ("line", "scenario", "english", "french"),
    [
        (OTHER, "protection", "This record belongs to 'five-notes'", "appartient à « five-notes »"),
        (OTHER, "foundations", "made with version 1a2b3c4d", "vient de la version 1a2b3c4d"),
        (OTHER[:-1] + "-", "foundations", "was damaged", "incomplet ou altéré"),
        ("fourps2:x", "foundations", "not a decision record", "est pas un relevé"),
        ("", "foundations", "There is no record yet", "y a pas encore de relevé"),
    ],
)
def test_refused_in_the_notebook_s_language(monkeypatch, line, scenario, english, french):
    """Is a record that cannot be used refused in the language of whoever reads it?"""
    for language, said in (("en", english), ("fr", french)):
        monkeypatch.setenv(LANGUAGE, language)
        with pytest.raises(AssertionError) as found:
            check_record(line, scenario)
        assert said in str(found.value).replace("\N{NO-BREAK SPACE}", " ")
