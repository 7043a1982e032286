"""Builds, signs and checks what is installed on laptops and on the office’s server."""
