"""The only readers and writers of nbgrader's tables, and of ours beside them."""
