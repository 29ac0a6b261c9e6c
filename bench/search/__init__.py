"""How fast searching is: this engine beside others, on the same documents, in the same run."""
