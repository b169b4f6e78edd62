"""What learner and facilitator share: the hand-in file, the released exercise, notebooks."""
