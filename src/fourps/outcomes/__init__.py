"""Where each outcome of the course is taught, practised and assessed."""
