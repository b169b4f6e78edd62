"""Moodle's assignments: names in their zips, and their grading worksheet."""
