"""Play a story from the text of its booklet alone, with a slip and a pencil."""

import re

from bs4 import BeautifulSoup

from fourps.course.words import words

_TEST = re.compile(r"([A-Z]) (?:([=≠≥≤><]) (\u2212?\d+)|([✓☐]))")
_SIGN = {
    "=": int.__eq__,
    "≠": int.__ne__,
    "≥": int.__ge__,
    "≤": int.__le__,
    ">": int.__gt__,
    "<": int.__lt__,
}


def _number(text):
    return int(text.replace("\u2212", "-"))


def _pattern(word):
    return re.sub(r"\\\{\w+\\\}", r"([\\w, ]+)", re.escape(word))


def _text(element):
    return " ".join(element.get_text().split())


class Paragraph:
    """A paragraph: what stands before it in bold, its condition there, and all that it says."""

    def __init__(self, element, condition):
        self.lead = _text(element.strong) if element.strong else ""
        match = condition.search(self.lead)
        self.condition = match[1] if match else ""
        self.text = _text(element)
        self.heading = element.name != "p"
        self.choice = self.lead[-1:] if element.select_one("a[href^='#']") and self.lead else ""


class Booklet:
    """What a booklet prints: steps, results, endings and reasons, by their numbers."""

    def __init__(self, html, language):
        self.word = {key: " ".join(text.split()) for key, text in words(language).items()}
        condition = re.compile(_pattern(self.word["paper-if"]).replace(r"([\w, ]+)", "(.+)"))
        soup = BeautifulSoup(html, "html.parser").select_one("[data-fourps=scenario] > .fp-text")
        parts = {}
        part = ""
        for element in soup.find_all(True, recursive=False):
            if element.name != "div":
                part = _text(element) if re.match(r"h\d", element.name) else part
            else:
                number = _text(element.b) if element.b else ""
                lines = [Paragraph(line, condition) for line in element.select("p, h2, h3, h4")]
                parts.setdefault(part, {}).setdefault(number, lines)
        keys = ("paper-steps", "then", "endings", "paper-reasons")
        self.steps, self.results, ends, self.reasons = (parts[self.word[key]] for key in keys)
        self.endings = list(_blocks(ends[""]))
        (self.rows,) = (
            lines[""] for name, lines in parts.items() if name not in map(self.word.get, keys)
        )


def _blocks(lines):
    """Yield each heading with the lines below it."""
    begins = [place for place, line in enumerate(lines) if line.heading]
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        yield lines[begin], lines[begin + 1 : end]


class Play:
    """A play with a pencil: the slip, and what it says is true."""

    def __init__(self, booklet):
        self.booklet, self.word = booklet, booklet.word
        self.marked = 0
        self.written, self.struck = [], set()
        self.slip, self.rows = {}, {}
        for row in booklet.rows:
            if match := re.fullmatch(r"([A-Z]) ([-\u2212\d() ]+|☐)", row.text):
                letter, boxes = match.groups()
                numbers = [_number(box) for box in re.findall(r"[-\u2212]?\d+", boxes)] or [0, 1]
                start = re.search(r"\(([-\u2212]?\d+)\)", boxes)
                self.rows[letter] = numbers
                self.slip[letter] = _number(start[1]) if start else 0

    def holds(self, condition):
        """Say whether a condition is true of the slip."""
        if not condition:
            return True
        mend = set(self.written) - self.struck

        def test(match):
            letter, sign, number, box = match.groups()
            value = self.slip[letter]
            return str(value == (box == "✓") if box else _SIGN[sign](value, _number(number)))

        text = condition
        opened = re.compile(_pattern(self.word["paper-open"]))
        text = opened.sub(lambda match: str(bool(mend & {*match[1].split(", ")})), text)
        text = text.replace(self.word["paper-clean"], str(not self.written))
        text = text.replace(self.word["paper-mended"], str(bool(self.written) and not mend))
        text = _TEST.sub(test, text)
        for key in ("and", "or"):
            text = re.sub(rf"(?<!\w){self.word[key]}(?!\w)", f" {key} ", text)
        assert re.fullmatch(r"(True|False|and|or|[() ])+", text), (condition, text)
        return eval(text)  # noqa: S307 - of these words alone

    def mark(self, lines):
        """Mark on the slip what a step or a result says."""
        begin = self.word["label"].format(what=self.word["paper-slip"])
        for line in lines:
            if line.text.startswith(" ".join(begin.split())):
                for mark in line.text[len(begin) :].strip().removesuffix(".").split("; "):
                    self._mark(mark)

    def _mark(self, mark):
        self.marked += 1
        if match := re.fullmatch(r"([A-Z]) ([+\u2212]\d+)", mark):
            row = self.rows[match[1]]
            moved = self.slip[match[1]] + _number(match[2])
            self.slip[match[1]] = min(row[-1], max(row[0], moved))
        elif match := re.fullmatch(r"([A-Z]) ([✓☐])", mark):
            self.slip[match[1]] = int(match[2] == "✓")
        elif match := re.fullmatch(_pattern(self.word["paper-write"]), mark):
            self.written.append(match[1])
            self.struck.discard(match[1])
        else:
            match = re.fullmatch(_pattern(self.word["paper-strike"]), mark)
            self.struck |= {*match[1].split(", ")}
