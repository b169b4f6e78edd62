"""Have every interpreter that finds this file see Windows."""

import as_windows

as_windows.become()
