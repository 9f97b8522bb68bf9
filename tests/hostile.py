"""This module makes hostile PDFs, and reads PDFs the hard way inside of a cage."""

import random
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from digestgen.paper import Limits, Reading, read
from digestgen.paper.reading import opened
from tests.pdf_maker import Bookmark, Sheet, assemble, pdf, stream

_PAGES = 20  # to be drawn
_PIXELS = 1000  # of the longer side
_MEGABYTE = 1 << 20
_LEAST = 200  # bytes that a file needs to be wounded further


def read_and_draw(path: str) -> Reading:
    """Read a PDF as the product does, after drawing its first pages.

    Raises:
        ValueError: it cannot be read.
    """
    content = Path(path).read_bytes()
    with opened(content, limits=Limits()) as document:
        for number in range(min(len(document), _PAGES)):
            page = document[number]
            scale = min(1.0, _PIXELS / max(*page.get_size(), 1.0))
            page.render(scale=scale, may_draw_forms=False, draw_annots=False)
            page.close()
    return read(content)


def mutated(content: bytes, dice: random.Random) -> bytes:
    """Return the file with a few wounds: bytes, numbers, blocks, or its end."""
    wounded = bytearray(content)
    for _ in range(dice.choice((1, 3, 30))):
        if len(wounded) > _LEAST:
            dice.choice(_WOUNDS)(wounded, dice)
    return bytes(wounded)


def _flip(content: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 50)):
        content[dice.randrange(len(content))] = dice.randrange(256)


def _number(content: bytearray, dice: random.Random) -> None:
    """Change a number in what is not compressed: sizes, counts and references lie from now on."""
    start = dice.randrange(len(content))
    for place in range(start, min(start + 10_000, len(content))):
        if content[place : place + 1].isdigit():
            content[place : place + 1] = dice.choice(
                (b"0", b"9", b"-1", b"99999", b"1e9", b"4294967295")
            )
            return


def _move(content: bytearray, dice: random.Random) -> None:
    size = dice.randint(1, min(5000, len(content) // 2))
    source, target = (dice.randrange(len(content) - size) for _ in range(2))
    content[target : target + size] = content[source : source + size]


def _lose(content: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(content) - 100)
    del content[start : start + dice.randint(1, 100)]


def _cut(content: bytearray, dice: random.Random) -> None:
    del content[dice.randint(len(content) // 2, len(content) - 1) :]


_WOUNDS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip, _number, _number, _number, _move, _lose, _cut,
)  # fmt: skip


# Numbers too large for the matrix: what comes of them is infinite, and then no number at all.
_LARGE = b"1" + b"0" * 38
_LETTERS_OF_NO_SIZE = b"".join(
    (
        b"q %s 0 0 %s 0 0 cm %s 0 0 -%s %s %s cm " % ((_LARGE,) * 6),
        b"BT /F1 10 Tf %s %s -%s %s 72 700 Tm (Letters of no size) Tj ET Q " % ((_LARGE,) * 4),
        b"BT /F1 10 Tf 1 0 0 1 72 600 Tm (Letters of a size) Tj ET",
    )
)


def bombs() -> Mapping[str, bytes]:
    """Return small files that cost much, lie or break, by what they do."""
    return _sizes() | _depths() | _loops() | _lies() | _floods()


def _sizes() -> dict[str, bytes]:
    spaces = _packed(b" " * _MEGABYTE, times=400)
    return {
        "zip bomb": _page(_zipped(spaces)),
        "zip bomb in a zip bomb": _page(_zipped(zlib.compress(spaces), filters=2)),
        "page of a kilometre": pdf([Sheet(width=1e9, height=1e9)]),
        "page without size": pdf([Sheet(width=0, height=0)]),
        "letters of no size": _page(stream(_LETTERS_OF_NO_SIZE)),
        "page of no number": _page(stream(b"0 0 9 9 re f"), box="100 100 -1e38 1e38"),
        "picture of a billion pixels": _page(
            stream(b"612 0 0 792 0 0 cm /X Do"),
            _zipped(
                _packed(bytes(_MEGABYTE), times=120),
                "/Type /XObject /Subtype /Image /Width 31622 /Height 31622 "
                "/BitsPerComponent 1 /ColorSpace /DeviceGray",
            ),
        ),
    }


def _depths() -> dict[str, bytes]:
    deep = b"[" * 300_000 + b"]" * 300_000
    return {
        "deep states": _page(_zipped(zlib.compress(b"q " * 2_000_000))),
        "deep array on a page": _page(_zipped(zlib.compress(b"[" * 1_000_000))),
        "deep array in the catalogue": assemble(
            [b"<< /Type /Catalog /Pages 2 0 R /X " + deep + b" >>", b"<< /Type /Pages /Kids [] >>"]
        ),
        "deep page tree": assemble(
            [b"<< /Type /Catalog /Pages 2 0 R >>"]
            + [
                f"<< /Type /Pages /Kids [{number} 0 R] /Count 1 >>".encode()
                for number in range(3, 20_003)
            ]
            + [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>"]
        ),
    }


def _loops() -> dict[str, bytes]:
    form = (
        "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X {} 0 R >> >>"
    )
    levels = [stream(b"/X Do " * 10, form.format(6 + level)) for level in range(9)]
    outline = pdf([Sheet()], bookmarks=[Bookmark("One", 1), Bookmark("Two", 1)])
    return {
        "form in itself": _page(stream(b"/X Do"), stream(b"/X Do /X Do /X Do", form.format(5))),
        "form bomb": _page(stream(b"/X Do"), *levels, stream(b"0 0 9 9 re f", form.format(5))),
        "pages in themselves": assemble(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>",
            ]
        ),
        "bookmarks in a ring": outline.replace(b"/Next 5 0 R", b"/Next 4 0 R"),
        "bookmarks in themselves": outline.replace(b"/Prev 4 0 R", b"/First 5 0 R"),
        "table of objects in a ring": pdf([Sheet()]).replace(b"/Root", b"/Prev 15 /Root"),
        "length of itself": _page(b"<< /Length 4 0 R >>\nstream\n0 0 9 9 re f\nendstream"),
        "letter that writes itself": _page(
            stream(b"BT /X 9 Tf 9 9 Td (aaaaaaaaaa) Tj ET"),
            b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] "
            b"/CharProcs << /a 6 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 "
            b"/LastChar 97 /Widths [9] /Resources << /Font << /X 5 0 R >> >> >>",
            stream(b"BT /X 9 Tf (aaaaaaaaaa) Tj ET"),
        ),
    }


def _lies() -> dict[str, bytes]:
    honest = pdf([_words()])
    image = "/Type /XObject /Subtype /Image /Width 9999 /Height 9999 /Filter /{}"
    return {
        "two thousand million pages": honest.replace(b"/Count 1", b"/Count 2147483647"),
        "minus one page": honest.replace(b"/Count 1", b"/Count -1"),
        "nothing": b"",
        "a web page": b"<html><body>rate limited</body></html>",
        "cut off": honest[: len(honest) // 2],
        "encrypted": _encrypted(honest),
        **{
            f"no {kind} at all": _page(
                stream(b"99 0 0 99 0 0 cm /X Do"), stream(b"\xff\x4f\xff" * 999, image.format(kind))
            )
            for kind in ("DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "LZWDecode")
        },
    }


def _floods() -> dict[str, bytes]:
    many = [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"] * 5000
    kids = " ".join(f"{number} 0 R" for number in range(3, 5003))
    pattern = (
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 "
        "/BBox [0 0 .02 .02] /XStep .02 /YStep .02"
    )
    return {
        "path flood": _page(_zipped(_packed(b"0 0 m 9 9 l S\n" * 10_000, times=200))),
        "text flood": _page(
            _zipped(
                _packed(
                    b"BT /F 9 Tf 9 700 Td " + b"(aaaaaaaaaaaaaaaaaaaa) Tj T* " * 9999 + b"ET ",
                    times=10,
                )
            )
        ),
        "page flood": assemble(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                f"<< /Type /Pages /Kids [{kids}] /Count 5000 >>".encode(),
                *many,
            ]
        ),
        "tile flood": _page(
            stream(b"/Pattern cs /X scn 0 0 612 792 re f"), stream(b"0 0 .01 .01 re f", pattern)
        ),
        "shade flood": _page(
            stream(b"/X sh " * 20_000),
            b"<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 612 792] /Extend [true true] "
            b"/Function << /FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 1 1] /N 1.7 >> >>",
        ),
        "letters of transparent groups": _page(
            stream(b"/X Do " * 3000),
            stream(
                b"0 0 612 792 re f",
                "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Group << /S /Transparency "
                "/I true /K true >>",
            ),
        ),
    }


def _words() -> Sheet:
    sheet = Sheet()
    sheet.paragraph(72, 72, "Some words that are honest. " * 30, columns=90)
    return sheet


def _page(content: bytes, *more: bytes, box: str = "0 0 612 792") -> bytes:
    """Return a file of one page; object 5, the first of ``more``, is what it calls /X."""
    kinds = ("XObject", "Font", "Pattern", "Shading")
    names = " ".join(f"/{kind} << /X 5 0 R /F 5 0 R >>" for kind in kinds) if more else ""
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R "
            f"/Resources << {names} >> >>".encode(),
            content,
            *more,
        ]
    )


def _packed(block: bytes, *, times: int) -> bytes:
    """Compress a block over and over without ever holding it all."""
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(block) for _ in range(times)) + packer.flush()


def _zipped(packed: bytes, entries: str = "", *, filters: int = 1) -> bytes:
    return stream(packed, f"{entries} /Filter [{'/FlateDecode ' * filters}]")


def _encrypted(content: bytes) -> bytes:
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >>"
    return content.replace(b"/Root", f"{lock} /ID [<00><00>] /Root".encode())
