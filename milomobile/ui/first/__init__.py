"""What the first-run assistant is made of: one step, one file."""
