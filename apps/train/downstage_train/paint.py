"""Tumours painted into real livers: the label is exactly where the paint covers more than half."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from .shapes import ShapeBank, made_up_outline, real_outline, turned


@dataclass(frozen=True)
class PaintRules:
    """How often what is painted; rates are shares of the painted tumours."""

    bright: float = 0.25
    isodense: float = 0.06
    real_outline: float = 0.5
    patch: float = 0.25
    at_edge: float = 0.3
    bulging: float = 0.15
    smallest_mm: float = 4.0
    largest_mm: float = 80.0


@dataclass
class Picture:
    """One slice while it is changed: density, liver (with its tumours), tumour; all float32 or bool."""

    hu: np.ndarray
    liver: np.ndarray
    tumour: np.ndarray
    pixel_mm: float


def logistic(x: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0)))


def smooth_noise(rng: np.random.Generator, shape: tuple[int, int], sigma: float) -> np.ndarray:
    """Correlated noise of unit standard deviation."""
    field = ndimage.gaussian_filter(rng.standard_normal(shape, dtype=np.float32), sigma) if sigma > 0.2 else \
        rng.standard_normal(shape, dtype=np.float32)
    return field / max(float(field.std()), 1e-6)


def _level(rng: np.random.Generator, rules: PaintRules) -> tuple[float, bool]:
    """Difference to the liver in HU, and whether a rim is all there is to see."""
    kind = rng.random()
    if kind < rules.bright:
        return float(rng.uniform(12.0, 95.0)), False
    if kind < rules.bright + rules.isodense:
        return float(rng.uniform(-4.0, 4.0)), True
    return -float(np.clip(rng.normal(38.0, 20.0), 9.0, 95.0)), False


def _appearance(rng: np.random.Generator, rules: PaintRules, distance: np.ndarray) -> np.ndarray:
    """Density difference to the liver over the canvas of an outline."""
    level, only_rim = _level(rng, rules)
    field = np.full(distance.shape, level, np.float32)
    radius = float(distance.max())
    if radius > 4.0 and rng.random() < 0.4:
        depth = radius * rng.uniform(0.25, 0.6)
        core = logistic((distance - depth + smooth_noise(rng, distance.shape, 2.5)) / rng.uniform(0.6, 2.0))
        field -= core * rng.uniform(8.0, 45.0 if level < 0 else 80.0)
    if only_rim or rng.random() < 0.3:
        height = rng.uniform(10.0, 45.0) * (1.0 if rng.random() < 0.6 else -1.0)
        width = rng.uniform(0.8, 2.2)
        field += height * np.exp(-0.5 * ((distance - width) / width) ** 2)
    field += smooth_noise(rng, distance.shape, rng.uniform(0.5, 2.5)) * rng.uniform(0.0, 9.0)
    return field


def _draw_lesion(rng: np.random.Generator, bank: ShapeBank, rules: PaintRules, picture: Picture):
    """Signed distance and density difference of one tumour."""
    most_px = 0.75 * 2.0 * np.sqrt(max(picture.liver.sum(), 1) / np.pi)
    kind = rng.random()
    if bank.patches and kind < rules.patch:
        patch = bank.patches[rng.integers(len(bank.patches))]
        zoom = float(np.exp(rng.uniform(-0.25, 0.25)))
        state = rng.bit_generator.state
        distance = turned(patch.distance, rng, zoom, fill=-8.0) * zoom
        rng.bit_generator.state = state
        difference = turned(patch.difference, rng, zoom, fill=0.0) * float(np.exp(rng.normal(0.0, 0.25)))
        return distance, difference
    if bank.sections and kind < rules.patch + rules.real_outline:
        distance = real_outline(bank, rng, picture.pixel_mm, most_px)
    else:
        low, high = np.log(rules.smallest_mm), np.log(rules.largest_mm)
        diameter_px = min(float(np.exp(rng.uniform(low, high))) / picture.pixel_mm, most_px)
        distance = made_up_outline(rng, max(diameter_px / 2.0, 1.2))
    return distance, _appearance(rng, rules, distance)


def _centre(rng: np.random.Generator, picture: Picture, depth: np.ndarray, radius: float, rules: PaintRules):
    """A pixel to paint at, and whether the tumour bulges over the capsule there."""
    kind = rng.random()
    if kind < rules.at_edge:
        ring = (depth > 0) & (depth < max(2.5, 0.9 * radius))
        choices = np.flatnonzero(ring)
    elif kind < rules.at_edge + 0.15:
        choices = np.flatnonzero(depth > 0.5 * depth.max())
    else:
        choices = np.flatnonzero(picture.liver)
    if not len(choices):
        return None, False
    at = np.unravel_index(choices[rng.integers(len(choices))], picture.liver.shape)
    return at, kind < rules.at_edge and rng.random() < rules.bulging / max(rules.at_edge, 1e-6)


def _overlap(canvas: tuple[int, int], at: tuple[int, int], shape: tuple[int, int]):
    """Where a canvas with its middle at `at` falls in a picture of `shape`, and which part of the canvas that is."""
    starts = [a - n // 2 for a, n in zip(at, canvas)]
    there = tuple(slice(max(0, s), min(m, s + n)) for s, n, m in zip(starts, canvas, shape))
    here = tuple(slice(t.start - s, t.stop - s) for t, s in zip(there, starts))
    return there, here


def paint_one(rng: np.random.Generator, bank: ShapeBank, rules: PaintRules, picture: Picture,
              depth: np.ndarray) -> bool:
    """Paints one tumour; answers whether there was room for it. Never over another tumour."""
    distance, difference = _draw_lesion(rng, bank, rules, picture)
    radius = max(float(distance.max()), 1.0)
    at, bulges = _centre(rng, picture, depth, radius, rules)
    if at is None:
        return False
    (rows, cols), cut = _overlap(distance.shape, at, picture.hu.shape)
    distance, difference = distance[cut], difference[cut]
    width = min(rng.uniform(0.4, 2.0), 0.35 * radius) / 2.0
    alpha = logistic(distance / width)
    here = picture.liver[rows, cols]
    reach = rng.uniform(2.0, 8.0) if bulges else 0.0
    allowed = depth[rows, cols] > -reach
    soft_allowed = np.clip(ndimage.gaussian_filter(allowed.astype(np.float32), 0.7), 0.0, 1.0)
    alpha = alpha * np.where(allowed, 1.0, 0.0) * np.maximum(soft_allowed, here)
    inside = alpha > 0.5
    if inside.sum() < 4 or (inside & picture.tumour[rows, cols]).any():
        return False
    hu = picture.hu[rows, cols]
    liver_here = hu[here]
    if len(liver_here) < 12:
        return False
    mean = float(np.median(liver_here))
    residual = hu - ndimage.gaussian_filter(hu, 1.5)
    residual = np.clip(residual, -25.0, 25.0) * rng.uniform(0.7, 1.1)
    painted = np.maximum(mean + difference + residual, 0.0)
    hu[...] = (1.0 - alpha) * hu + alpha * painted
    picture.tumour[rows, cols] |= inside
    picture.liver[rows, cols] |= inside
    return True


def capsule_depth(liver: np.ndarray) -> np.ndarray:
    """Pixels from the liver's edge, positive inside."""
    return np.where(liver, ndimage.distance_transform_edt(liver), -ndimage.distance_transform_edt(~liver))


def paint_lesions(rng: np.random.Generator, bank: ShapeBank, rules: PaintRules, picture: Picture) -> int:
    """One to four tumours (.45/.3/.15/.1); answers how many found room."""
    if picture.liver.sum() < 150:
        return 0
    depth = capsule_depth(picture.liver)
    count = 1 + int(rng.choice(4, p=(0.45, 0.3, 0.15, 0.1)))
    return sum(paint_one(rng, bank, rules, picture, depth) for _ in range(count))


def paint_small(rng: np.random.Generator, bank: ShapeBank, rules: PaintRules, picture: Picture, count: int) -> int:
    """Some more tumours of 4 to 15 mm."""
    if picture.liver.sum() < 150:
        return 0
    small = PaintRules(bright=rules.bright, isodense=0.0, real_outline=0.0, patch=0.0, at_edge=rules.at_edge,
                       bulging=0.0, smallest_mm=rules.smallest_mm, largest_mm=15.0)
    depth = capsule_depth(picture.liver)
    return sum(paint_one(rng, bank, small, picture, depth) for _ in range(count))
