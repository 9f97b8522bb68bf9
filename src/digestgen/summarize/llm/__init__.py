"""This package is the summarizer that asks a language model, and prints what it can prove of it.

Nothing else imports it, or pydantic, until a build names it.
"""

from digestgen.summarize.llm.summarizer import create

__all__ = ["create"]
