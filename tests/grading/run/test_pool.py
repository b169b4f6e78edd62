import pytest

from fourps.grading.run.pool import SchedulerError, cluster


@pytest.mark.parametrize("address", ["tcp://192.0.2.1:8786", "tcp://grading.example:8786", "x"])
def test_no_work_crosses_a_network_unencrypted(address):
    """Is an address refused that would send learners' work in the clear?"""
    with pytest.raises(SchedulerError, match="unencrypted"), cluster(address):
        pytest.fail("it was taken")
