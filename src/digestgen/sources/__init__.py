"""This package holds where papers come from; each is a module with ``create(options, tools)``."""
