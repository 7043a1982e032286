"""The Mission Locale’s server: takes records, signs what it took, loses none."""
