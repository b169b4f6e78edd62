"""What other people's platforms take of a built book: one file a kind of shelf."""
