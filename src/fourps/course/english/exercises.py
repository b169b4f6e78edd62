"""The words around exercises: in notebooks, by checks and commands, and in feedback."""

# how a line begins that a check prints for learners: feedback shows only these
HINT = "Look again: "
CHECKS = {
    "hint": f"{HINT}{{hint}}",
    # lines of text
    "two-answers": '"{label}:" has two answers. Keep one of these lines.',
    "number-unread": '"{line}" cannot be read. Write a number in figures, like "{label}: 7".',
    "number-none": 'Nothing stands after "{label}:" yet. Write a number in figures, like '
    '"{label}: 7".',
    "letters-none": "No letter is there yet. Write single letters with commas, like "
    '"{label}: x, y".',
    "letters-unread": '"{line}" cannot be read. Write single letters with commas, like '
    '"{label}: x, y".',
    "letters-other": '"{line}" cannot be read. Keep exactly these letters on the left: {letters}.',
    "kind-unread": '"{line}" cannot be read. Write one of these words after the colon: {kinds}.',
    "kind-twice": '"{line}" cannot be read. "{item}" has two answers. Keep one of these lines.',
    "row-unread": '"{line}" cannot be read. Write a letter, a colon and a word, like "x: {kind}".',
    # fields
    "unfit-whole": 'After "{label}:" write a whole number in figures, like "{label}: 7".',
    "unfit-number": 'After "{label}:" write a number in figures, like "{label}: 7".',
    "unfit-moment": 'After "{label}:" write a weekday and a time, like "{label}: Friday 09:30".',
    "unfit-letter": 'After "{label}:" write one of these letters: {options}.',
    "unfit-word": 'After "{label}:" write one of these words: {options}.',
    # letters
    "letters-lost": "Write letters between two lines of three quotation marks, like "
    '"{label}: x, y".',
    "list-empty": "The list is still empty. Write your letters between the brackets.",
    "letter-twice": "One letter stands in your answer twice.",
    "steps-missing": "Put all {count} steps into your answer. Missing: {letters}.",
    "left-changed": "Keep the letters on the left as they are; change only the words on the right.",
    "left-letters": "Keep exactly these letters on the left: {letters}.",
    "not-sorted": "Not sorted yet: {letters}. Write one of: {kinds}.",
    "letter-quoted": 'Write each letter in quotation marks, like "a".',
    "letter-unknown": "Use only these letters, as small letters: {letters}.",
    # records
    "record-none": "There is no record yet. Play the scenario to an ending and copy the line here.",
    "record-stops": "This record stops after step {count}, before an ending. Play on and copy the "
    "line again.",
}


NOTEBOOKS = {
    # around the text of a page
    "about-title": "These are notebooks",
    "about": "They contain the same pages as the online book. Read a page here as you would read "
    "it there. Where there is a code cell, click it and press Shift + Enter to run it. The online "
    'book\'s "Leave" button is not here: to leave, close the browser tab. What you write stays '
    "in files in this folder, where others who use this computer may open it.",
    "partly": "Some of this notebook is not translated yet. That part is in English.",
    "all-title": "All pages",
    "previous": "Previous: {title}",
    "next": "Next: {title}",
    "all": "All pages: {title}",
    "begin-cell": "To begin, click the next cell and press Shift + Enter.",
    # what only the online book shows
    "online-kept-records": "In a notebook the course keeps nothing in your browser. Your work is "
    "in the files of this folder, on this computer: to erase it, delete the files. The online book "
    "shows a panel here.",
    "online-change": "The online book shows here what changed between your tests, if you chose to "
    "keep them. In a notebook, compare the counts that each test shows at its end.",
    "online-my-course": "The online book shows here what you read, played and answered, if you "
    "chose to keep it. In a notebook, your work is in the files of this folder.",
    "online-three": "The online book asks here, week by week, questions from the modules that you "
    "finished. In a notebook, answer the quizzes of the modules again.",
    # boxes
    "attention": "Attention",
    "caution": "Caution",
    "danger": "Danger",
    "error": "Error",
    "hint-box": "Hint",
    "important": "Important",
    "note": "Note",
    "seealso": "See also",
    "tip": "Tip",
    "warning": "Warning",
    "activity": "Activity: {title}",
    "not-right": "Not right.",
}


HANDING_IN = {
    # the folder of notebooks
    "learn-busy": "Writing the notebooks ...",
    "learn-done": "{folder}: {what}.",
    "learn-new": "{count} written",
    "learn-updated": "{count} updated",
    "learn-beside": "{count} put beside files that you changed",
    "learn-same": "{count} left as they are",
    "learn-start": "Starting JupyterLab. Stop it with Ctrl+C, twice.",
    "learn-options": "Name the folder before the options: fourps learn four-ps -- --no-browser",
    "folder-taken": "{path} is a folder; move it away and run the command again.",
    "folder-notes": "{path} cannot be read. Delete it: your changed notebooks stay as they are, "
    "and the release is put beside them.",
    # what notebooks need
    "need-mend": "{what}: {mend}",
    "need-missing": "it is missing: {command}",
    "need-kernel": "kernel {name}",
    "need-program": "it starts {program}, which is not there: {command}",
    "need-folder": "folder {folder}",
    "need-file": "{path} is a file; name another folder",
    "need-closed": "you may not write in {path}; name another folder",
    # a notebook to be checked or handed in
    "no-exercise": "This notebook is no exercise of the course. Exercises are named "
    "exercise.ipynb in the folder that `fourps learn` makes.",
    "run-busy": "Running {name} ...",
    "run-cell": "Running code cell {number} of {count} ...",
    "cell": "{title} ({id})",
    "cell-one": "{title} ({id}, {points} point)",
    "cell-other": "{title} ({id}, {points} points)",
    "id-unfit": "--name: use up to 64 letters, digits, dots, hyphens and underscores.",
    "out-taken": "{path} is there already and is no hand-in file. Name another: --out FILE.zip",
    # what came of each check
    "result": "{what}: {came}",
    "exercise": "{path}: Exercise {exercise}, release {release}",
    "passed": "passed",
    "partly-points": "partly, {earned} of {points} points",
    "failed": "failed",
    "not started": "not started",
    "changed": "changed",
    "missing": "missing",
    "not run": "not run",
    "written": "written; a person marks it",
    "to write": "still to write",
    "checks-passed": "{done} of {count} checks passed. The grader runs more checks than are shown "
    "here, so this is no mark.",
    "cell-deleted": "This cell was deleted. Make a fresh copy of the exercise and put your answers "
    "in.",
    "check-changed": "This check was changed, so it says nothing. The grader uses the released "
    "one: make a fresh copy of the exercise to get it back.",
    "check-text": "It was made into text, so it does not run here. Choose Code as its type again.",
    "check-unreached": "The exercise ended before this check.",
    "answer-untouched": "The answer is as it was released.",
    "check-partly": "This check gave some of the points; it does not say why.",
    "answer-wrong": "The answer is not right yet; this check does not say more.",
    "slow-cell": "Code cell {number} took longer than {seconds} seconds and was stopped, so the "
    "cells after it did not run. Look for a loop that never ends.",
    "ended-cell": "Python ended in code cell {number}, so the cells after it did not run. Look for "
    "exit() or quit(), or for something that needs too much memory.",
    # errors, and where they are
    "check-stopped": "The check stopped: {error}",
    "check-stopped-cell": "The check stopped in code cell {number}, line {line}: {error}",
    "check-stopped-line": "The check stopped in code cell {number}, line {line} ({shown}): {error}",
    "own-error": "An error in code cell {number}: {error}",
    "own-error-cell": "An error in code cell {number}, line {line}: {error}",
    "own-error-line": "An error in code cell {number}, line {line} ({shown}): {error}",
    "help-AttributeError": "This kind of value has no such attribute.",
    "help-IndentationError": "Look at the spaces at the start of this line.",
    "help-IndexError": "There are fewer items than this line expects.",
    "help-KeyError": "There is no such column or key: is it spelt as in the data?",
    "help-KeyboardInterrupt": "It was stopped.",
    "help-ModuleNotFoundError": "Use only what the exercise imports.",
    "help-NameError": "The name has no value yet: is it spelt alike everywhere, and set further "
    "up?",
    "help-NotImplementedError": "Replace this line by your answer.",
    "help-SyntaxError": "Python cannot read this line: look for a missing bracket, colon or quote.",
    "help-TypeError": "The value is of a kind that this line cannot use.",
    "help-ValueError": "The value is not one that this line can use.",
    "help-ZeroDivisionError": "The number to divide by is 0.",
    "help-lost": "A line with three quotation marks is missing: each answer has one before it and "
    "one after it. Press Ctrl + Z until it is back, or write it again.",
    # cells and files that are not as they were
    "copied-1": "Copied: the cell '{name}' is there {count} times; the first one counts.",
    "copied-2": "Copied: the cell '{name}' is there {count} times; the second one counts.",
    "copied-3": "Copied: the cell '{name}' is there {count} times; the third one counts.",
    "copied": "Copied: the cell '{name}' is there {count} times; number {number} counts.",
    "turned": "No code any more: the cell '{name}' was made into text and does not run. Choose "
    "Code as its type again; the grader does that too.",
    "left-out": "Left out: {name}, which lies beside the notebook. Only the notebook is handed in: "
    "put what it needs into its cells.",
    "cell-missing": "Missing: {cell}. The cell was deleted and earns nothing.",
    "nothing-left": "Nothing is left to hand in: none of the {count} graded cells of the exercise "
    "'{exercise}' is in {file}.",
    "record-left-out": "One record is left out. {why}",
    "record-of-left-out": "The record of '{id}' is left out. {why}",
    # the hand-in
    "packed-one": "Packed {path} ({size} KB): exercise {exercise}, release {release}, 1 record. "
    "Give this file to your facilitator.",
    "packed": "Packed {path} ({size} KB): exercise {exercise}, release {release}, {count} records. "
    "Give this file to your facilitator.",
    "your-id": "You are {learner} in it. Keep this id, and use it next time: --name {learner}",
}


POINTS = {
    # on the page of feedback
    "points-first": "Tasks 1 to {last}",
    "points-needed": "The practitioner's way needs {first} of the first {most_first} points, the "
    "information manager's way {all} of all {most}. Lateness does not count there.",
}
