"""The packages for Debian and its kin: the laptop's program and the office's server."""
