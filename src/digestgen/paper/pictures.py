"""This module draws what was found as pictures for the web.

The same PDF gives the same bytes. A reader's highlights in the PDF are not drawn.
"""

import io
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2
from PIL import Image

from digestgen.model import Figure
from digestgen.paper.figures import Found
from digestgen.paper.words import Box

WIDEST = 1400  # pixels: a blog's column on a dense screen
THUMBNAIL = 400
_FINEST = 400 / 72  # pixels per point
_MOST = 900_000  # pixels: encoded in about 40 ms
_TALLEST = 8_000
_MARGIN = 2.0  # points around the drawing
_COLOURS = 4_096  # a picture of more colours is a photograph; lossless would only cost time
_ALT = 200  # letters; a screen reader cannot skip within it


def render(document: pypdfium2.PdfDocument, found: Sequence[Found]) -> tuple[Figure, ...]:
    """Draw each of ``found``, in order; what is too flat to be seen is left out."""
    names = _file_names(found)
    return tuple(
        figure
        for one, name in zip(found, names, strict=True)
        if (figure := _figure(document, one, name))
    )


def alt_text(found: Found) -> str:
    """Return what the picture shows, in a length that can be listened to."""
    caption = " ".join(found.caption.split()) or f"{found.kind.capitalize()} {found.label}"
    if len(caption) <= _ALT:
        return caption
    return caption[: _ALT - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def _file_names(found: Sequence[Found]) -> Iterator[str]:
    """Yield a safe name for each, no two the same."""
    times: Counter[str] = Counter()
    for one in found:
        stem = re.sub(r"[^a-z0-9]+", "-", f"{one.kind}-{one.label}".lower()).strip("-")
        times[stem] += 1
        again = f"-p{one.page}-{times[stem]}" if times[stem] > 1 else ""
        yield f"{stem}{again}.webp"


def _figure(document: pypdfium2.PdfDocument, found: Found, name: str) -> Figure | None:
    image = _draw(document, found)
    if image is None:
        return None
    small = image.copy()
    small.thumbnail((THUMBNAIL, _TALLEST), Image.Resampling.BOX, reducing_gap=2.0)
    return Figure(
        kind=found.kind,
        label=found.label,
        caption=found.caption,
        page=found.page,
        file_name=name,
        image=_encoded(image),
        width=image.width,
        height=image.height,
        thumbnail=_webp(small, quality=85, method=1),
        alt=alt_text(found),
        box=found.bbox,
        caption_box=found.caption_bbox,
    )


def _draw(document: pypdfium2.PdfDocument, found: Found) -> Image.Image | None:
    page = document[found.page - 1]
    try:
        width, height = page.get_size()
        x0, y0, x1, y1 = _padded(found, width, height)
        if x1 - x0 < 1 or y1 - y0 < 1:
            return None
        bitmap = page.render(
            scale=_scale(x1 - x0, y1 - y0),
            crop=(x0, height - y1, width - x1, y0),
            may_draw_forms=False,
            draw_annots=False,
        )
        try:
            image: Image.Image = bitmap.to_pil()
            return image.convert("RGB")
        finally:
            bitmap.close()
    finally:
        page.close()


def _padded(found: Found, width: float, height: float) -> Box:
    """Return the box with a narrow margin, inside the page and clear of the caption."""
    x0, y0, x1, y1 = found.bbox
    top, bottom = max(0.0, y0 - _MARGIN), min(height, y1 + _MARGIN)
    if found.caption_bbox[3] <= y0:
        top = max(top, min(y0, found.caption_bbox[3]))
    if found.caption_bbox[1] >= y1:
        bottom = min(bottom, max(y1, found.caption_bbox[1]))
    return max(0.0, x0 - _MARGIN), top, min(width, x1 + _MARGIN), bottom


def _scale(width: float, height: float) -> float:
    """Return pixels per point: as many as a page can use, and no more than is quick to encode."""
    return min(
        (WIDEST - 1) / width, _FINEST, math.sqrt(_MOST / (width * height)), _TALLEST / height
    )


def _encoded(image: Image.Image) -> bytes:
    """Return WebP: line art as it is where that is smaller, photographs at quality 85."""
    lossy = _webp(image, quality=85, method=1)
    if image.getcolors(_COLOURS) is None:
        return lossy
    lossless = _webp(image, lossless=True, quality=20, method=1)
    return min(lossless, lossy, key=len)


def _webp(image: Image.Image, *, quality: int, method: int, lossless: bool = False) -> bytes:
    target = io.BytesIO()
    image.save(target, "WEBP", quality=quality, method=method, lossless=lossless)
    return target.getvalue()
