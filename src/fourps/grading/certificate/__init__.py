"""Certificates of completion: who may have one, what it says, and its signature."""
