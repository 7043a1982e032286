"""The encrypted file: the only room that knows SQL."""
