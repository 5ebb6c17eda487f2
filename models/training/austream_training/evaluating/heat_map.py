"""Tables of numbers as pictures, without a plotting library: PNG with a colour scale and labels of digits."""

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

CELL, MARGIN, GAP, ZOOM = 22, 34, 24, 2

_DIGITS = {
    "0": (7, 5, 5, 5, 7), "1": (2, 6, 2, 2, 7), "2": (7, 1, 7, 4, 7), "3": (7, 1, 7, 1, 7), "4": (5, 5, 7, 1, 1),
    "5": (7, 4, 7, 1, 7), "6": (7, 4, 7, 5, 7), "7": (7, 1, 2, 2, 2), "8": (7, 5, 7, 5, 7), "9": (7, 5, 7, 1, 7)}


def colours(values: np.ndarray, limit: float) -> np.ndarray:
    """[..] to uint8 [.., 3]: white at 0, red towards ``limit``, blue towards -``limit``, grey where not a number."""
    share = np.clip(np.nan_to_num(values) / limit, -1, 1)[..., None]
    warm, cold = np.array([178.0, 24, 43]), np.array([33.0, 102, 172])
    picture = 255 + np.where(share >= 0, warm - 255, cold - 255) * np.abs(share)
    picture = np.where(np.isnan(values)[..., None], 190.0, picture)
    return np.round(picture).astype(np.uint8)


def write_heat_map(
        path: Path, tables: Sequence[np.ndarray], rows: Sequence[str], columns: Sequence[str], limit: float) -> None:
    """Writes tables [rows, columns] side by side; the labels are numbers in digits."""
    height = MARGIN + CELL * len(rows)
    width = MARGIN + sum(CELL * len(columns) + GAP for _ in tables)
    picture = np.full((height + GAP, width, 3), 255, np.uint8)
    left = MARGIN
    for table in tables:
        cells = colours(table, limit)
        for row in range(len(rows)):
            for column in range(len(columns)):
                top, start = MARGIN + row * CELL, left + column * CELL
                picture[top:top + CELL - 1, start:start + CELL - 1] = cells[row, column]
        for column, label in enumerate(columns):
            _write(picture, label, left + column * CELL + 2, MARGIN - 5 * ZOOM - 4)
        left += CELL * len(columns) + GAP
    for row, label in enumerate(rows):
        _write(picture, label, 2, MARGIN + row * CELL + 5)
    write_png(path, picture)


def _write(picture: np.ndarray, text: str, x: int, y: int) -> None:
    for place, digit in enumerate(text):
        for row, bits in enumerate(_DIGITS[digit]):
            for column in range(3):
                if bits >> (2 - column) & 1:
                    top, start = y + row * ZOOM, x + (place * 4 + column) * ZOOM
                    picture[top:top + ZOOM, start:start + ZOOM] = 40


def write_png(path: Path, picture: np.ndarray) -> None:
    """uint8 [h, w, 3] as a PNG file."""
    height, width, _ = picture.shape

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    lines = b"".join(b"\x00" + line.tobytes() for line in picture)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b""))
