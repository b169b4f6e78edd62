"""Turn a quiz into nodes; the directive and the cell renderer share it.

``{change} forms/before.yaml forms/after.yaml`` shows the reader's own results in these tests.
"""

from __future__ import annotations

from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import fourps.quiz.findings
import fourps.quiz.model
import fourps.quiz.player
from fourps.book.boxes import folded
from fourps.book.page_in_book import CourseDirective, PageInBook
from fourps.book.player_nodes import Builder, Mount, Player, PlayerPart, Word, load
from fourps.quiz.player import marking

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from fourps.quiz.model import Quiz

# for a letter or number in pencil
_ROOM = "____"


def load_quiz(page: PageInBook, path: Path) -> tuple[Quiz, Builder]:
    """Read a quiz that a page draws, or raise BrokenSourceError."""
    quiz, source = load(page, path, fourps.quiz.model.load, fourps.quiz.findings.check)
    return quiz, Builder(page, path, fourps.quiz.player.spec(quiz, {}), source)


def quiz_nodes(page: PageInBook, path: Path) -> list[nodes.Node]:
    """Return the nodes of a quiz, or raise BrokenSourceError."""
    quiz, build = load_quiz(page, path)
    mount = Mount(kind="quiz", spec=build.bare, outcomes=quiz.objectives)
    mount += [build.line("title", "h"), build.word("text-quiz"), build.word("paper-sheet")]
    for number, (name, question) in enumerate(quiz.questions.items(), 1):
        at = f"questions/{name}"
        part = PlayerPart(ids=[f"{quiz.id}-{name}"])
        text = build.words["question"].format(number=number, count=len(quiz.questions))
        part += Word(text=text, refid="")
        part += build.lines(f"{at}/text")
        part += _question(build, at, question)
        mount += part
    return [mount]


def _question(build: Builder, at: str, question: Any) -> list[nodes.Node]:
    """Return what can be answered, and a fold with the answer and why."""
    shown: list[nodes.Node] = []
    fold, word = folded(build.words["answer-why"]), build.words
    # parts are told apart by letters, so that each text stands on the page once
    match question:
        case fourps.quiz.model.Order():
            shown.append(build.word("place"))
            # listed by id, since the file's order is the answer
            letters = dict(zip(sorted(question.items), ascii_uppercase, strict=False))
            for key, letter in letters.items():
                shown.append(build.line(f"{at}/items/{key}/text", lead=f"{letter}."))
            shown.append(Word(text=" → ".join(_ROOM for _ in letters)))
            fold += Word(text=", ".join(letters[key] for key in question.items))
            for key, letter in letters.items():
                fold += build.line(f"{at}/items/{key}/feedback", lead=f"{letter}.")
        case fourps.quiz.model.Match():
            fold += _matched(build, at, question, shown)
        case _:
            if isinstance(question, fourps.quiz.model.Reason):
                both = _boxes(word["true-false"], word["true"], word["false"])
                shown += [Word(text=both), build.word("reason")]
                fold += build.word("true" if question.answer else "false")
            if isinstance(question, fourps.quiz.model.Multiple):
                shown.append(build.word("several"))
            for (key, option), letter in zip(
                question.options.items(), ascii_uppercase, strict=False
            ):
                shown.append(build.line(f"{at}/options/{key}/text", lead=f"{letter}."))
                mark = word["right-mark" if option.correct else "wrong-mark"]
                fold += build.line(f"{at}/options/{key}/feedback", lead=f"{letter} ({mark}).")
    if question.confidence:
        levels = (word[f"sure-{level}"] for level in (1, 2, 3))
        shown.append(Word(text=_boxes(word["sure"], *levels)))
    fold += build.lines(f"{at}/why")
    fold += build.sources(f"{at}/sources", question.source)
    return [*shown, fold]


def _matched(
    build: Builder, at: str, question: fourps.quiz.model.Match, shown: list[nodes.Node]
) -> list[nodes.Node]:
    """Show what is matched with what, in an order that is no answer; return the answer and why."""
    letters = dict(zip(question.pairs, ascii_uppercase, strict=False))
    answers = {
        key: build.page.translate(pair.answer, f"{at}/pairs/{key}/answer")
        for key, pair in question.pairs.items()
    }
    numbers = {
        key: number for number, key in enumerate(sorted(answers, key=answers.__getitem__), 1)
    }
    shown.extend(build.line(f"{at}/pairs/{key}/text", lead=f"{letters[key]}.") for key in letters)
    shown.append(build.word("match-help"))
    shown.extend(build.line(f"{at}/pairs/{key}/answer", lead=f"{numbers[key]}.") for key in numbers)
    shown.append(Word(text="   ".join(f"{letter}: {_ROOM}" for letter in letters.values())))
    fold: list[nodes.Node] = [
        Word(text=", ".join(f"{letters[key]} {numbers[key]}" for key in letters))
    ]
    for key, letter in letters.items():
        fold.append(build.line(f"{at}/pairs/{key}/feedback", lead=f"{letter}."))
    return fold


def _boxes(ask: str, *answers: str) -> str:
    return "   ".join([ask, *(f"☐\u00a0{answer}" for answer in answers)])


class QuizDirective(Player):
    """``{quiz} quiz.yaml``: a quiz to answer."""

    nodes_of = staticmethod(quiz_nodes)


class ChangeDirective(CourseDirective):
    """Draws what changed between tests: their right answers, and their titles."""

    required_arguments = 1
    final_argument_whitespace = True

    def draw(self) -> list[nodes.Node]:
        page = PageInBook(self.env, self.state.inliner, self.lineno)
        mount = Mount(kind="change", spec={"quizzes": []})
        for index, name in enumerate(self.arguments[0].split()):
            quiz, build = load_quiz(page, Path(self.env.relfn2path(name)[1]))
            mount["spec"]["quizzes"].append(marking(build.spec))
            line = build.source.line(("title",))
            mount += build.text(quiz.title, line, key=f"quizzes/{index}/title", tag="p")
        return [mount]


def register(app: Sphinx) -> None:
    """Add the directives."""
    app.add_directive("quiz", QuizDirective)
    app.add_directive("change", ChangeDirective)
