"""Shared by a course and its grader. It needs nothing but nbformat."""
