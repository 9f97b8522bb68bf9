"""This package writes a digest as the files of a blog engine."""
