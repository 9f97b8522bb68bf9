"""This package has one function per command, where the real parts are put together."""
