"""What a floor plan means for radio: margins of links, who reaches whom, which channel."""
