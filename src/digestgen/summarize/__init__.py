"""This package holds the summarizers; each is a module with ``create(options, tools)``."""
