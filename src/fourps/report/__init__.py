"""The report on a cohort: who may need a word, and what its tasks and ways show.

Statistics know nothing of where numbers come from; `cohort` and `records` read; `html_page`
writes. Needs the extra ``facilitator``.
"""
