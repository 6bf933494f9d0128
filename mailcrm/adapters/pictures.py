"""A photo as it goes by mail: as small as it may be, and without where and by what it was taken.

Room: adapters. In: the bytes of a photo that is kept, which somebody else may have sent. Out: a JPEG, turned upright, with its colour profile
and nothing else of what the camera wrote. Only the usual formats are read, and none of more pixels than a good camera has.
"""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from mailcrm.domain.errors import ComposeError
from mailcrm.domain.words import say

__all__ = ["mailable_photo"]

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
_MOST_PIXELS = 80_000_000
_TROUBLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)


def mailable_photo(name: str, content: bytes, *, longest_side: int, quality: int) -> bytes:
    """Return the photo as a JPEG no side of which is longer; ComposeError where it can't be read."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise ValueError
            return _written(image, longest_side, quality)
    except _TROUBLE as error:
        raise ComposeError(
            say(
                "The photo {file} can't be made ready for a mail: it is damaged, too large, or no JPEG, PNG, WebP or TIFF.",
                file=name,
            ),
            say("Save it as a JPEG and add that with `mailcrm sample photo`, or take it off the mail."),
        ) from error


def _written(image: Image.Image, longest_side: int, quality: int) -> bytes:
    colours = image.info.get("icc_profile") if image.mode in ("RGB", "L") else None
    image.draft(None, (longest_side, longest_side))  # a JPEG is read no larger than it has to be
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    if upright.has_transparency_data:
        seen = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    plain = upright if upright.mode == "L" else upright.convert("RGB")
    plain.info.clear()  # EXIF with the place, comments
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=quality, optimize=True, icc_profile=colours, exif=b"")
    return written.getvalue()
