"""What an adviser can do: one function, one transaction."""
