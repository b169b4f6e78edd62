"""The course's data: all invented, seeded and labelled SYNTHETIC; and a reader of real ones.

Each dataset has a module with ``load()``, which reads the file of the course, and ``make()``, the
seeded code that wrote it. `fourps.data.dictionary` says what each column means; `ctdc`
reads CTDC's own files into the frame of `hub`.
"""
