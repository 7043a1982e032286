"""Keys and locks: no SQL, no Qt."""
