"""Branching scenarios: what they are, how they are played, how they are checked."""
