"""What counts of several markers in a folder: what counts of them over the gradebook."""

import json
import random
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import nbseal.mark
from nbseal.gradebook.decisions import Decision, are_apart, counting, is_stopped
from nbseal.mark.agreement import agreement

HERE = Path(nbseal.mark.__file__).parent
IN_NODE = """
import { readFileSync } from "node:fs";
const [folder] = process.argv.slice(1);
const { agreement, areApart, counting, isStopped } = await import(`${folder}/several.js`);
const { inOrder, readMarks, standing } = await import(`${folder}/log.js`);
const { cases, pairs, files, rows } = JSON.parse(readFileSync(0, "utf8"));
const read = (text) => {
  try {
    return readMarks(text).rows.length;
  } catch (error) {
    return error.key;
  }
};
const texts = [...standing(inOrder(rows), "ps1", "letter", ["a1", "a2"])];
process.stdout.write(JSON.stringify({
  cases: cases.map((markers) => [isStopped(markers), areApart(markers), counting(markers)]),
  pairs: pairs.map(agreement),
  files: files.map(read),
  standing: texts.map(([text, markers]) => [text, [...markers].map(([marker, { id }]) => [marker, id])]),
}));
"""


def in_node(**question):
    node = Path(sys.executable).with_name("node")
    command = [str(node) if node.exists() else shutil.which("node") or "node"]
    command += ["--input-type=module", "--eval", IN_NODE, HERE.as_uri()]
    question = {"cases": [], "pairs": [], "files": [], "rows": []} | question
    done = subprocess.run(
        command, input=json.dumps(question), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def decided(chance):
    """Draw what up to three markers decided."""
    found = {}
    for number in range(chance.randrange(4)):
        kind = "stop" if chance.random() < 0.1 else "mark"
        scores = tuple(chance.randrange(4) for _ in range(3)) if kind == "mark" else ()
        cap = kind == "mark" and chance.random() < 0.3
        points = float(min(sum(scores), 4 if cap else 9)) if kind == "mark" else None
        names = ("ps1", "ada", "ps1", "letter", str(number), kind, "0")
        comment = chance.choice(["", "Good", "More"])
        found[str(number)] = Decision(*names, scores, cap, points, comment, id=number)
    return found


def as_data(decision):
    names = ("kind", "scores", "cap", "points", "comment")
    return {name: asdict(decision)[name] for name in names}


def test_what_counts():
    """Does the same count, and does the same wait for two markers or stay unmarked?"""
    chance = random.Random(3)  # noqa: S311 - not for secrets
    cases = [decided(chance) for _ in range(600)]
    found = in_node(cases=[[as_data(one) for one in case.values()] for case in cases])["cases"]
    for case, (stopped, apart, counts) in zip(cases, found, strict=True):
        ours = counting(case)
        assert (stopped, apart) == (is_stopped(case), are_apart(case))
        assert counts == (json.loads(json.dumps(as_data(ours))) if ours else None)


def test_agreement():
    """Do two markers agree as far?"""
    chance = random.Random(4)  # noqa: S311 - not for secrets
    cases = [[(chance.randrange(4), chance.randrange(4)) for _ in range(9)] for _ in range(50)]
    cases += [[(3, 3)] * 4, []]
    for case, found in zip(cases, in_node(pairs=cases)["pairs"], strict=True):
        ours = asdict(agreement(case))
        kappa, theirs = ours.pop("kappa"), found.pop("kappa")
        assert ours == found
        assert (kappa is None) == (theirs is None)
        assert kappa is None or abs(kappa - theirs) < 1e-9


def row(name, at, marker="a1", **more):
    about = {"id": name, "at": f"2026-12-01T10:00:0{at}Z", "marker": marker, "text": "f"}
    about |= {"assignment": "ps1", "cell": "letter"}
    return about | more


MARK = {"kind": "mark", "scores": [1], "cap": False, "points": 1, "comment": ""}


def test_what_stands():
    """Does the last decision of each marker stand, whatever the order of the rows, once?"""
    rows = [
        row("r5", 5, marker="b1", decision=MARK),
        row("r2", 2, decision=MARK),
        row("r3", 3, marker="a2", decision=MARK),
        row("r4", 4, undoes="r3"),
        row("r2", 2, decision=MARK),
        row("r6", 6, decision=MARK, cell="other"),
        row("r7", 7, decision=MARK, text="g"),
    ]
    found = in_node(rows=rows)["standing"]
    assert found == [["f", [["a1", "r2"], ["b1", "r5"]]], ["g", [["a1", "r7"]]]]


def test_files():
    """Is a file read that a desk saved, and one that it did not save refused?"""
    document = {"format": 1, "mine": ["a1"], "marking": [row("r1", 1, decision=MARK)]}
    bad = [
        *("", "{", "[]", "null", '{"format": 1}'),
        *(
            json.dumps(document | {"marking": [row("r1", 1, **one)]})
            for one in (
                {},
                {"decision": MARK | {"name": "ada"}},
                {"decision": MARK | {"scores": ["3"]}},
                {"decision": MARK | {"points": None}},
                {"decision": MARK, "undoes": "r0"},
                {"decision": MARK, "marker": "x" * 101},
            )
        ),
    ]
    newer = json.dumps({"format": 2})
    assert in_node(files=[json.dumps(document), newer, *bad])["files"] == [
        *(1, "newer"),
        *["broken"] * len(bad),
    ]
