"""This package commits posts into a blog's git repository, and nothing but them."""

from digestgen.publish.checkout import Target
from digestgen.publish.plan import TAKE_BACK, Plan, PostPlan
from digestgen.publish.publishing import Publication, publish

__all__ = ["TAKE_BACK", "Plan", "PostPlan", "Publication", "Target", "publish"]
