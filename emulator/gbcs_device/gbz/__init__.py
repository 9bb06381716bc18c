"""A gas meter and the gas proxy function as remote parties know them: ZCL commands in messages."""
