"""Catalogues of the course in another language: written, kept up to date, and looked at.

The book and the exercises say what there is to translate, `update` brings the catalogues up to
that, and `gates` says what must be mended: `markup`, `numbers`, `wording`, `french`.
"""
