"""This package times the site beside those of other generators, on posts that it invents."""
