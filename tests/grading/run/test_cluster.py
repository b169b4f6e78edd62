"""``fourps grade run --scheduler`` with a scheduler and workers of Dask, on this machine."""

import datetime as dt
import logging
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import commands
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from distributed import Client
from nbformat.v4 import new_code_cell, new_notebook

from fourps.grading.run import remote
from fourps.grading.run.cluster import PATIENCE, ClusterLostError, SchedulerError, cluster
from fourps.grading.run.pool import Way, Work
from fourps.grading.seal import Limits

pytestmark = pytest.mark.slow
PROGRAMS = Path(sys.executable).parent
WAY = Way(Limits(), (), sealed=True)
SLOW = "import time\ntime.sleep(0.5)"
CHEAT = """
class All:
    def __eq__(self, other): return True
def double(x):
    return All()
"""
ENDLESS = {"one": new_notebook(cells=[new_code_cell("import time\ntime.sleep(1000)")])}
# where the package is missing, or another release
ABSENT = """import sys
for name in [*sys.modules]:
    if name.partition(".")[0] == "fourps":
        sys.modules[name] = None
sys.modules["fourps"] = None
"""
LACKING = """import fourps.grading.run.pool as pool
def ready(way):
    from fourps.grading.seal import SealError
    raise SealError("It did not start: No module named 'ipykernel'.")
pool.ready = ready
"""
OTHER = "import fourps.grading.run.remote as remote; remote.version = lambda _: '0.0.7'"


class Cluster:
    """A scheduler and its workers."""

    def __init__(self, folder, environment=None, protocol="tcp", scheduler=()):
        self.environment = os.environ | (environment or {})
        self._folder = folder
        self._logs = []
        self._workers = []
        words = ("--host", f"{protocol}://127.0.0.1", "--port", "0", "--no-dashboard")
        self.scheduler = self._start("scheduler", *words, *scheduler)
        self.address = self._said(r"Scheduler at: +(\S+)")

    def workers(self, number, *words, real=False, environment=None):
        """Start some, and wait until they are there."""
        started = [
            self._start(
                "worker",
                self.address,
                *("--nthreads", "1", "--no-nanny", "--no-dashboard", *words),
                real=real,
                environment=environment,
            )
            for _ in range(number)
        ]
        self._workers += started
        for one in started:
            self._said("Registered to", one)
        return started

    def _start(self, *words, real=False, environment=None):
        log = self._folder / f"log-{len(self._logs)}"
        self._logs.append(log)
        start = subprocess.Popen if real else commands.start
        with log.open("wb") as said:
            one = start(
                [PROGRAMS / "dask", *words],
                cwd=self._folder,
                env=self.environment | (environment or {}),
                stdout=said,
                stderr=said,
            )
        one.log = log
        return one

    def _said(self, pattern, one=None):
        one = one or self.scheduler
        while True:
            ended = one.poll() is not None
            found = re.search(pattern, one.log.read_text("utf-8"))
            if found:
                return found[found.re.groups]
            assert not ended, one.log.read_text("utf-8")
            time.sleep(0.05)

    def dismiss(self):
        """End the workers, and wait until the scheduler knows it."""
        for one in self._workers:
            one.kill()
            one.wait()
        self._workers.clear()
        with Client(self.address, set_as_default=False) as client:
            while client.nthreads():
                time.sleep(0.05)

    def stop(self):
        for one in (*self._workers, self.scheduler):
            one.kill()
            one.wait()


@pytest.fixture
def start(tmp_path):
    """Return a function that starts a scheduler, which ends with the test."""
    started = []

    def make(**words):
        started.append(Cluster(tmp_path, **words))
        return started[-1]

    yield make
    for one in started:
        one.stop()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    made = Cluster(tmp_path_factory.mktemp("dask"))
    yield made
    made.stop()


@pytest.fixture
def dask(scheduler):
    """Return a cluster that has no workers yet."""
    yield scheduler
    scheduler.dismiss()


@pytest.fixture
def answered(small_course, right):
    """Return a function that makes a course with hand-ins right, wrong and broken."""

    def make(name, size=6, cell=""):
        course = small_course(name)
        course.quicken()
        for number in range(size):
            wrong = {"double": f"{cell}\ndef double(x):\n    return x + {number}"}
            course.submit(f"learner-{number}", right | (wrong if number % 3 else {}))
        course.submit("ends", right | {"words": "import os\nos._exit(3)"})
        return course

    return make


@pytest.mark.parametrize("address", ["tcp://192.0.2.1:8786", "tcp://grading.example:8786", "x"])
def test_no_work_crosses_a_network_unencrypted(address):
    """Is an address refused that would send learners' work in the clear?"""
    with pytest.raises(SchedulerError, match="unencrypted"), cluster(address):
        pytest.fail("it was taken")


def test_two_workers(dask, answered, right):
    """Are the gradebook's rows those of local workers, also with a worker killed in between?"""
    here = answered("here")
    local = here.grade()
    first, _ = dask.workers(2)
    there = answered("there")
    done = there.run("--scheduler", dask.address)
    assert (done.returncode, local.returncode) == (1, 1)
    assert "ends: partly graded" in done.stdout, done.stderr
    assert there.rows() == here.rows()
    assert there.outcomes() == here.outcomes()

    # with the marker, and somebody whose answer equals everything
    slow = answered("slow", 9, SLOW)
    with (slow.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("c.SealedExecute.marker = True\n")
    slow.submit("cheats", right | {"double": CHEAT})
    run = slow.start("--scheduler", dask.address)
    while len(slow.outcomes()) < 2:
        assert run.poll() is None
        time.sleep(0.05)
    # eight are left for two, so that it has work
    first.kill()
    status, said = slow.end(run)
    assert status == 1, said
    assert len(slow.outcomes()) == 11
    scores = slow.scores()
    assert [scores[one, "double-check"] for one in ("cheats", "learner-0", "learner-1")] == [
        0,
        3,
        0,
    ]
    assert {one for one, status in slow.outcomes().items() if status != "graded"} == {"ends"}
    assert slow.outcomes()["ends"] == "partly"


@pytest.mark.parametrize("lost", ["workers", "scheduler"])
def test_a_lost_cluster(start, lost, monkeypatch):
    """Does a run stop in good order, in our words alone, when all workers are gone, or the scheduler?"""
    # two minutes, as the manual says
    assert PATIENCE == 120
    monkeypatch.setattr("fourps.grading.run.cluster._LOOK", 0.2)
    dask = start()
    [worker] = dask.workers(1)
    with cluster(dask.address, patience=1) as pool:
        assert pool.workers == 1
        running = pool.submit(Work(ENDLESS), WAY)
        while not any(pool._client.processing().values()):
            time.sleep(0.05)
        (worker if lost == "workers" else dask.scheduler).kill()
        with pytest.raises(ClusterLostError, match=lost):
            pool.done([running])
        # the first says so always, the second where something was being sent just then
        for part in ("client", "batched"):
            assert not logging.getLogger(f"distributed.{part}").isEnabledFor(logging.ERROR)


def test_what_is_graded_when_the_cluster_is_lost_is_kept(start, answered):
    """Does the next run, here, finish what one on a lost cluster began?"""
    course = answered("course", 9, SLOW)
    dask = start()
    dask.workers(1)
    run = course.start("--scheduler", dask.address)
    while len(course.outcomes()) < 2:
        assert run.poll() is None
        time.sleep(0.05)
    dask.scheduler.kill()
    status, said = course.end(run)
    assert status == 1
    assert "run again when it is back" in " ".join(said.split())
    assert "Traceback" not in said
    kept = course.outcomes()
    assert 2 <= len(kept) < 10
    undisturbed = answered("undisturbed", 9)
    undisturbed.grade()
    assert "10 decided now" not in course.grade().stdout
    assert course.outcomes() == undisturbed.outcomes()


@pytest.mark.parametrize(
    ("preload", "said"),
    [(ABSENT, r"worker tcp\S+ cannot grade"), (OTHER, r"has fourps 0\.0\.7, and this is")],
    ids=["absent", "other"],
)
def test_workers_that_cannot_grade(dask, preload, said):
    """Is a worker named that lacks this package, or has another release?"""
    dask.workers(1, "--preload", preload)
    with pytest.raises(SchedulerError, match=said), cluster(dask.address):
        pytest.fail("it was taken")


def test_a_scheduler_that_cannot_hand_on(start):
    """Is a scheduler named that lacks this package?"""
    dask = start(scheduler=("--preload", ABSENT))
    dask.workers(1)
    with pytest.raises(SchedulerError, match="scheduler cannot grade"), cluster(dask.address):
        pytest.fail("it was taken")


def test_workers_that_cannot_seal(dask, answered, tmp_path):
    """Does a run end before it changes anything when a worker cannot seal, and go on unsealed?"""
    course = answered("course", 1)
    (tmp_path / "few").mkdir()
    for name in ("sh", "setpriv"):
        (tmp_path / "few" / name).symlink_to(shutil.which(name))
    # a real one asks itself whether it can
    dask.workers(1, real=True, environment={"PATH": str(tmp_path / "few")})
    done = course.run("--scheduler", dask.address)
    assert done.returncode == 1
    assert "cannot seal: Sealed grading needs the program bwrap" in " ".join(done.stderr.split())
    assert not (course.folder / "backups").exists()
    unsafe = course.run("--scheduler", dask.address, "--unsafe")
    assert "It was not sealed." in unsafe.stdout
    assert course.outcomes()["learner-0"] == "graded"


def test_workers_that_cannot_run_a_notebook(dask, answered):
    """Is a worker named that seals and cannot run a notebook, before anything is changed?"""
    course = answered("course", 1)
    dask.workers(1, "--preload", LACKING)
    done = course.run("--scheduler", dask.address)
    assert done.returncode == 1
    said = " ".join(done.stderr.split())
    assert re.search(r"The worker tcp\S+ cannot grade: .* No module named 'ipykernel'\.", said), (
        said
    )
    assert not (course.folder / "backups").exists()
    assert not course.outcomes()


def test_no_workers(dask):
    """Is a scheduler refused that has no workers yet?"""
    with pytest.raises(SchedulerError, match="has no workers yet"), cluster(dask.address):
        pytest.fail("it was taken")


def test_nobody_answers(monkeypatch):
    """Does an address where nobody listens end with a sentence?"""
    monkeypatch.setattr("fourps.grading.run.cluster._START", 1)
    with (
        pytest.raises(SchedulerError, match="No scheduler answers at tcp://127"),
        cluster("tcp://127.0.0.1:9"),
    ):
        pytest.fail("it was taken")


def test_encrypted(start, answered, tmp_path):
    """Does a cluster with certificates grade, as the manual describes it?"""
    files = certificate(tmp_path)
    where = {f"DASK_DISTRIBUTED__COMM__TLS__{key}": value for key, value in files.items()}
    dask = start(environment=where, protocol="tls")
    dask.workers(1)
    assert dask.address.startswith("tls://")
    course = answered("course", 1)
    words = ("--course", course.folder, "--scheduler", dask.address)
    done = commands.run(["fourps", "grade", "run", *words], env=dask.environment)
    assert course.outcomes() == {"learner-0": "graded", "ends": "partly"}, done.stderr


def test_a_packed_submission_comes_out_as_it_was():
    """Is what a worker unpacks what was packed, and executed as here?"""
    notebook = new_notebook(cells=[new_code_cell("open('a', 'rb').read()")])
    made = remote.execute(remote.pack(Work({"one": notebook}, {"a": b"\xff"}), WAY))
    [(outputs, count)] = made["one"].cells
    assert (outputs[0]["data"]["text/plain"], count) == (r"b'\xff'", 1)


def certificate(folder):
    """Write a key and a certificate that trusts itself, and return Dask's names of their files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "grading")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    both = {"CERT": str(folder / "cert.pem"), "KEY": str(folder / "key.pem")}
    return {"CA_FILE": str(folder / "cert.pem")} | {
        f"{who}__{kind}": path
        for who in ("SCHEDULER", "WORKER", "CLIENT")
        for kind, path in both.items()
    }
