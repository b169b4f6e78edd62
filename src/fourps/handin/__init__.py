"""Shared by learner and facilitator: the hand-in file, the released exercise, notebooks."""
