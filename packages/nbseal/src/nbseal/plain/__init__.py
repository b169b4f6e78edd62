"""Mark what is plain without a seal: nothing that a learner wrote is ever run.

A notebook is plain if each of its code cells is as it was released, or binds the names that the
released cell binds to texts and numbers. These are read, and cross as data to a process of its own,
in which released cells and checks run. That process is one for many submissions, on any system.
"""
