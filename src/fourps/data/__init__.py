"""The course's data: all invented, seeded and labelled SYNTHETIC; and readers of real files.

Each dataset has a module with ``load()``, which reads the file of the course, and ``make()``, the
seeded code that wrote it. `fourps.data.dictionary` says what each column means; `ctdc`, `unodc` and
`dtm` read real files into the same frames.
"""
