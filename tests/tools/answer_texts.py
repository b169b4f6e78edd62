"""Answers as people and programs might write them: right, partly right, wrong, and odd."""

import re

# what reads differently in one language of programming or another
BITS = [
    *("\n", " ", ":", "=", "|", ",", ";", '"', "\\", "\0", "\t", "\r", "_", "-", ".", "9", "0"),
    *("\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\u00a0", "\u180e", "\u200b", "\u2028", "\u2029"),
    *(
        "\u200f",
        "\u3000",
        "\ufeff",
        "a",
        "B",
        "J",
        "\u00e9",
        "e\u0301",
        "\u00df",
        "\u017f",
        "\u0130",
        "\u0131",
        "\ufb01",
        "\ufb05",
    ),
    *(
        "\u212a",
        "\u0663",
        "\u00b2",
        "\u00bd",
        "\u2167",
        "\u24d0",
        "\U0001f600",
        "\U0001d41a",
        "\u0345",
        "\u1e9e",
        "\u00ab",
    ),
]
BREAKS = ["\x0b", "\x1c", "\x1d", "\x85", "\u2028", "\r", "\r\n"]
VALUES = [
    "0",
    "1",
    "3",
    "5",
    "4.0",
    "2,5",
    "1,000",
    "0.92",
    "+7",
    "-3",
    "\u0663",
    "A",
    "b",
    "C",
    "",
    "x",
]


def answers(solution, checks, number, chance):
    """Return some answers to a task whose solution and checks are given; they begin with it."""
    found = [solution, "", "\n", solution + solution, "\u202e" + solution]
    ways = [_wrong, _wrong, _spoiled, _changed, lambda *given: _spoiled(_wrong(*given), *given[1:])]
    while len(found) < number:
        found.append(chance.choice(ways)(solution, checks, chance))
    return found[:number]


def _wrong(text, checks, chance):
    """Answer in the right form, but wrongly."""
    for kind, _, *allowed in checks:
        if kind == "sorting":
            text = _each(r"^(\w:) .*$", text, chance, allowed[1])
        elif kind == "choice":
            few = [letter for letter in allowed[0] if chance.random() < 0.5]
            text = re.sub(r"^letters: .*$", f"letters: {', '.join(few)}", text, flags=re.MULTILINE)
        elif kind == "order":
            text = re.sub(r"letters: (.*)", lambda match: _moved(match[1], chance), text)
        else:
            for label, (_, options) in allowed[0].items():
                text = _each(rf"^({label}:) .*$", text, chance, [*options, *VALUES, "a, c"])
    return text


def _each(pattern, text, chance, others):
    def other(match):
        return f"{match[1]} {chance.choice(others)}" if chance.random() < 0.3 else match[0]

    return re.sub(pattern, other, text, flags=re.MULTILINE)


def _moved(letters, chance):
    steps = letters.split(", ")
    for _ in range(chance.choice([1, 1, 2, 3, 20])):
        at = chance.randrange(len(steps) - 1)
        steps[at : at + 2] = steps[at + 1], steps[at]
    if chance.random() < 0.2:
        del steps[chance.randrange(len(steps))]
    return f"letters: {', '.join(steps)}"


def _spoiled(text, _checks, chance):
    """Put something odd somewhere."""
    for _ in range(chance.choice([1, 1, 2, 4])):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(BITS) * chance.choice([1, 1, 1, 70]) + text[at:]
    return text


def _changed(text, checks, chance):
    """Write all of it in another way."""
    ways = [
        text.upper,
        lambda: text.replace("\n", chance.choice(BREAKS)),
        lambda: text.replace("\n", f"{chance.choice(BITS)}\n"),
        lambda: text.replace(": ", f":{chance.choice(BITS)}"),
        lambda: text.replace("\n", f"\n{chance.choice(BITS)}"),
        lambda: text.replace(" ", "\u00a0"),
        lambda: text.replace("s", "\u017f").replace("k", "\u212a"),
        lambda: text.replace(": ", " = "),
        lambda: text.replace("\n", "\n\u00e9: 5\n"),
        lambda: text.replace("letters:", ""),
        lambda: "".join(f"| {line.replace(': ', ' | ')} |\n" for line in text.split("\n") if line),
        lambda: text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
        lambda: f"### BEGIN HIDDEN TESTS\n{text}",
        lambda: re.sub(r"(\w)$", r"\1.0", text, flags=re.MULTILINE),
    ]
    return chance.choice(ways)() if checks else text
