"""The picture that a link to a page is shown with elsewhere: question, answer and source, drawn from the evidence."""

from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from dashboard.charts.palette import COLOURS
from dashboard.shell.pages import SITE_NAME, Opening
from indicators.core.text import day_text

SIZE = (1200, 630)
PAD = 64
_LARGEST, _SMALLEST = 56, 28


def preview_picture(opening: Opening, day: date | None) -> bytes:
    """Return a picture of what a page says first, as PNG."""
    colours = COLOURS["light"]
    picture = Image.new("RGB", SIZE, colours["background"])
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, SIZE[0], 12), fill=colours["observed"])
    known = "" if day is None else f", as known on {day_text(day)}"
    draw.text((PAD, PAD - 16), f"{SITE_NAME}{known}", fill=colours["observed"], font=_font(28))
    y = _write(draw, opening.question, 120, 36, colours["muted"]) + 16 if opening.answer else 120
    said, lowest = opening.answer or opening.question, SIZE[1] - 120
    size = next((s for s in range(_LARGEST, _SMALLEST, -4) if _height(draw, said, s) <= lowest - y), _SMALLEST)
    _write(draw, said, y, size, colours["text"])
    if opening.source:
        first = _lines(draw, opening.source, 24)[0]
        draw.text((PAD, SIZE[1] - PAD - 24), first, fill=colours["muted"], font=_font(24))
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _write(draw: ImageDraw.ImageDraw, text: str, y: float, size: int, colour: str) -> float:
    for line in _lines(draw, text, size):
        draw.text((PAD, y), line, fill=colour, font=_font(size))
        y += size * 1.3
    return y


def _height(draw: ImageDraw.ImageDraw, text: str, size: int) -> float:
    return len(_lines(draw, text, size)) * size * 1.3


def _lines(draw: ImageDraw.ImageDraw, text: str, size: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and draw.textlength(longer, font=_font(size)) > SIZE[0] - 2 * PAD:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
