"""Marks and feedback go back to learners, through Moodle too."""
