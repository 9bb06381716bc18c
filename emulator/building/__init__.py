"""Buildings with many homes: their file, who reaches whom, bridges, and all of it in one world."""
