"""What Python loads by itself at its start is no module of tests."""

collect_ignore = ["sitecustomize.py"]
