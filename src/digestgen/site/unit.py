"""This module defines the unit of a site: files made together, and what they are made of."""

from collections.abc import Callable, Mapping

from digestgen.values import Value


class Unit(Value, frozen=True, kw_only=True):
    """Files of the site that are made together.

    ``paths`` count from the site's root, and ``make`` returns the content of each of them. Equal
    ``made_of``, by its repr, promises equal content under equal templates, settings and version.
    """

    paths: tuple[str, ...]
    made_of: object
    make: Callable[[], Mapping[str, bytes]]
