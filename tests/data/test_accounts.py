import pytest

from fourps.data import accounts


@pytest.fixture(scope="module")
def ledger():
    return accounts.load()


def test_a_concern_is_rare(ledger):
    """Is there a concern in one per cent of 2,000 accounts?"""
    assert len(ledger) == 2000
    assert ledger["concern"].sum() == 20


def test_most_flags_are_wrong(ledger):
    """Does a signal that finds most concerns still flag ten times as many accounts wrongly?"""
    for signal in ("a", "b"):
        flagged = ledger[ledger[signal]]
        assert flagged["concern"].sum() >= 14
        assert (~flagged["concern"]).sum() > 5 * flagged["concern"].sum()


def test_both_signals_together_flag_fewer_and_miss_some(ledger):
    """Is a stricter rule wrong less often, and does it miss concerns?"""
    both = ledger[ledger["a"] & ledger["b"]]
    assert both["concern"].sum() == 12
    assert (~both["concern"]).sum() == 19


def test_one_signal_is_unfair_to_one_region(ledger):
    """Is signal A raised without a concern several times as often in Jelisse?"""
    calm = ledger[~ledger["concern"]].groupby("region")["a"].mean()
    assert calm["Jelisse"] > 4 * calm.drop("Jelisse").max()
