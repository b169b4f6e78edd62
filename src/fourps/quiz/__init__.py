"""Knowledge checks: what they are, how they are marked, how they are checked."""
