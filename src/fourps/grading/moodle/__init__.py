"""What Moodle's assignments give and take: names in its zips, and its grading worksheet."""
