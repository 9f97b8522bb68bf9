"""This module says how a paper looks: sizes, fonts, numbers and captions."""

from dataclasses import dataclass
from typing import Literal

LETTER = (612.0, 792.0)
A4 = (595.0, 842.0)


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a paper is set; lengths are points."""

    page: tuple[float, float] = LETTER
    margin: float = 54
    top: float = 72
    bottom: float = 68
    gap: float = 20
    size: float = 10
    leading: float = 12
    title_size: float = 16
    heads: str = "Times-Bold"
    heading_size: float = 11.5
    numbering: Literal["1", "1.", "I."] = "1"
    figure: str = "Figure {}: "
    table: str = "Table {}: "
    table_numbers: Literal["1", "I"] = "1"
    table_title_alone: bool = False  # as IEEE does: the label has a line of its own
    caption_size: float = 9
    table_caption: Literal["above", "below"] = "above"
    page_number: Literal["centre", "outside"] = "centre"
    running_rule: bool = True
    bookmarks: bool = False
    hidden: str = ""  # said to machines in white letters
