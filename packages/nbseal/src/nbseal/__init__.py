"""Grade any nbgrader course: sealed, fast, and with nothing lost."""
