"""One person, as the page beside the list shows them."""
