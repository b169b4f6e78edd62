"""Texts of a report in English; ``locale/<language>/LC_MESSAGES/report.po`` has the others."""

from __future__ import annotations

import fourps.play_record
import nbseal.base.notebook_file
from fourps.course import words as course_words
from fourps.course.words import translated, write_template
from nbseal.reasons import TEXTS

DOMAIN = "report"
# what others say in English, and a report in its own language
SAID = TEXTS | nbseal.base.notebook_file.REFUSALS | fourps.play_record.REFUSALS
ENGLISH = {
    "title": "Cohort report: {course}",
    "made": "Made on {day} from the gradebook and the records that were handed in.",
    "names-hidden": "Learners have pseudonyms. The file {file} in the course's folder says who is "
    "who, and only you can read it.",
    "confidential": "CONFIDENTIAL: this report names people.",
    "confidential-help": "Keep it on an encrypted disk, send it to nobody, and delete it when you "
    "have used it. Without --names learners have pseudonyms.",
    "contents": "On this page",
    "empty": "Nobody is in the gradebook yet, and nobody has handed in anything.",
    # people
    "help": "Who may need a word from you",
    "help-lead": "Learners: {all}. Started: {started}. Completed every exercise: {finished}. "
    "May need a word: {help}.",
    "help-how": "In the order of their pseudonyms; nobody is ranked. A reason is a cue to ask, and "
    "no judgement: people stop for good reasons, of which a report knows nothing.",
    "help-none": "Nobody, as far as the gradebook shows.",
    "learner": "Learner",
    "why": "Why",
    "help-nothing": "Nothing was handed in yet.",
    "help-due": "Past the date and not handed in: {which}.",
    "help-others": "Not handed in, while at least three quarters of all have: {which}.",
    "help-failed": "Could not be graded, which need not be the learner's doing: {which}.",
    "help-partly": "Graded in part: {which}.",
    "help-below": "Not complete yet, with points: {which}.",
    "help-empty": "Handed in without any points, perhaps an empty copy, or one that did not run: "
    "{which}.",
    "help-tasks": "No points in several tasks that most others solved: {which}.",
    "yours": "What waits for you",
    "yours-none": "Nothing.",
    "yours-marks": "{exercise}: hand-ins that wait for marks by hand: {count}.",
    "yours-grade": "{exercise}: hand-ins that wait to be graded: {count}.",
    "yours-record": "{learner}: a record cannot be read. {why}",
    "where": "Where everybody is",
    "where-caption": "Learners and exercises",
    "records": "Records",
    "state-none": "not handed in",
    "state-handed-in": "handed in, not graded",
    "state-failed": "could not be graded",
    "state-partly": "graded in part",
    "state-waits": "waits for marks by hand",
    "state-below": "marked, not complete yet",
    "state-reached": "complete",
    "own": "This page is yours alone: its numbers are exact. What you may pass on is a page that "
    "fourps grade close makes once, when the cohort has ended.",
    "closed-title": "Cohort report to pass on: {course}",
    "closed-once": "Made once, on {day}, when the cohort was closed. There is no second page: "
    "beside this one it could show what one person has changed since.",
    "closed-counts": "This page is about groups of ten people or more. Counts of people are "
    "rounded to the nearest five, totals too; a count under ten is not shown, nor whether it is "
    "0.",
    "closed-started": "Learners who handed in anything: {people}.",
    "exercises": "Exercises",
    "exercise": "Exercise",
    "given": "Handed in",
    "reached": "Complete",
    # marks and tasks
    "marks": "Marks",
    "marks-few": "{exercise}: fewer than ten hand-ins are fully marked. The marks are not shown.",
    "marks-quarters": "{exercise}: a quarter of the marks are at most {low}\u00a0% of the points, "
    "half at most {middle}\u00a0%, three quarters at most {high}\u00a0%.",
    "people": "How many people",
    "tasks": "Tasks of the exercises",
    "quizzes": "Quizzes and tests",
    "quizzes-help": "First answers only, from records that learners chose to hand in.",
    "task": "Task",
    "question": "Question",
    "difficulty": "Mean share of the points",
    "rests": "Learners: {people}.",
    "few": "Fewer than ten learners: not shown.",
    "left-out": "Left out, since most hand-ins have no mark there yet or it earns no points: "
    "{tasks}.",
    "options": "Which answers were given",
    "answer": "Answer",
    "right": "right",
    "all": "All",
    "under-ten": "under 10",
    "not-computable": "cannot be computed",
    # ways
    "ways": "Ways through the scenarios",
    "ways-help": "Each learner's first finished play that was handed in. A scenario may be played "
    "again and again, and an unsafe ending is where people learn most: do not ask who had it.",
    "ways-few": "Fewer than ten learners handed in a finished play. The ways are not shown.",
    "situation": "Situation",
    "choice": "Choice",
    "ending": "Ending",
    "kind": "Kind",
    # change
    "change": "Change from the first test",
    "change-caption": "The same people in both tests",
    "tests": "Tests",
    "before": "Mean before",
    "after": "Mean after",
    "gain": "Gain of the means",
    "change-none": "Nobody has handed in the records of two tests.",
    # how to read
    "reading": "How to read the numbers",
    "reading-difficulty": "Mean share of the points: 1 is easy, 0 is hard. Where the last part of "
    "an exercise is optional, its tasks look harder than they are.",
    "reading-gain": "Gain: the part of what could be won that was won, of the means of people who "
    "took both tests. Those who hand in both tests may differ from those who do not, and there is "
    "no group without the course.",
    "reading-small": "With fewer than fifty people all of these move much by chance. Change a task "
    "after you have read it, never because of one number.",
    **SAID,
}


def words(language: str) -> dict[str, str]:
    """Return every text of a report in a language.

    Parameters
    ----------
    language
        A code such as ``fr``. Where a translation is missing, English stands.

    Examples
    --------
    >>> words("en")["task"], words("fr")["task"]
    ('Task', 'Tâche')
    """
    return translated(ENGLISH, language, DOMAIN)


def languages() -> list[str]:
    """Return the languages that a report can be in.

    Examples
    --------
    >>> languages()
    ['en', 'fr']
    """
    return course_words.languages(DOMAIN)


if __name__ == "__main__":
    write_template(ENGLISH, DOMAIN)
