from collections import Counter

from fourps.report.ways import ways
from fourps.scenario.engine import replay
from fourps.scenario.model import load


def test_counts(root, maker):
    """Is each person counted once at each place, and does everybody come to one ending?"""
    scenario = load(root / "modules" / "protection" / "scenario.yaml")[0]
    chance = maker.random.Random(11)
    plays = [replay(scenario, maker._play(scenario, number / 50, chance)) for number in range(50)]
    found = ways(plays)
    assert found.people == found.endings.total() == 50
    assert found.choices == Counter(key for play in plays for key in set(play.path))
