"""What lies beside or inside a liver and is no tumour: hollow organs, gallbladder, fat, ducts, streaks.

Everything here is painted with label 0. The hollow organs and the gallbladder are for the liver
network (they touch the liver and are not liver), the wedges and tubes for the lesion network.
"""

import numpy as np
from scipy import ndimage

from .paint import Picture, logistic, smooth_noise
from .shapes import made_up_outline, turned

LEAST_LIVER_PX = 250


def _edge_point(rng: np.random.Generator, liver: np.ndarray, left_lobe: bool):
    """A pixel on the liver's edge and the outward direction there; the left lobe is at image right."""
    edge = liver & ~ndimage.binary_erosion(liver)
    rows, cols = np.nonzero(edge)
    if left_lobe:
        wanted = cols > np.quantile(cols, 0.45)
        rows, cols = rows[wanted], cols[wanted]
    pick = rng.integers(len(rows))
    at = np.array([rows[pick], cols[pick]], float)
    smooth = ndimage.gaussian_filter(liver.astype(np.float32), 4.0)
    slope = np.array([g[rows[pick], cols[pick]] for g in np.gradient(smooth)])
    return at, -slope / max(float(np.hypot(*slope)), 1e-6)


def place(canvas: np.ndarray, centre: np.ndarray, shape: tuple[int, int], fill: float) -> np.ndarray:
    """The canvas put into a picture of `shape` with its middle at `centre`."""
    whole = np.full(shape, fill, np.float32)
    top, left = (np.round(centre) - np.array(canvas.shape) // 2).astype(int)
    rows = slice(max(0, top), min(shape[0], top + canvas.shape[0]))
    cols = slice(max(0, left), min(shape[1], left + canvas.shape[1]))
    if rows.start < rows.stop and cols.start < cols.stop:
        whole[rows, cols] = canvas[rows.start - top:rows.stop - top, cols.start - left:cols.stop - left]
    return whole


def _long_outline(rng: np.random.Generator, radius_px: float) -> np.ndarray:
    outline = made_up_outline(rng, radius_px)
    stretch = rng.uniform(1.0, 1.8)
    wide = ndimage.zoom(outline, (1.0, stretch), order=1)
    return turned(wide, rng, 1.0, fill=-8.0)


def _contents(rng: np.random.Generator, distance: np.ndarray, liver_hu: float) -> np.ndarray:
    """Stomach or bowel: fluid, food, contrast medium or liver-like; often gas on top and a wall."""
    shape = distance.shape
    kind = rng.random()
    if kind < 0.4:
        field = np.full(shape, rng.uniform(0.0, 35.0), np.float32)
        field += smooth_noise(rng, shape, rng.uniform(0.4, 1.5)) * rng.uniform(2.0, 10.0)
    elif kind < 0.75:
        field = np.full(shape, rng.uniform(15.0, 80.0), np.float32)
        field += smooth_noise(rng, shape, rng.uniform(1.0, 4.0)) * rng.uniform(10.0, 40.0)
        field[smooth_noise(rng, shape, rng.uniform(1.0, 2.5)) > rng.uniform(1.2, 2.5)] = 0.0
    elif kind < 0.83:
        field = np.full(shape, liver_hu + rng.uniform(-45.0, 15.0), np.float32)
        field += smooth_noise(rng, shape, rng.uniform(0.5, 2.0)) * rng.uniform(3.0, 14.0)
    else:
        field = np.full(shape, rng.uniform(150.0, 255.0), np.float32)
        field += smooth_noise(rng, shape, rng.uniform(0.5, 2.0)) * rng.uniform(5.0, 30.0)
    if rng.random() < 0.35:
        inside = np.flatnonzero((distance > 0).any(axis=1))
        if len(inside):
            level = inside[0] + int(rng.uniform(0.1, 0.6) * len(inside))
            field[:level] = 0.0
    if rng.random() < 0.6:
        wall = rng.uniform(1.0, 3.0)
        field = np.where(distance < wall, rng.uniform(50.0, 125.0), field)
    return field


def _inner_body(hu: np.ndarray) -> np.ndarray:
    """The body without its outer 8 pixels; fat and air are both 0, so the outline is that of soft tissue."""
    small = ndimage.zoom((hu > 25.0).astype(np.float32), 0.25, order=1) > 0.4
    labels, count = ndimage.label(ndimage.binary_closing(np.pad(small, 16), iterations=12)[16:-16, 16:-16])
    if not count:
        return np.zeros(hu.shape, bool)
    largest = labels == 1 + np.argmax(np.bincount(labels.ravel())[1:])
    body = ndimage.binary_erosion(ndimage.binary_fill_holes(largest), iterations=2)
    return ndimage.zoom(body.astype(np.float32), np.array(hu.shape) / np.array(body.shape), order=1) > 0.5


def add_hollow_organ(rng: np.random.Generator, picture: Picture) -> None:
    """A stomach- or colon-like body against the liver's edge, mostly at the left lobe; the liver stays."""
    if picture.liver.sum() < LEAST_LIVER_PX:
        return
    at, outward = _edge_point(rng, picture.liver, left_lobe=rng.random() < 0.75)
    radius = np.exp(rng.uniform(np.log(12.0), np.log(55.0))) / picture.pixel_mm
    distance = _long_outline(rng, radius)
    field = _contents(rng, distance, float(np.median(picture.hu[picture.liver])))
    centre = at + outward * radius * rng.uniform(0.75, 1.05)
    shape = picture.hu.shape
    distance, field = place(distance, centre, shape, -8.0), place(field, centre, shape, 0.0)
    gap = rng.uniform(0.0, 1.5) if rng.random() < 0.3 else 0.0
    free = (ndimage.distance_transform_edt(~picture.liver) > gap) & _inner_body(picture.hu)
    bone = ndimage.binary_dilation(picture.hu > 210.0, iterations=2) & (rng.random() < 0.9)
    alpha = logistic(distance / 0.4)
    alpha = alpha * ndimage.gaussian_filter((free & ~bone).astype(np.float32), 0.5)
    alpha = np.where(picture.liver, alpha * 0.5, alpha)
    picture.hu[...] = (1.0 - alpha) * picture.hu + alpha * np.maximum(field, 0.0)


def add_gallbladder(rng: np.random.Generator, picture: Picture) -> None:
    """Smooth bile beside the liver or dented into it: where it lies is no longer liver."""
    if picture.liver.sum() < 4 * LEAST_LIVER_PX:
        return
    at, outward = _edge_point(rng, picture.liver, left_lobe=False)
    radius = rng.uniform(7.0, 20.0) / picture.pixel_mm
    canvas = turned(ndimage.zoom(_ellipse(radius), (1.0, rng.uniform(1.0, 2.2)), order=1), rng, 1.0, -8.0)
    distance = place(canvas, at + outward * radius * rng.uniform(0.1, 0.9), picture.hu.shape, -8.0)
    inside = distance > 0
    if (inside & picture.liver).sum() > 0.25 * picture.liver.sum() or (inside & picture.tumour).any():
        return
    alpha = logistic(distance / 0.4)
    field = rng.uniform(0.0, 22.0) + smooth_noise(rng, picture.hu.shape, 0.6) * rng.uniform(2.0, 8.0)
    if rng.random() < 0.3:
        field = np.where(distance < 1.2, rng.uniform(40.0, 100.0), field)
    picture.hu[...] = (1.0 - alpha) * picture.hu + alpha * np.maximum(field, 0.0)
    picture.liver &= ~inside


def _ellipse(radius: float) -> np.ndarray:
    half = int(np.ceil(radius)) + 4
    y, x = np.mgrid[-half:half + 1, -half:half + 1].astype(np.float32)
    return radius - np.hypot(x, y)


def add_streaks(rng: np.random.Generator, picture: Picture) -> None:
    """Beam hardening: one to four straight bands, darker or brighter, across soft tissue."""
    y, x = np.mgrid[:picture.hu.shape[0], :picture.hu.shape[1]].astype(np.float32)
    tilt = rng.normal(0.0, 0.35)
    bands = np.zeros_like(picture.hu)
    centre = np.argwhere(picture.hu > 20.0).mean(axis=0) if (picture.hu > 20.0).any() else np.array(y.shape) / 2.0
    for _ in range(rng.integers(1, 5)):
        angle = tilt + rng.normal(0.0, 0.1)
        across = (y - centre[0] - rng.uniform(-60.0, 60.0)) * np.cos(angle) + (x - centre[1]) * np.sin(angle)
        along = -(y - centre[0]) * np.sin(angle) + (x - centre[1]) * np.cos(angle)
        fade = logistic(along * rng.choice((-1.0, 1.0)) / 30.0) if rng.random() < 0.6 else 1.0
        bands += rng.choice((-1.0, -1.0, 1.0)) * rng.uniform(6.0, 32.0) * fade * \
            np.exp(-0.5 * (across / rng.uniform(4.0, 18.0)) ** 2)
    picture.hu[...] = np.maximum(picture.hu + bands * np.minimum(1.0, picture.hu / 20.0), 0.0)


def add_fat_wedges(rng: np.random.Generator, picture: Picture) -> None:
    """Fissure fat: one to three dark wedges, 3 to 20 pixels long, mostly near the surface."""
    depth = ndimage.distance_transform_edt(picture.liver)
    for _ in range(rng.integers(1, 4)):
        ring = np.flatnonzero((depth > 0) & (depth < (7.0 if rng.random() < 0.7 else 30.0)) & ~picture.tumour)
        if not len(ring):
            return
        at = np.array(np.unravel_index(ring[rng.integers(len(ring))], depth.shape), float)
        length, width = rng.uniform(3.0, 20.0), rng.uniform(0.8, 3.2)
        y, x = np.mgrid[:depth.shape[0], :depth.shape[1]].astype(np.float32)
        angle = rng.uniform(0.0, np.pi)
        along = (y - at[0]) * np.sin(angle) + (x - at[1]) * np.cos(angle)
        across = (y - at[0]) * np.cos(angle) - (x - at[1]) * np.sin(angle) + 0.02 * rng.normal() * along ** 2
        taper = width * np.clip(1.0 - np.abs(along) / length, 0.0, 1.0)
        alpha = logistic((taper - np.abs(across)) / 0.5)
        alpha = np.where((np.abs(along) < length) & ~picture.tumour, alpha, 0.0) * rng.uniform(0.6, 1.0)
        picture.hu[...] = (1.0 - alpha) * picture.hu + alpha * rng.uniform(0.0, 12.0)


def add_tubes(rng: np.random.Generator, picture: Picture) -> None:
    """Dilated ducts and veins without contrast: one to four curved tubes of -12 to -45 HU."""
    inside = np.flatnonzero(picture.liver & ~picture.tumour)
    if not len(inside):
        return
    for _ in range(rng.integers(1, 5)):
        at = np.array(np.unravel_index(inside[rng.integers(len(inside))], picture.liver.shape), float)
        steps, angle, bend = int(rng.uniform(4, 34)), rng.uniform(0, 2 * np.pi), rng.normal(0.0, 0.06)
        angles = angle + bend * np.arange(steps) + np.cumsum(rng.normal(0.0, 0.08, steps))
        path = at + np.cumsum(np.stack([np.sin(angles), np.cos(angles)], 1), axis=0)
        drawn = np.ones(picture.liver.shape, bool)
        rows = np.clip(np.round(path[:, 0]).astype(int), 0, drawn.shape[0] - 1)
        cols = np.clip(np.round(path[:, 1]).astype(int), 0, drawn.shape[1] - 1)
        drawn[rows, cols] = False
        alpha = logistic((rng.uniform(0.6, 2.4) - ndimage.distance_transform_edt(drawn)) / 0.4)
        alpha = np.where(picture.tumour, 0.0, alpha)
        picture.hu[...] = np.maximum(picture.hu - alpha * rng.uniform(12.0, 45.0) * (picture.hu > 20.0), 0.0)
