"""Many cases on many devices: the file, the profile, the run that can go on, its results."""
