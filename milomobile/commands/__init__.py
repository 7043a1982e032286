"""What each verb of the command line does: an act of the laptop, and what it answers."""
