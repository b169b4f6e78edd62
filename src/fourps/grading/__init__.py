"""Grading for facilitators: with nbgrader, through its own commands and extension points.

Needs the extra ``facilitator``. Nothing here replaces nbgrader's gradebook, formats or commands.
"""
