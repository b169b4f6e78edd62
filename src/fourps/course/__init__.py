"""Where the course's content is, and what every other room reads it with."""
