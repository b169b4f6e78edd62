"""Checks of an exercise, run as a kernel runs them, but at once."""

import ast
import contextlib
import io

from nbseal.base.cells import grade_id


class Cell:
    """A check as a kernel runs it."""

    def __init__(self, source, name):
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        self.code = compile(tree, name, "exec")
        self.shown = compile(ast.Expression(last.value), name, "eval") if last else None
        self.name = name.replace("-", "_")

    def marked(self, text):
        """Return the points of an answer, and what is said of it."""
        space, out = {self.name: text}, io.StringIO()
        try:
            with contextlib.redirect_stdout(out):
                exec(self.code, space)  # noqa: S102 - our own check
                points = eval(self.shown, space)  # noqa: S307
        except AssertionError as error:
            return [0, str(error)]
        return [points, out.getvalue().removesuffix("\n")]


def tasks(exercise):
    """Yield the name, the right answer and the check of each task whose answer is a text."""
    text = None
    for cell in exercise.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution") and about.get("grade"):
            # what a person marks begins part 2
            return
        if about.get("solution"):
            text = _text(cell)
        elif about.get("grade") and about["points"] and text is not None:
            name = grade_id(cell).removesuffix("-check")
            yield name, text, Cell(cell.source, name)


def _text(cell):
    """Return the text that a cell binds, if it binds one."""
    space = {}
    exec(cell.source, space)  # noqa: S102 - our own solution
    texts = [value for name, value in space.items() if name.startswith("task_")]
    return texts[0] if len(texts) == 1 and isinstance(texts[0], str) else None
