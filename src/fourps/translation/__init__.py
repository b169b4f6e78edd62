"""Catalogues of the course in another language: written, kept up to date, and looked at.

`update` brings them up to what the English says now.
"""
