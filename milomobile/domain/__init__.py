"""What the words of the field mean; standard library and phone numbers only."""
