"""What a facilitator sees of a cohort: who may need a word, and what its tasks and ways show.

Statistics know nothing of where numbers come from; `gradebook` and `records` read; `page` and
`tables` write. Needs the extra ``facilitator``.
"""
