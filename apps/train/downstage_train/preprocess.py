"""A slice as the package's manifest prescribes it: clip, resample, subtract, divide, limit; and back."""

import numpy as np
from scipy import ndimage

SIZE_MULTIPLE = 32
LEAST_SIZE = (224, 256)
"""Rows and columns of the smallest picture the liver network is given."""

SHRINK_WITHOUT_BLUR = 1.25


def resampled(field: np.ndarray, factor: float, size: tuple[int, int]) -> np.ndarray:
    """Pixel-centre aligned linear resampling: output pixel i shows input place (i + 0.5) * factor - 0.5."""
    field = field.astype(np.float32)
    if factor > SHRINK_WITHOUT_BLUR:
        field = ndimage.gaussian_filter(field, 0.45 * (factor - 1.0), mode="nearest")
    start = 0.5 * factor - 0.5
    return ndimage.affine_transform(field, np.array([factor, factor]), np.array([start, start]), size, order=1,
                                    mode="nearest")


def to_pixel(field: np.ndarray, pixel_mm: float, wanted_mm: float) -> np.ndarray:
    factor = wanted_mm / pixel_mm
    size = tuple(max(1, int(round(n / factor))) for n in field.shape)
    return resampled(field, factor, size)


def from_pixel(field: np.ndarray, wanted_mm: float, pixel_mm: float, size: tuple[int, int]) -> np.ndarray:
    """Back to the grid of `pixel_mm`; without blur, whichever is finer."""
    factor = pixel_mm / wanted_mm
    start = 0.5 * factor - 0.5
    return ndimage.affine_transform(field.astype(np.float32), np.array([factor, factor]), np.array([start, start]),
                                    size, order=1, mode="nearest")


def padded(field: np.ndarray) -> tuple[np.ndarray, tuple[slice, slice]]:
    """Zero-padded, content centred, to multiples of 32 and the least size; and where the content lies."""
    sides = [max(least, -(-n // SIZE_MULTIPLE) * SIZE_MULTIPLE) for n, least in zip(field.shape, LEAST_SIZE)]
    before = [(side - n) // 2 for side, n in zip(sides, field.shape)]
    whole = np.zeros(sides, np.float32)
    where = tuple(slice(b, b + n) for b, n in zip(before, field.shape))
    whole[where] = field
    return whole, where


def window(field: np.ndarray, centre: tuple[int, int], size: tuple[int, int]) -> np.ndarray:
    """The part of `field` around `centre`; zero beyond the picture."""
    starts = [c - n // 2 for c, n in zip(centre, size)]
    whole = np.zeros(size, np.float32)
    into = tuple(slice(max(0, -s), max(0, min(n, f - s))) for s, n, f in zip(starts, size, field.shape))
    out_of = tuple(slice(max(0, s), max(0, min(f, s + n))) for s, n, f in zip(starts, size, field.shape))
    whole[into] = field[out_of]
    return whole


def unwindow(part: np.ndarray, centre: tuple[int, int], shape: tuple[int, int]) -> np.ndarray:
    """A window put back into a picture of `shape`; zero elsewhere."""
    starts = [c - n // 2 for c, n in zip(centre, part.shape)]
    whole = np.zeros(shape, np.float32)
    out_of = tuple(slice(max(0, -s), max(0, min(n, f - s))) for s, n, f in zip(starts, part.shape, shape))
    into = tuple(slice(max(0, s), max(0, min(f, s + n))) for s, n, f in zip(starts, part.shape, shape))
    whole[into] = part[out_of]
    return whole


def box_centre(mask: np.ndarray) -> tuple[int, int]:
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(rows[0] + rows[-1] + 1) // 2, int(cols[0] + cols[-1] + 1) // 2
