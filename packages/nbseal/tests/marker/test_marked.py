"""Notebooks whose checks run in the marker, through the real seal."""

import hashlib

import pytest

pytestmark = pytest.mark.slow
DOUBLE = "def double(x):\n    return 2 * x"


def test_names_and_functions(tools):
    """Do checks get plain values and call functions, and is what they bind nowhere else?"""
    made = tools.mark(
        tools.released("import pandas as pd\nweek = {'a': 1}\npd.DataFrame({'a': [1]})"),
        "seen = []\ndef double(x):\n    seen.append(x)\n    print('said')\n    return 2 * x\n"
        "week = {'a': 5}\nanswer = {1: (2, [3.5, None])}",
        tools.check(
            "import math\nassert type(answer) is dict\nassert answer == {1: (2, [3.5, None])}\n"
            "assert double(2) == 4\nassert double(-3) == -6\nassert week == {'a': 1}\nhelp_me = 7\n"
            "seen, math.floor(double(1.5)), pd.Series([1]).sum() * 2.0\n1.5",
            "one",
        ),
        "print(seen, math.pi > 3, 'help_me' in dir(), len(In))",
        tools.check("assert help_me == 7\nassert week['a'] == 1", "two"),
    )
    assert made.made.kind == "ok"
    assert made.points() == {"one": 1.5, "two": 2}
    assert made.said(3) == ["[] True False 4\n"]
    assert [cell.execution_count for cell in made.notebook.cells] == [1, 2, 3, 4, 5]


def test_what_a_function_changes(tools):
    """Is an argument that a function changes changed in the check, and one that it returns the same?"""
    made = tools.mark(
        "def change(table, rows, more):\n    table['b'] = 1\n    rows[0]['x'] = 2\n"
        "    more.append(3)\n    return rows",
        tools.check(
            "import pandas as pd\ntable, rows, more = pd.DataFrame({'a': [1]}), [{}], []\n"
            "inner = rows[0]\nback = change(table, rows, more=more)\nassert back is rows\n"
            "assert inner == {'x': 2} and more == [3] and list(table.columns) == ['a', 'b']"
        ),
    )
    assert made.points() == {"check": 2}


def test_what_decides_is_never_changed(tools):
    """Does a function change nothing that was there before the check, and that may decide a mark?"""
    made = tools.mark(
        tools.released("import pandas as pd\nrows = pd.DataFrame({'a': [1, 2]})\nall = {'b': [1]}"),
        "def take(*given):\n    for one in given:\n        one.clear() if type(one) is list else one.drop(one.index, inplace=True)",
        tools.check(
            "mine = [1]\ntake(mine, rows, all['b'])\nassert (len(mine), len(rows), all) == (0, 2, {'b': [1]})"
        ),
    )
    assert made.points() == {"check": 2}


def test_what_decides_is_never_changed_elsewhere(tools):
    """Nor what lies in a module of the course, in an object, or is shown by a part of an array?"""
    made = tools.mark(
        tools.released(
            "import collections\nimport numpy as np\ndata = np.arange(4)\n"
            "groups = collections.defaultdict(list, a=[1, 2])\n"
            "class Case:\n    rows = [1]\n    def __init__(self):\n        self.mine = [2]\n"
            "case = Case()"
        ),
        "def take(*given):\n    for one in given:\n"
        "        one.clear() if type(one) is list else one.fill(9)",
        tools.check(
            "from ours import TABLE\nmine = np.zeros(2)\n"
            "take(TABLE, groups['a'], Case.rows, case.mine, data[:2], mine)\n"
            "assert mine.tolist() == [9, 9]\n"
            "(TABLE, groups['a'], Case.rows, case.mine, data.tolist()) == "
            "([5], [1, 2], [1], [2], [0, 1, 2, 3])",
            "one",
        ),
        files={"ours.py": b"TABLE = [5]"},
        own=["ours.py"],
    )
    assert made.notebook.cells[2].outputs[0].data["text/plain"] == "True"


def test_a_released_cell_that_needs_the_learner(tools):
    """Does a read-only cell that uses what a learner defines leave no half of its names behind?"""
    made = tools.mark(
        "def count():\n    return 42",
        tools.released("total = 0\ntotal += count()"),
        tools.check("assert total == 42"),
    )
    assert made.points() == {"check": 2}


def test_as_it_was(tools):
    """Is a function called as it was when its check's turn came, with what it used then?"""
    made = tools.mark(
        "scale = [1]\ndef times(x):\n    return x * scale[0]",
        tools.check("assert times(3) == 3\nassert times(4) == 4", "one"),
        "scale[0] = 10\ndef other(x):\n    return times(x)",
        tools.check("assert other(3) == 30", "two"),
        "def times(x):\n    return 0",
        tools.check("assert times(3) == 0", "three"),
    )
    assert made.points() == {"one": 2, "two": 2, "three": 2}


def test_one_copy_for_several(tools):
    """Do checks share a copy where only new names are bound between, and see none that is later?"""
    made = tools.mark(
        "import os\ndef first():\n    return os.getpid()\ndef early():\n    return helper()",
        tools.check("mine = first()\nassert mine", "one"),
        "def second(x: int = 2) -> int:\n    return os.getpid()\nlimit = [1, {'a': -2}]",
        tools.check("assert second() == mine", "two"),
        tools.check("assert early() == 3", "three"),
        "def helper():\n    return 3",
        tools.check("assert helper() == 3", "four"),
        "print(limit)\ndef third():\n    return os.getpid()",
        tools.check("assert third() == mine", "five"),
        "def slow():\n    import time\n    time.sleep(0.2)\n    return 1",
        tools.check("assert slow() == 1\nassert slow() == 1", "six"),
    )
    points = made.points()
    assert points == {"one": 2, "two": 2, "three": 0, "four": 2, "five": 0, "six": 2}
    assert made.said(4) == ["NameError: name 'helper' is not defined"]


def test_what_a_check_imports(tools):
    """Does a function find what its check has imported, as in a notebook?"""
    made = tools.mark(
        "def root(x):\n    return math.sqrt(x)\ndef floor(x):\n    return mt.floor(x)",
        tools.check("import math\nassert root(9) == 3", "one"),
        tools.check("assert floor(1.5) == 1", "two"),
        tools.check("import math as mt\nassert floor(1.5) == 1", "three"),
    )
    assert made.points() == {"one": 2, "two": 0, "three": 2}


def test_no_room_for_another_process(hasty):
    """Are functions called where no process can be started any more?"""
    made = hasty.mark(
        f"{DOUBLE}\nimport resource\nresource.setrlimit(resource.RLIMIT_NPROC, (1, 1))",
        hasty.check("assert double(2) == 4", "one"),
        hasty.check("assert double(3) == 6", "two"),
    )
    assert made.points() == {"one": 2, "two": 2}


def test_what_a_call_leaves(tools):
    """Does nothing that a check passes in come up in a later cell of the learner's?"""
    made = tools.mark(
        "from pathlib import Path\ndef keep(x):\n    Path('kept').write_text(str(x))\n"
        "    import builtins\n    builtins.kept = x\n    return x",
        tools.check("assert keep(918273) == 918273"),
        "import builtins\nprint(Path('kept').exists(), hasattr(builtins, 'kept'))",
    )
    assert made.points() == {"check": 2}
    assert made.said(2) == ["False False\n"]


def test_errors(tools):
    """Do errors of a function come back as errors, and its assertions as nobody's hint?"""
    made = tools.mark(
        "def fails(kind):\n    raise kind\nclass Own(KeyError):\n    pass\n"
        "def own():\n    raise Own('mine')\ndef ends():\n    raise SystemExit(0)\n"
        "def claims():\n    raise AssertionError('full marks')",
        tools.check(
            "caught = []\nfor call in (own, ends, claims):\n    try:\n        call()\n"
            "    except Exception as error:\n"
            "        caught.append((type(error).__name__, isinstance(error, AssertionError)))\n"
            "assert caught == [('KeyError', False), ('RuntimeError', False), "
            "('LearnersAssertionError', True)], caught",
            "one",
        ),
        tools.check("ends()", "two"),
        tools.check("claims()", "three"),
        tools.check("missing", "four"),
    )
    assert made.points() == {"one": 2, "two": 0, "three": 0, "four": 0}
    assert made.said(3) == ["LearnersAssertionError: full marks"]
    assert made.said(4) == ["NameError: name 'missing' is not defined"]


def test_what_is_no_plain_value(tools):
    """Does an object of the learner's equal nothing, and can it be handed back to a function?"""
    made = tools.mark(
        "class All(str):\n    def __eq__(self, other):\n        return True\n    __hash__ = None\n"
        "def make():\n    return All('x')\ndef use(thing):\n    return type(thing).__name__\nx = All()",
        tools.check(
            "assert not (make() == 'x') and make() != 'x'\nassert use(make()) == 'All'", "a"
        ),
        tools.check("assert x == ''", "b"),
        tools.check("use(lambda: 1)", "c"),
        tools.check("assert list(n) == [0, 1]", "d"),
        tools.check("assert use([make]) == 'list'", "e"),
    )
    assert made.points() == {"a": 2, "b": 0, "c": 0, "d": 0, "e": 2}
    assert made.said(3)[0].startswith("TypeError: function cannot be handed")


def test_streams(tools):
    """Is what a function yields read to its end, as a check that makes a list of it needs?"""
    made = tools.mark(
        "def count(n):\n    yield from range(n)\ndef names(d):\n    return d.keys()\n"
        "def for_ever():\n    while True:\n        yield 1",
        tools.check(
            "assert list(count(3)) == [0, 1, 2]\nassert sorted(names({'a': 1})) == ['a']", "a"
        ),
        tools.check("assert list(for_ever()) == [1]", "b"),
    )
    assert made.points() == {"a": 2, "b": 0}


def test_modules(hasty):
    """Is a module of the notebook's the marker's own, and only if it is one that is known?"""
    made = hasty.mark(
        "import numpy as np\nimport os\nimport sys\nimport types\n"
        "sys.modules['math'] = types.ModuleType('math')\nimport math\nmath.sqrt = lambda x: 9",
        hasty.check("assert np.sum(np.array([1, 2])) == 3", "a"),
        hasty.check("assert math.sqrt(4) == 2", "b"),
        hasty.check("os.getcwd()", "c"),
    )
    assert made.points() == {"a": 2, "b": 2, "c": 0}


def test_files(tools):
    """Does the marker get the course's files, and none of the learner's?"""
    files = {
        "ours.py": b"right = 42",
        "data.csv": b"a\n1\n",
        "numpy.py": b"raise SystemExit",
        "theirs.py": b"",
    }
    made = tools.mark(
        "open('ours.py', 'w').write('right = 1')",
        tools.check("from ours import right\nassert right == 42 and open('data.csv').read()", "a"),
        tools.check("import theirs", "b"),
        tools.check("import numpy\nassert numpy.array([1]).sum() == 1", "c"),
        files=files,
        own=["ours.py", "data.csv"],
    )
    assert made.points() == {"a": 2, "b": 0, "c": 2}


def test_time_and_ends(hasty):
    """Is a check named whose function takes too long or ends its process, and no other harmed?"""
    made = hasty.mark(
        f"{DOUBLE}\ndef loops():\n    import time\n    while True:\n        time.sleep(1)\n"
        "def dies():\n    import os\n    os._exit(3)\n"
        "def takes():\n    return len([bytes(1 << 24) for _ in range(1000)])",
        hasty.check("try:\n    loops()\nexcept Exception:\n    pass\n2.0", "loops"),
        hasty.check("try:\n    dies()\nexcept Exception:\n    pass\n2.0", "dies"),
        hasty.check("takes()", "takes"),
        hasty.check("try:\n    dies()\nexcept:\n    pass\n2.0", "caught"),
        hasty.check("assert double(2) == 4", "good"),
        "import os\nos._exit(4)",
        hasty.check("assert double(2) == 4", "late"),
    )
    none = dict.fromkeys(("loops", "dies", "takes", "caught", "late"), 0)
    assert made.points() == none | {"good": 2}
    assert made.said(1)[-1].startswith("CellTimeoutError")
    assert made.said(2)[0].startswith("AnswerEndedError: Its process ended")
    assert made.said(3)[0].startswith("MemoryError")
    assert made.said(4)[0].startswith("AnswerEndedError: Its process ended")
    assert made.made.kind == "died"
    assert made.said(7) == ["NotExecuted: It ended its own process, with status 4."]


def test_many_checks(hasty):
    """Are all checks of a long notebook marked, each of which calls a function?"""
    checks = [hasty.check(f"assert double({n}) == {2 * n}", f"check-{n}") for n in range(90)]
    made = hasty.mark(DOUBLE, *checks)
    assert [*made.points().values()] == [2] * len(checks)


def test_copies_are_killed(hasty):
    """Is a check named whose copy was killed by a later cell, and are the others marked?"""
    made = hasty.mark(
        DOUBLE,
        hasty.check("assert double(2) == 4", "one"),
        "import os, signal\nanswer = 3\nfor name in os.listdir('/proc'):\n"
        "    if name.isdigit() and int(name) not in (1, os.getpid()):\n"
        "        os.kill(int(name), signal.SIGKILL)",
        hasty.check("assert answer == 3", "two"),
    )
    assert made.points() == {"one": 0, "two": 2}
    assert made.said(1)[0].startswith("AnswerEndedError")


def test_a_loop_in_a_check(hasty):
    """Is a check that never ends interrupted, and the next one run?"""
    made = hasty.mark(
        "step = 0",
        hasty.check("import time\nwhile not step:\n    time.sleep(0.1)", "one"),
        hasty.check("assert step == 0", "two"),
    )
    assert made.points() == {"one": 0, "two": 2}


@pytest.mark.parametrize("about", [{"locked": False}, {"grade_id": ""}])
def test_a_cell_that_claims_to_be_a_check(hasty, about):
    """Is a cell that nobody released never run in the marker, and does it earn nothing?"""
    claim = hasty.check("2.0")
    claim.metadata.nbgrader.update(about)
    made = hasty.mark(claim, hasty.check("assert 'claim' not in dir()", "other"))
    assert [*made.points().values()] == [0, 2]
    assert made.said(0) == ["NotExecuted: This check was not run, and earns nothing."]


def test_written_code_is_the_learners(hasty):
    """Does a cell that a person marks run with the learner's cells, and not in the marker?"""
    written = hasty.check("mine = answer + 1\nprint(mine)", "written")
    written.metadata.nbgrader.update({"solution": True, "locked": False})
    made = hasty.mark("answer = 2", written, hasty.check("assert mine == 3"))
    assert made.points() == {"check": 2}
    assert made.said(1) == ["3\n"]


def test_magics_and_awaiting(hasty):
    """Do magics and cells that await work in a learner's cells?"""
    made = hasty.mark(
        "%%time\nimport asyncio\nasync def one():\n    await asyncio.sleep(0)\n    return 1",
        "value = await one()",
        hasty.check("%%capture said\nassert value == 1"),
    )
    assert made.points() == {"check": 2}


SCAN = """
import hashlib
import re
PATTERN = re.compile(rb"(?:key|told|hidden)[-_][0-9]{9}")
def found(known):
    seen = set()
    with open("/proc/self/maps") as maps:
        lines = maps.read().splitlines()
    with open("/proc/self/mem", "rb", 0) as memory:
        for line in lines:
            span, rights, *_ = line.split()
            place, end = (int(one, 16) for one in span.split("-"))
            while rights[0] == "r" and place < end:
                try:
                    memory.seek(place)
                    block = memory.read(min(1 << 22, end - place))
                except (OSError, ValueError, OverflowError):
                    break
                seen.update(PATTERN.findall(block))
                place += max(len(block) - 64, 1) if place + len(block) < end else len(block) or end
    hashes = {hashlib.sha256(one).hexdigest() for one in seen}
    return [number for number, one in enumerate(known) if one in hashes]
"""


def test_memory(tools):
    """Does a scan of all its memory, after 20 checks, find no expected value and no hidden text?"""
    cells, words = [], []
    for number in range(20):
        value = f"{(number + 3) ** 9 * 7919 % 10**9:09d}"
        cells += [
            f"def task_{number}(x):\n    return x",
            tools.check(
                f"assert callable(task_{number})\n### BEGIN HIDDEN TESTS\n"
                f"hidden_{value} = 'key-{value}'\n"
                f"assert task_{number}(2) == hidden_{value}, 'told-{value}'\n### END HIDDEN TESTS",
                f"task-{number}",
            ),
        ]
        words += [f"key-{value}", f"told-{value}", f"hidden_{value}"]
    known = "key-123454321"
    hashes = [hashlib.sha256(word.encode()).hexdigest() for word in [*words, known]]
    made = tools.mark(*cells, f"{SCAN}\nhere = {known!r}\nfound({hashes!r})")
    assert made.points() == {f"task-{number}": 0 for number in range(20)}
    # what is there is found, so the scan does look
    assert made.said(-1) == [str([len(words)])]


LARGE = "large = [float(n) for n in range(1_500_000)]\ndef size():\n    return len(large)"
TOUCH = "for one in large:\n    pass"
TOGETHER = "At cell {} its processes together took more than 256 MB of memory. Copies of them wait"


def test_copies_outgrow_memory(hasty):
    """Is it said that copies took too much memory, at which cell and what to do, and nobody blamed?"""
    turns = [
        one
        for number in range(12)
        for one in (TOUCH, hasty.check("assert size() == 1_500_000", f"check-{number}"))
    ]
    made = hasty.mark(LARGE, hasty.check("assert len([1]) == 1", "first"), *turns)
    assert made.made.kind == "memory"
    ends = [
        (number, one.ename)
        for number, cell in enumerate(made.notebook.cells)
        for one in cell.outputs
        if one.get("ename") in ("DeadKernelError", "AnswerEndedError")
    ]
    # the system ends the learner's process, at a cell that runs, or a copy, which its check misses
    killed = [number for number, name in ends if name == "DeadKernelError"]
    at = killed[0] if killed else ends[0][0]
    # well after the first of the copies
    assert not killed or at > 6
    assert str(made.made.reason).startswith(TOGETHER.format(at + 1))
    assert str(made.made.reason).endswith("or raise memory_mb.")
    assert made.points()["first"] == 2
    # either way nothing is earned from there on, and each check that is lost says why
    points = [made.points()[f"check-{number}"] for number in range(12)]
    assert points[-1] == 0
    assert points == sorted(points, reverse=True)
    for number, earned in enumerate(points):
        assert earned or str(made.made.reason) in made.said(2 * number + 3)[-1]
    for number in range(len(made.notebook.cells)):
        assert all("ended itself" not in one for one in made.said(number))
    # nor where it is the calls that make them differ
    calls = [
        one
        for number in range(16)
        for one in (
            f"print({number})",
            hasty.check("assert touch() == 1_500_000", f"check-{number}"),
        )
    ]
    touch = f"{LARGE}\ndef touch():\n    return sum(1 for one in large if one >= 0)"
    made = hasty.mark(touch, *calls, hasty.check("assert len([1]) == 1", "last"))
    assert made.made.kind == "memory"
    points = made.points()
    assert (points["check-0"], points["check-15"], points["last"]) == (2, 0, 2)
    lost = [number for number in range(16) if not points[f"check-{number}"]]
    at = 2 * lost[0] + 2
    assert str(made.made.reason).startswith(TOGETHER.format(at + 1))
    assert {said for number in lost for said in made.said(2 * number + 2)} == {
        f"AnswerEndedError: {made.made.reason}"
    }


def test_no_room_for_a_copy(hasty):
    """Does a check say so for which there was no room to keep a copy, and in plain words?"""
    made = hasty.mark(
        DOUBLE,
        hasty.check("assert double(2) == 4", "one"),
        "import resource\nresource.setrlimit(resource.RLIMIT_NPROC, (1, 1))\n",
        hasty.check("assert double(3) == 6", "two"),
        "double(1)",
        hasty.check("assert double(4) == 8", "three"),
    )
    assert made.points() == {"one": 2, "two": 0, "three": 2}
    assert made.said(3)[0].startswith("RuntimeError: There was no room for a copy of its process")
