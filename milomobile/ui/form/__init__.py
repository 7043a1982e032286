"""The registration form: its fields, what is asked when, and what stands beside it."""
