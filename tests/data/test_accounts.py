from fourps.data import accounts


def test_one_signal_is_unfair_to_one_region():
    """Is signal A raised without a concern several times as often in Jelisse?"""
    ledger = accounts.load()
    calm = ledger[~ledger["concern"]].groupby("region")["a"].mean()
    assert calm["Jelisse"] > 4 * calm.drop("Jelisse").max()
