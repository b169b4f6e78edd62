"""Makes what a learner wrote or displayed do nothing to whoever looks at it.

A facilitator opens notebooks of others in a browser that may write the gradebook. So what goes into
``autograded/`` and into feedback is cleaned here. It is a room of its own, since it serves grading
and giving back alike, reads nothing of either and changes no mark.
"""

from nbseal.inert.notebook_page import TEMPLATES, InertPages, markdown2html
from nbseal.inert.whole_notebook import Inert, make_inert

__all__ = ["TEMPLATES", "Inert", "InertPages", "make_inert", "markdown2html"]
