"""What the checks of graded exercises tell learners. A reader's own words stand in its places."""

CHECKS = {
    "hint": "Look again: {hint}",
    # lines of text
    "two-answers": '"{label}:" has two answers. Keep one of these lines.',
    "number-unread": '"{line}" cannot be read. Write a number in figures, like "{label}: 7".',
    "number-none": 'Nothing stands after "{label}:" yet. Write a number in figures, like '
    '"{label}: 7".',
    "letters-none": "No letter is there yet. Write single letters with commas, like "
    '"letters: x, y".',
    "letters-unread": '"{line}" cannot be read. Write single letters with commas, like '
    '"letters: x, y".',
    "letters-other": '"{line}" cannot be read. Keep exactly these letters on the left: {letters}.',
    "kind-unread": '"{line}" cannot be read. Write one of these words after the colon: {kinds}.',
    "kind-twice": '"{line}" cannot be read. "{item}" has two answers. Keep one of these lines.',
    "row-unread": '"{line}" cannot be read. Write a letter, a colon and a word, like "x: {kind}".',
    # letters
    "letters-lost": "Write letters between two lines of three quotation marks, like "
    '"letters: x, y".',
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
