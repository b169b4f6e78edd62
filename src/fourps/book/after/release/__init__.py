"""The parts of a release, for people who run no program: one file a part."""
