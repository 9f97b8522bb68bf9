"""This package finds what is wrong with posts of paper digests, our own and others'.

It is pure: texts, names of pictures and records of papers in, problems and mended texts out.
"""

from digestgen.lint.across import Sighting, across, sightings
from digestgen.lint.checking import Parsed, check_file, check_parsed, parsed
from digestgen.lint.fixing import FIXES, fixed
from digestgen.lint.markup import near_pictures
from digestgen.lint.rules import RULES, Rule
from digestgen.lint.values import File, Problem, Records

__all__ = [
    "FIXES",
    "RULES",
    "File",
    "Parsed",
    "Problem",
    "Records",
    "Rule",
    "Sighting",
    "across",
    "check_file",
    "check_parsed",
    "fixed",
    "near_pictures",
    "parsed",
    "sightings",
]
