"""What people in the home see: displays as text, as lines for programs, and as pictures."""
