"""The course's data: all invented and labelled SYNTHETIC; and a reader of real ones.

Each dataset has a module with ``load()``, which reads the file of the course.
`fourps.data.store` says what each column means; `ctdc` reads CTDC's own files.
"""
