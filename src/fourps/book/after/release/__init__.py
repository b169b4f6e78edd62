"""What a release consists of, for people who run no program: one file a part."""
