"""Every part that pages share, in each of its states: `python -m milomobile.ui.gallery`."""
