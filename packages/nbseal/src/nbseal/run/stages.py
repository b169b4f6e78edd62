"""nbgrader's autograde cut in two: what comes before a notebook runs, and what comes after.

Both halves are nbgrader's own steps with the course's own configuration. Between them a notebook is
executed elsewhere.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import jsonschema
import nbformat
from nbconvert.writers.files import FilesWriter
from nbgrader.converters import Autograde
from nbgrader.nbgraderformat import common
from nbgrader.preprocessors import Execute
from nbgrader.utils import find_all_files
from traitlets.utils.importstring import import_item

from nbseal.base.notebook_file import NotebookFileError, load
from nbseal.base.profile import profile
from nbseal.collect.submissions import OURS
from nbseal.gradebook import lateness
from nbseal.gradebook.cells import known_cells
from nbseal.gradebook.session import swapped
from nbseal.inert import Inert
from nbseal.machine import brief
from nbseal.odd_files import odd_files
from nbseal.plain.released import ReleasedCode
from nbseal.plugins.credit import above
from nbseal.reasons import because
from nbseal.run.graded_folder import settle, written_whole
from nbseal.run.pool import Way
from nbseal.run.prepared import Prepared, SubmissionError
from nbseal.run.released_cells import ReleasedCells
from nbseal.run.written import written
from nbseal.seal import Limits, SealedExecute, of_course
from nbseal.seal.places import of_a_notebook
from nbseal.seal.sealed_execute import limits, of_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nbseal.collect.submissions import Submission
    from nbseal.gradebook.session import RunGradebook
    from nbseal.plain.released import Plain
    from nbseal.seal import Executed

# characters of what others wrote that are told again
_LONGEST = 200
_OF_LIBRARIES = ("nbgrader.", "nbconvert.", "nbseal.")
# cells whose metadata are known to be valid
_MOST_KEPT = 10_000


class Stages(Autograde):  # type: ignore[misc] # nbgrader has no types
    """nbgrader's converter, used a half at a time.

    Parameters
    ----------
    app
        nbgrader's program, configured by the course.
    gradebook
        Whose `in_place` holds.
    """

    def __init__(self, app: Any, gradebook: RunGradebook) -> None:
        super().__init__(coursedir=app.coursedir, parent=app)
        self._gradebook = gradebook
        self._staging: Path | None = None
        self._steps: dict[type, Any] = {}
        self._released: dict[tuple[str, str], ReleasedCells] = {}
        self._code: dict[tuple[str, str], ReleasedCode] = {}
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = self.exporter_class(parent=self, config=self.config)
        self.before, self.execute, self.after = self._split()

    def _split(self) -> tuple[list[Any], Any, list[Any]]:
        """Return the steps before execution, that of execution or None, and those after it."""
        steps = [
            import_item(step) if isinstance(step, str) else step
            for step in self.autograde_preprocessors
        ]
        # last of all, whether or not the course names it
        steps = [*(step for step in steps if step is not Inert), Inert]
        for number, step in enumerate(steps):
            if isinstance(step, type) and issubclass(step, (Execute, SealedExecute)):
                execute = step(parent=self.exporter)
                return steps[:number], execute if execute.enabled else None, steps[number + 1 :]
        return [], None, steps

    def way(self, *, sealed: bool) -> Way:
        """Return how notebooks are executed, as the course configures that step."""
        if self.execute is None:
            return Way(Limits(), profile().preload, sealed)
        step, ours = self.execute, self._sealing
        given = limits(step.timeout, ours.limits, each=step.timeout_func is not None)
        return Way(given, tuple(ours.preload), sealed, of_course(self.coursedir))

    @functools.cached_property
    def _sealing(self) -> SealedExecute:
        """What the course says of sealed execution, be it the step of its configuration or not."""
        if isinstance(self.execute, SealedExecute):
            return self.execute
        return SealedExecute(parent=self.exporter)

    def prepare(self, submission: Submission) -> Prepared:
        """Do what nbgrader does before a submission is executed. Nothing is written.

        Parameters
        ----------
        submission
            A folder with at least one notebook; what is prepared has none if none can be used.
        """
        self._refuse_odd(submission)
        paths = submission.notebooks()
        self.notebooks = [str(path) for path in paths]
        self.run_pre_convert_hook()
        prepared = Prepared(submission=submission)
        assignment = submission.assignment
        for path in paths:
            if path.stem not in self._gradebook.notebooks(assignment):
                prepared.remarks.append(f"{path.name} is no notebook of this assignment; left out.")
                continue
            try:
                notebook = self._sanitize(path, prepared)
                timeout = self.execute and self.execute.timeout_func
                if seconds := of_cells(timeout, notebook.cells):
                    prepared.seconds[path.stem] = seconds
                prepared.notebooks[path.stem] = notebook
            except (NotebookFileError, SubmissionError) as error:
                prepared.troubles[path.stem] = error.reason
            # a hostile notebook breaks nbgrader's steps in ways of its own
            except Exception as error:
                self.log.exception("%s cannot be prepared", path)
                prepared.troubles[path.stem] = because("not-prepared", error=brief(error))
        prepared.files, own = self._files_beside(submission)
        if self.execute and self._sealing.marks(assignment):
            prepared.marker = own
            prepared.orders = {
                name: self._find_released(assignment, name).order for name in prepared.notebooks
            }
        if self.execute:
            self._read_plain(prepared)
        return prepared

    def write(
        self, prepared: Prepared, executed: Mapping[str, Executed], *, same: bool = False
    ) -> None:
        """Do what nbgrader does after a submission was executed.

        The folder in ``autograded/`` is written whole, then takes its name; the caller commits
        after that. Whatever happens between, the next run does it again.

        Parameters
        ----------
        prepared
            As it was sent.
        executed
            What came back, by name of the notebook; none where the course executes nothing.
        same
            Whether its work is what was graded before: then what a person has marked stays marked,
            unless its own test earns something else by now, or less can be earned.
        """
        assignment, student = prepared.submission.assignment, prepared.submission.student
        self.notebooks = [str(path) for path in prepared.submission.notebooks()]
        with self._staged(assignment, student):
            self.init_assignment(assignment, student)
            self._gradebook.grant(assignment, student)
            names = (*prepared.notebooks, *prepared.troubles) if same else ()
            marked = [
                (grade, grade.auto_score)
                for name in names
                for grade in self._gradebook.confirmed(name, assignment, student)
            ]
            for name, notebook in prepared.notebooks.items():
                if name in executed:
                    executed[name].fill(notebook)
                prepared.remarks += self._of(name, assignment, above(notebook))
                graded, about = self._through(notebook, prepared.submission, name, self.after)
                # it was looked at when it came out of the steps
                self.write_single_notebook(written(graded), about)
            for name in prepared.troubles:
                self._leave_to_a_person(name, assignment, student)
            # nbgrader asks a person to look again, whatever has changed
            for grade, earned in marked:
                if grade.auto_score == earned and grade.manual_score <= grade.max_score:
                    grade.needs_manual_grade = False
            self.set_permissions(assignment, student)
        self.run_post_convert_hook()

    def late(self, assignment: str) -> list[str]:
        """Return from whom lateness takes off something else by now. Nothing is written.

        Dates, extensions, marks given by hand and the configuration change without a hand-in.
        """
        book = self._gradebook
        waiting = book.waiting(assignment)
        changed = {*waiting} & book.graded(assignment)
        steps = [step(parent=self.exporter) for step in self.after if lateness.usual(step)]
        for late in lateness.read(book.session, assignment, waiting) if steps else ():
            # nbgrader looks only at what was graded
            if self._is_graded(assignment, late.student, late.notebook):
                taken = lateness.penalty(steps[-1], late, assignment, book.book)
                if (taken or 0.0) != (late.penalty or 0.0):
                    changed.add(late.student)
        return sorted(changed)

    def penalize(self, assignment: str, student: str) -> None:
        """Have the course's own steps take off what they take off by now, and execute nothing."""
        self._gradebook.grant(assignment, student)
        for notebook in self._gradebook.notebooks(assignment):
            if self._is_graded(assignment, student, notebook):
                about = {"nbgrader": self._names(assignment, student, notebook)}
                for step in filter(lateness.usual, self.after):
                    step(parent=self.exporter).preprocess(nbformat.v4.new_notebook(), about)

    def _is_graded(self, assignment: str, student: str, notebook: str) -> bool:
        return (self._place(assignment, student) / f"{notebook}.ipynb").is_file()

    def _names(self, assignment: str, student: str, notebook: str) -> dict[str, str]:
        """Return what nbgrader's steps are told of a notebook."""
        names = {"student": student, "assignment": assignment, "notebook": notebook}
        return names | {"db_url": self.coursedir.db_url}

    def settle(self, assignment: str, student: str) -> None:
        """Remove what `write` put aside, once the gradebook has the marks."""
        settle(self._place(assignment, student))

    def _place(self, assignment: str, student: str) -> Path:
        return Path(os.path.normpath(self._format_dest(assignment, student)))

    def _format_dest(self, assignment_id: str, student_id: str, escape: bool = False) -> str:  # noqa: FBT001, FBT002
        if self._staging:
            return str(self._staging)
        return str(super()._format_dest(assignment_id, student_id, escape))

    @contextlib.contextmanager
    def _staged(self, assignment: str, student: str) -> Iterator[None]:
        """Have nbgrader write into a folder that takes its name at the end of the block."""
        with written_whole(self._place(assignment, student)) as new:
            self._staging = new
            try:
                yield
            finally:
                self._staging = None

    def _find_released(self, assignment: str, name: str) -> ReleasedCells:
        key = (assignment, name)
        if key not in self._released:
            known = known_cells(self._gradebook.book.find_notebook(name, assignment))
            self._released[key] = ReleasedCells(known, self._cells(assignment, name), self)
        return self._released[key]

    def _read_plain(self, prepared: Prepared) -> None:
        """Note what a submission binds, if no code of a learner's is in any of its notebooks."""
        plain: dict[str, Plain] = {}
        for name, notebook in prepared.notebooks.items():
            code = self._find_code(prepared.submission.assignment, name)
            prepared.more = prepared.more or code.why
            if found := code.read(notebook):
                plain[name] = found
        # a cell may read what lies beside it, and a check import it
        if len(plain) == len(prepared.notebooks) and prepared.files.keys() <= {*OURS}:
            prepared.plain = plain

    def _find_code(self, assignment: str, name: str) -> ReleasedCode:
        key = (assignment, name)
        if key not in self._code:
            released, marker = (
                self._find_released(assignment, name),
                self._sealing.marks(assignment),
            )
            order = released.order if marker else ()
            self._code[key] = ReleasedCode(released.code, marker=marker, order=order)
        return self._code[key]

    def _cells(self, assignment: str, name: str) -> list[Any]:
        """Return the cells of the source, or else of the release: a course may not keep either."""
        for step in (self.coursedir.source_directory, self.coursedir.release_directory):
            place = Path(self.coursedir.format_path(step, ".", assignment))
            with contextlib.suppress(NotebookFileError):
                return [*load(place / f"{name}.ipynb").cells]
        return []

    def _sanitize(self, path: Path, prepared: Prepared) -> Any:
        notebook = load(path)
        try:
            json.dumps(notebook, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            notebook = _storable(notebook)
        released = self._find_released(prepared.submission.assignment, path.stem)
        remarks = released.put_back(notebook)
        steps = [*self.sanitize_preprocessors, *self.before]
        sanitized, _ = self._through(notebook, prepared.submission, path.stem, steps)
        prepared.remarks += self._of(path.stem, prepared.submission.assignment, remarks)
        language = sanitized.metadata.get("kernelspec", {}).get("language") or "python"
        if self.execute and language != "python":
            raise SubmissionError(because("language", language=str(language)[:_LONGEST]))
        return sanitized

    def _of(self, name: str, assignment: str, remarks: list[str]) -> list[str]:
        """Return remarks with the notebook that they are about, where there are several."""
        several = len(self._gradebook.notebooks(assignment)) > 1
        return [f"{name}: {remark}" for remark in remarks] if several else remarks

    def _refuse_odd(self, submission: Submission) -> None:
        for path in odd_files(submission.folder):
            name = path.relative_to(submission.folder)
            raise SubmissionError(because("odd-file", name=name, folder=submission.folder))
        try:
            self.coursedir.get_existing_timestamp(str(submission.folder))
        # nbgrader means to say so, and calls a method that is not there
        except (AttributeError, ValueError, OverflowError) as error:
            raise SubmissionError(because("no-time", folder=submission.folder)) from error

    def _through(
        self, notebook: Any, submission: Submission, name: str, steps: list[Any]
    ) -> tuple[Any, Any]:
        """Have steps change a notebook, and look once at the end whether it is still one.

        nbconvert's exporter does the same with two copies of it.
        """
        self.exporter._preprocessors = []  # noqa: SLF001 - as nbgrader's own _init_preprocessors does
        for step in steps:
            self.exporter.register_preprocessor(self._kept(step))
        about = {
            "metadata": {"name": name, "path": str(submission.folder)},
            "unique_key": name,
            "output_files_dir": f"{name}_files",
            "nbgrader": self._names(submission.assignment, submission.student, name),
        }
        resources = self.exporter._init_resources(about)  # noqa: SLF001 - what steps expect in it
        for step in self.exporter._preprocessors:  # noqa: SLF001 - it has no other name for them
            notebook, resources = step(notebook, resources)
        nbformat.validate(notebook, relax_add_props=True)
        return notebook, resources

    def _kept(self, step: Any) -> Any:
        """Return a step as it was made for another notebook, if it is known to keep nothing of it.

        A course's own steps are made for each, as nbgrader does.
        """
        if not isinstance(step, type) or not step.__module__.startswith(_OF_LIBRARIES):
            return step
        if step not in self._steps:
            self._steps[step] = step(parent=self.exporter)
        return self._steps[step]

    def _files_beside(self, submission: Submission) -> tuple[dict[str, bytes], set[str]]:
        """Return the files beside the notebooks, and the names of those that are the source's.

        Files of the source stand in the place of the submission's.
        """
        step = self.coursedir.source_directory
        source = Path(self.coursedir.format_path(step, ".", submission.assignment))
        own = set(self.exclude_overwriting.get(submission.assignment, ()))
        files: dict[str, bytes] = {}
        ours: set[str] = set()
        for folder, kept in ((submission.folder, set()), (source, own)):
            for path in map(Path, find_all_files(str(folder), self.coursedir.ignore)):
                name = path.relative_to(folder).as_posix()
                if not of_a_notebook(path.name) and (name not in kept or name not in files):
                    files[name] = path.read_bytes()
                    ours |= {name} if folder == source else set()
        return files, ours

    def _leave_to_a_person(self, name: str, assignment: str, student: str) -> None:
        """Have a person look at a notebook that could not be executed."""
        book = self._gradebook.book
        for cell in book.find_notebook(name, assignment).grade_cells:
            grade = book.find_grade(cell.name, name, assignment, student)
            grade.auto_score, grade.needs_manual_grade = None, True


def _storable(value: Any) -> Any:
    """Return a notebook without halves of characters, which no database and no file takes."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        parts = {_storable(key): _storable(part) for key, part in value.items()}
        return nbformat.NotebookNode(parts)
    if isinstance(value, list):
        return [_storable(part) for part in value]
    return value


@contextlib.contextmanager
def validators_kept() -> Iterator[None]:
    """Have nbgrader read its schema for metadata once, and look at the same metadata once."""
    known: dict[str, Any] = {}
    valid: set[tuple[str, str]] = set()
    # it asks for each cell with the same schema
    last: list[Any] = [None, ""]
    read, schemas = common.BaseMetadataValidator.__init__, {}

    def start(validator: Any) -> None:
        version = validator.schema_version
        if version not in schemas:
            read(validator)
            schemas[version] = validator.schema
        validator.schema = schemas[version]

    def validate(instance: Any, schema: Any) -> None:
        if last[0] is not schema:
            last[:] = schema, json.dumps(schema)
        key = (last[1], json.dumps(instance, sort_keys=True))
        if key in valid:
            return
        if last[1] not in known:
            kind = jsonschema.validators.validator_for(schema)
            kind.check_schema(schema)
            known[last[1]] = kind(schema)
        error = jsonschema.exceptions.best_match(known[last[1]].iter_errors(instance))
        if error is not None:
            raise error
        # what learners make up is not kept for ever
        if len(valid) < _MOST_KEPT:
            valid.add(key)

    with (
        swapped(common, jsonschema=SimpleNamespace(validate=validate)),
        swapped(common.BaseMetadataValidator, __init__=start),
    ):
        yield
