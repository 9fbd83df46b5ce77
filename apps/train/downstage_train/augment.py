"""Changes of a whole slice: place and size, sharpness, noise, gain, contrast phase."""

import numpy as np
from scipy import ndimage

from .paint import Picture, smooth_noise

NATIVE_KNOTS = ((0, 0), (40, 36), (80, 50), (110, 58), (160, 72), (200, 130), (255, 235))
ARTERIAL_KNOTS = ((0, 0), (40, 38), (80, 50), (110, 66), (140, 110), (165, 200), (200, 245), (255, 255))
"""Tone curves from the portal phase (liver about 110 HU) to scans without contrast and arterial ones."""


def shift_liver(rng: np.random.Generator, picture: Picture, shift: float) -> None:
    """Adds a constant to the liver alone, with a soft edge; its mean stays above 15 HU."""
    if not picture.liver.any():
        return
    mean = float(picture.hu[picture.liver].mean())
    soft = ndimage.gaussian_filter(picture.liver.astype(np.float32), 0.8)
    picture.hu[...] = np.maximum(picture.hu + soft * max(shift, 15.0 - mean), 0.0)


def _tone(hu: np.ndarray, knots, share: float) -> np.ndarray:
    return (1.0 - share) * hu + share * np.interp(hu, *np.array(knots, float).T).astype(np.float32)


def change_phase(rng: np.random.Generator, picture: Picture) -> None:
    """Portal as it is, another liver level, unenhanced, fatty or arterial."""
    kind = rng.random()
    if kind < 0.30:
        shift_liver(rng, picture, rng.uniform(-45.0, 45.0))
    elif kind < 0.40:
        picture.hu[...] = _tone(picture.hu, NATIVE_KNOTS, rng.uniform(0.6, 1.0))
        shift_liver(rng, picture, rng.uniform(-12.0, 20.0))
    elif kind < 0.46 and picture.liver.any():
        shift_liver(rng, picture, rng.uniform(15.0, 50.0) - float(picture.hu[picture.liver].mean()))
    elif kind < 0.54:
        picture.hu[...] = _tone(picture.hu, ARTERIAL_KNOTS, rng.uniform(0.6, 1.0))
        shift_liver(rng, picture, rng.uniform(-12.0, 25.0))


def erase_liver(rng: np.random.Generator, picture: Picture) -> None:
    """A slice without liver: it is replaced by fat (0) with a soft edge."""
    soft = ndimage.gaussian_filter(ndimage.binary_dilation(picture.liver, iterations=2).astype(np.float32), 1.0)
    picture.hu[...] = picture.hu * (1.0 - soft)
    picture.liver[...] = False
    picture.tumour[...] = False


def random_matrix(rng: np.random.Generator, scale: float, turn_sd_deg: float, flips: bool) -> np.ndarray:
    """Output pixel to input pixel, both from the middle."""
    angle = np.deg2rad(rng.normal(0.0, turn_sd_deg))
    aniso, shear = float(np.exp(rng.normal(0.0, 0.06))), rng.normal(0.0, 0.05)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = turn @ np.array([[aniso, shear], [0.0, 1.0 / aniso]]) / scale
    if flips:
        matrix = matrix @ np.diag(rng.choice((-1.0, 1.0), 2))
    return matrix


def warp(field: np.ndarray, matrix: np.ndarray, centre: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The field seen through a window of `size` whose middle shows input pixel `centre`."""
    offset = centre - matrix @ ((np.array(size) - 1) / 2.0)
    return ndimage.affine_transform(field.astype(np.float32), matrix, offset, size, order=1, cval=0.0)


def scanner(rng: np.random.Generator, hu: np.ndarray, gain_sd: float, shift_sd: float,
            clip: tuple[float, float]) -> np.ndarray:
    """Blur or sharpening, correlated noise, gain, gamma and shift; what is clipped to 0 stays near 0."""
    kind = rng.random()
    if kind < 0.2:
        hu = ndimage.gaussian_filter(hu, rng.uniform(0.4, 1.3))
    elif kind < 0.32:
        hu = np.maximum(hu + rng.uniform(0.4, 1.2) * (hu - ndimage.gaussian_filter(hu, 1.0)), 0.0)
    if rng.random() < 0.5:
        noise = smooth_noise(rng, hu.shape, rng.uniform(0.0, 0.9)) * rng.uniform(2.0, 24.0)
        hu = hu + noise * np.where(hu > 0.5, 1.0, 0.2)
    hu = np.clip(hu, clip[0], None) * float(np.exp(rng.normal(0.0, gain_sd)))
    if rng.random() < 0.4:
        top = clip[1]
        hu = np.where(hu > 0, top * (np.maximum(hu, 0.0) / top) ** float(np.exp(rng.normal(0.0, 0.15))), hu)
    hu = hu + rng.normal(0.0, shift_sd) * np.clip(hu / 20.0, 0.0, 1.0)
    return np.clip(hu, *clip).astype(np.float32)
