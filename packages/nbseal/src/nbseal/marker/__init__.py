"""Where a mark is decided: a process of its own, in which no learner's code ever ran.

A check of a notebook runs here. What it asks of the learner's work comes as plain values; a
function of the learner's stands here as one that calls it there, with the check's arguments, and
returns a plain value. So what a check expects never enters the learner's process.
"""
