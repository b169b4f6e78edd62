"""Turn a quiz into nodes; the directive and the cell renderer share it."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import fourps.quiz.findings
import fourps.quiz.model
import fourps.quiz.player
from fourps.book.folds import folded
from fourps.book.player_nodes import Builder, Mount, Player, PlayerPart, Word, load

if TYPE_CHECKING:
    from pathlib import Path

    from docutils import nodes as docutils_nodes
    from sphinx.application import Sphinx

    from fourps.book.page_in_book import PageInBook
    from fourps.quiz.model import Quiz


def load_quiz(page: PageInBook, path: Path) -> tuple[Quiz, Builder]:
    """Read a quiz that a page draws, or raise BrokenSourceError."""
    quiz, source = load(page, path, fourps.quiz.model.load, fourps.quiz.findings.check)
    return quiz, Builder(page, path, fourps.quiz.player.spec(quiz, {}), source)


def quiz_nodes(page: PageInBook, path: Path) -> list[docutils_nodes.Node]:
    """Return the nodes of a quiz, or raise BrokenSourceError."""
    quiz, build = load_quiz(page, path)
    mount = Mount(kind="quiz", spec=build.bare, outcomes=quiz.objectives)
    mount += [build.line("title", "h"), build.word("text-quiz")]
    for number, (name, question) in enumerate(quiz.questions.items(), 1):
        at = f"questions/{name}"
        part = PlayerPart(ids=[f"{quiz.id}-{name}"])
        text = build.words["question"].format(number=number, count=len(quiz.questions))
        part += Word(text=text, refid="")
        part += build.lines(f"{at}/text")
        part += _question(build, at, question)
        mount += part
    return [mount]


def only(table: dict[str, Any], *keys: str) -> dict[str, Any]:
    """Return what a table has under these keys, in their order."""
    return {key: table[key] for key in keys if key in table}


def marking(full: dict[str, Any]) -> dict[str, Any]:
    """Return what marks a quiz, without the texts that ask and explain."""
    questions = {}
    for name, question in full["questions"].items():
        kept = only(question, "kind", "objective", "confidence", "answer", "before")
        for key, parts in only(question, "options", "items", "pairs").items():
            kept[key] = {part: only(parts[part], "correct") for part in parts}
        questions[name] = kept
    return {**full, "title": "", "questions": questions}


def _question(build: Builder, at: str, question: Any) -> list[docutils_nodes.Node]:
    """Return what can be answered, and a fold with the answer and why."""
    shown: list[docutils_nodes.Node] = []
    fold, word = folded(build.words["answer-why"]), build.words
    # parts are told apart by letters, so that each text stands on the page once
    match question:
        case fourps.quiz.model.Order():
            shown.append(build.word("place"))
            # listed by id, since the file's order is the answer
            letters = dict(zip(sorted(question.items), ascii_uppercase, strict=False))
            for key, letter in letters.items():
                shown.append(build.line(f"{at}/items/{key}/text", lead=f"{letter}."))
            fold += Word(text=", ".join(letters[key] for key in question.items), refid="")
            for key, letter in letters.items():
                fold += build.line(f"{at}/items/{key}/feedback", lead=f"{letter}.")
        case fourps.quiz.model.Match():
            for key, letter in zip(question.pairs, ascii_uppercase, strict=False):
                shown.append(build.line(f"{at}/pairs/{key}/text", lead=f"{letter}."))
                fold += build.line(f"{at}/pairs/{key}/answer", lead=f"{letter}.")
                fold += build.line(f"{at}/pairs/{key}/feedback")
        case _:
            if isinstance(question, fourps.quiz.model.Reason):
                shown.append(build.word("true-false"))
                fold += build.word("true" if question.answer else "false")
            for (key, option), letter in zip(
                question.options.items(), ascii_uppercase, strict=False
            ):
                shown.append(build.line(f"{at}/options/{key}/text", lead=f"{letter}."))
                mark = word["right-mark" if option.correct else "wrong-mark"]
                fold += build.line(f"{at}/options/{key}/feedback", lead=f"{letter} ({mark}).")
    fold += build.lines(f"{at}/why")
    fold += build.sources(f"{at}/sources", question.source)
    return [*shown, fold]


class QuizDirective(Player):
    """``{quiz} quiz.yaml``: a quiz to answer."""

    nodes_of = staticmethod(quiz_nodes)


def register(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("quiz", QuizDirective)
