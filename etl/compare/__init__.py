"""A draft against the store: which of its numbers agree with what is stored, which differ, which nobody can tell."""
