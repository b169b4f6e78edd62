"""Look through the whole course for what its readers should not have to find.

One file for one kind of thing: `course` goes through the course and asks the others.
"""

from fourps.check.course import Report, check

__all__ = ["Report", "check"]
