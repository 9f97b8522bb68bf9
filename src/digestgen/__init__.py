"""This package turns arXiv topics into blog posts that can be traced to the papers."""

__version__ = "0.1.0"
HOMEPAGE = "https://github.com/digestgen/digestgen"
