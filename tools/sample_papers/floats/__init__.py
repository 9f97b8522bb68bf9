"""This package draws the figures, tables and algorithms of each paper."""
