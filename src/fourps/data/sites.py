"""SYNTHETIC: eight rounds at the 24 sites for displaced people in Selvarra, in 2031.

The weeks and the floods are those of the course's world. What is missing is not missing at random:
teams report less from sites where little works, and in Arrimel after the floods (rounds 6 and 7)
hardly anything. None of the columns says that anybody was trafficked.
"""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

import pandas as pd

from fourps.data import store

REGIONS = ["Merrivane", "Oriveth", "Arrimel", "Varrouen", "Jelisse"]
# where each site lies on the drawing of the country, which is 440 wide and 360 high, as in
# ``book/world.yaml``
PLACES = {
    "Ferry Road": (286, 186),
    "The Stadium": (234, 172),
    "Old Brickworks": (172, 204),
    "Luvessa Bridge": (186, 232),
    "Mill Yard": (116, 134),
    "Market Hall": (206, 207),
    "Station Square": (196, 160),
    "Tram Depot": (233, 200),
    "Upper Meadow": (168, 92),
    "Sheep Market": (224, 126),
    "Quarry Road": (252, 100),
    "River School": (163, 246),
    "Grain Store": (222, 264),
    "Fish Market": (174, 270),
    "Reed Field": (202, 290),
    "Pump House": (247, 274),
    "Harbour School": (104, 230),
    "Lighthouse Field": (67, 169),
    "Salt Store": (127, 214),
    "Net Loft": (112, 163),
    "Crossing Field": (305, 212),
    "Orchard Lane": (264, 214),
    "Customs Yard": (296, 138),
    "Well Street": (270, 156),
}

load = partial(store.load, "sites")
Rounds: TypeAlias = pd.DataFrame
"""What `load` returns: one row a site and round."""
