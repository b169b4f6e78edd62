"""The course on somebody else's platform: what is staged of a built book, and how it is packed."""
