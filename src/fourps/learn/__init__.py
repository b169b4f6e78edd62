"""The course on a learner's own machine: notebooks, self-checks and hand-ins."""
