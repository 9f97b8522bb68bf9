"""This package runs functions over hostile files in processes that cannot hurt this one."""

from digestgen.cage.limits import CageError, Limits
from digestgen.cage.pool import Cage

__all__ = ["Cage", "CageError", "Limits"]
