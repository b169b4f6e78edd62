"""Grade many submissions at once, sealed, and lose none.

nbgrader stays the grader: what comes before and after a notebook runs are its own steps, as the
course configures them, and the gradebook is its own. Between them the notebooks run in parallel.
"""
