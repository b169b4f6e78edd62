"""The room that runs inside the seal; see `nbseal.seal`.

It is a package of its own so that starting it loads nothing of nbgrader.
"""
