"""Collecting that is killed, has no room or no right to write, at each of its points."""

import shutil
import signal

import pytest
from conditions import in_closed
from killing import content, ending, folders, grows, renew

from nbseal.collect import collect


@pytest.mark.slow
@pytest.mark.parametrize("how", ["killed", "full", "closed"])
def test_at_each_point(course, handins, put, root, how):
    """Does the next run finish as if nothing had been, with nothing left and nobody blamed?"""
    put("ada")
    collect(handins, course, root)
    (handins / "ada.zip").rename(handins / "protection-ada.zip")
    put("ada", "ada (2).zip", time=1_900_000_900)
    put("ben")
    (handins / "cem.ipynb").write_text("{", "utf-8")
    # entering takes nbgrader, and is asked elsewhere
    course.joinpath("mine.txt").write_text("mine", "utf-8")
    kept = shutil.copytree(course, course.with_name("kept"))
    seen = []

    def run():
        seen[:] = [collect(handins, course, root)]
        return seen[0].left, seen[0].stopped, seen[0].remarks

    def closed(folder):
        left, stopped, remarks = in_closed(course / folder, run)
        assert stopped == (
            f"Collecting stopped. The folder {course / folder} cannot be written: Permission denied. Make "
            "it writable for yourself, then do it again. What was taken is whole, and nobody is to blame."
        )
        assert left == 0
        assert not [line for line in remarks if "cannot" in line]

    def entered(*_):
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nbseal.collect.enrolled_students.enter", entered)
        run()
        expected = content(course)
        renew(course, kept)
        status, points = ending(course, run)
        assert (status, content(course)) == (0, expected)
        kinds = {point.split()[0] for point in points}
        assert {"os.mkdir", "open", "os.rename", "os.chmod"} <= kinds
        assert sum("exercise.ipynb" in point for point in points) >= 4
        for number, point in enumerate(points if how != "closed" else folders(kept, points)):
            if how == "full" and not grows(point):
                continue
            renew(course, kept)
            if how == "closed":
                closed(point)
            else:
                status, _ = ending(course, run, number, full=how == "full")
                assert status == (0 if how == "full" else -signal.SIGKILL), point
            noted = {path.name for path in course.glob(".refused/*/[!.]*")}
            assert noted <= {"cem.txt"}, point
            run()
            assert content(course) == expected, point
            assert (seen[0].left, seen[0].stopped) == (0, ""), point
