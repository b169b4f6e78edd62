"""The drawings of the labs: bars, lines, ranges, a flow, and a table with boxes.

All of them say SYNTHETIC, once; data that carry another label in ``attrs["label"]``, as real files
do, are labelled with that. Each scale has a title, a heavier line at zero, and ticks that are whole
where what is counted is whole.
"""

from fourps.lab.draw.line_chart import lines
from fourps.lab.draw.rows import bars, flow, ranges
from fourps.lab.table import grid

__all__ = ["bars", "flow", "grid", "lines", "ranges"]
