"""All that a gas meter, or the gas proxy function, holds of what remote parties set and read."""
