"""What a course and its grader both use. It needs nothing but nbformat."""
