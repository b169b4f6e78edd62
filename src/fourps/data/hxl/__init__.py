"""Read tables whose columns carry HXL hashtags, and check them by rules.

HXL, the Humanitarian Exchange Language, puts a row of hashtags between the header and the data: a
machine finds a column by its hashtag, whatever its header says and in whatever language. Hashtags,
patterns and kinds of rule are spelt as in libhxl, the HXL project's own library, of which this
does a small part: it reads CSV files of this machine and asks no network.
"""

from fourps.data.hxl.columns import Column
from fourps.data.hxl.rules import RULES, Fault, Rule, faults
from fourps.data.hxl.table import Row, Table, read

__all__ = ["RULES", "Column", "Fault", "Row", "Rule", "Table", "faults", "read"]
