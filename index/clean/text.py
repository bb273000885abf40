"""Characters as they should have been: one form of every accent, no invisible signs, plain spaces."""

from __future__ import annotations

import re
import unicodedata

_REPLACED = {
    **dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD]),  # invisible
    # What turns text around, so that it would be shown otherwise than it reads.
    **dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0x0132: "IJ",
    0x0133: "ij",
    0xF0B7: "•",
    0xF0A7: "▪",
}
# A spacing accent after its letter, as some PDF fonts leave it: "officie¨le".
COMBINING = {"¨": "\u0308", "´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327"}
_LOOSE_ACCENT = re.compile(r"([A-Za-zı])([¨´ˆ˜¸])(?=[A-Za-z])")


def clean(text: str) -> str:
    """One line, normalised (NFC), with single spaces. A soft hyphen at its very end is kept as the sign of division."""
    divided = text.rstrip().endswith("\u00ad")
    if not text.isascii():
        text = text.translate(_REPLACED)
        text = _LOOSE_ACCENT.sub(lambda match: match[1].replace("ı", "i") + COMBINING[match[2]], text)
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in text)
    text = " ".join(text.split())
    return text + "\u00ad" if divided else text
