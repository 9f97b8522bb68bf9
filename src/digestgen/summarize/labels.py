"""This module names what a sentence of an abstract can be for."""

from typing import Literal, get_args

Role = Literal["background", "objective", "method", "result", "other"]
ROLES: tuple[Role, ...] = get_args(Role)
