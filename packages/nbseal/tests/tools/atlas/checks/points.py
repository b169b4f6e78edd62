"""Points for a part of an answer."""


def points(share, maximum, hint=""):
    """Return points, and print a hint where some are missing."""
    if share < 1 and hint:
        print(f"Look again: {hint}")  # noqa: T201 - it is the output of a check
    return share * maximum
