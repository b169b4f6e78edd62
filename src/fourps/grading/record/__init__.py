"""Records of completion: who may have one, what it says, and a signature that can be checked."""
