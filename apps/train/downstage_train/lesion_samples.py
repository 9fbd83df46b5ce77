"""Training samples of the lesion network: [2, H, W] density against the liver and liver mask; tumour; loss weight."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from . import augment, neighbours
from .data import LABELLED, TUMOUR_FREE, UNKNOWN, Slices, draw_weights
from .paint import PaintRules, Picture, paint_lesions, paint_small
from .shapes import ShapeBank, made_up_outline

PIXEL_MM = 1.2
CLIP_HU = (0.0, 255.0)
DIVIDE_BY, LIMIT = 60.0, 2.0
CROP = (192, 192)
"""A window of 230 mm around the liver's middle; at inference it is 256 x 256 pixels, 307 mm."""

FULL_WEIGHT_MM2 = 675.0
"""Sections smaller than this weigh sqrt(this / area), at most SMALL_WEIGHT_LIMIT (LESION-TRAINING.md 3)."""

SMALL_WEIGHT_LIMIT = 4.0


@dataclass(frozen=True)
class LesionSampler:
    """`predicted` holds the liver network's own masks of the same slices, or nothing."""

    slices: Slices
    bank: ShapeBank
    predicted: np.ndarray | None = None

    def __call__(self, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
        index, painted = self._draw(rng)
        picture, ignored = self._picture(rng, index, painted)
        given, added = self._given_mask(rng, index, picture)
        return self._window(rng, picture, ignored, given, added)

    def _draw(self, rng: np.random.Generator) -> tuple[int, float]:
        """A slice and how likely it gets painted tumours: real tumours, none, or anything."""
        tumour = (self.slices.label == 2).any(axis=(1, 2)) if rng.random() < 0.56 else None
        if tumour is None:
            return self._pick(rng, np.ones(len(self.slices), bool)), 0.92
        if rng.random() < 0.38 / 0.56 and tumour.any():
            return self._pick(rng, tumour), 0.25
        known_empty = ~tumour & np.isin(self.slices.status, (LABELLED, TUMOUR_FREE))
        return self._pick(rng, known_empty if known_empty.any() else ~tumour), 0.15

    def _pick(self, rng: np.random.Generator, among: np.ndarray) -> int:
        weight = draw_weights(self.slices) * among
        return int(rng.choice(len(weight), p=weight / weight.sum()))

    def _picture(self, rng: np.random.Generator, index: int, painted: float) -> tuple[Picture, np.ndarray]:
        label = self.slices.label[index]
        picture = Picture(hu=self.slices.hu(index, CLIP_HU), liver=label > 0, tumour=label == 2,
                          pixel_mm=float(self.slices.pixel_mm[index]))
        ignored = suspicious(picture) if self.slices.status[index] == UNKNOWN else np.zeros(label.shape, bool)
        if rng.random() < 0.12:
            change_vessels(rng, picture)
        rules = PaintRules()
        if rng.random() < painted:
            paint_lesions(rng, self.bank, rules, picture)
            if rng.random() < 0.4:
                paint_small(rng, self.bank, rules, picture, int(rng.integers(1, 4)))
        if rng.random() < 0.45:
            neighbours.add_fat_wedges(rng, picture)
        if rng.random() < 0.35:
            neighbours.add_tubes(rng, picture)
        if rng.random() < 0.2:
            neighbours.add_hollow_organ(rng, picture)
        if rng.random() < 0.12:
            neighbours.add_streaks(rng, picture)
        return picture, ignored & ~picture.tumour

    def _given_mask(self, rng: np.random.Generator, index: int, picture: Picture) -> tuple[np.ndarray, np.ndarray]:
        """The liver mask as a liver network might give it, and what of it is a neighbour taken for liver."""
        given = picture.liver.copy()
        kind = rng.random()
        if kind < 0.2:
            given = ndimage.binary_erosion(given, iterations=int(rng.integers(1, 3)))
        elif kind < 0.4:
            given = ndimage.binary_dilation(given, iterations=int(rng.integers(1, 4)))
        elif kind < 0.65 and self.predicted is not None:
            given = self.predicted[index] | (picture.liver & ~(self.slices.label[index] > 0))
        elif kind < 0.8:
            given = without_edge_tumours(given, picture.tumour)
        added = np.zeros(given.shape, bool)
        if rng.random() < 0.25 and given.sum() > 200:
            added = neighbour_disc(rng, given) & ~picture.liver
            given = given | added
        return given if given.sum() > 50 else picture.liver.copy(), added

    def _window(self, rng: np.random.Generator, picture: Picture, ignored: np.ndarray, given: np.ndarray,
                added: np.ndarray) -> tuple[np.ndarray, ...]:
        scale = picture.pixel_mm / PIXEL_MM * float(np.exp(rng.uniform(-0.25, 0.25)))
        matrix = augment.random_matrix(rng, scale, turn_sd_deg=14.0, flips=True)
        inside = np.argwhere(given)
        centre = 0.5 * (inside.min(axis=0) + inside.max(axis=0)) + rng.uniform(-14.0, 14.0, 2)
        if picture.tumour.any() and rng.random() < 0.3:
            centre = 0.5 * (centre + np.argwhere(picture.tumour).mean(axis=0))
        hu = augment.warp(picture.hu, matrix, centre, CROP)
        liver, tumour, mask, skip = (augment.warp(m, matrix, centre, CROP) > 0.5
                                     for m in (picture.liver, picture.tumour, given, ignored))
        hu = augment.scanner(rng, hu, gain_sd=0.0, shift_sd=0.0, clip=CLIP_HU)
        level = liver_level(hu, mask if mask.sum() > 60 else liver, tumour) + rng.normal(0.0, 5.0)
        density = np.clip((hu - level) / DIVIDE_BY * float(np.exp(rng.normal(0.0, 0.2))), -LIMIT, LIMIT)
        counted = ndimage.binary_dilation(liver | mask, iterations=2) & ~skip
        weight = section_weights(tumour) * counted
        return np.stack([density, mask]).astype(np.float32), tumour[None].astype(np.float32), weight[None]


def liver_level(hu: np.ndarray, mask: np.ndarray, tumour: np.ndarray) -> float:
    """Between the median of the slice and that of its healthy part, as the volume's median would be."""
    if not mask.any():
        return 100.0
    healthy = mask & ~tumour
    return 0.5 * float(np.median(hu[mask])) + 0.5 * float(np.median(hu[healthy if healthy.sum() > 60 else mask]))


def section_weights(tumour: np.ndarray) -> np.ndarray:
    weight = np.ones(tumour.shape, np.float32)
    labels, count = ndimage.label(tumour, np.ones((3, 3)))
    if count:
        area = np.bincount(labels.ravel(), minlength=count + 1)[1:] * PIXEL_MM ** 2
        factor = np.clip(np.sqrt(FULL_WEIGHT_MM2 / np.maximum(area, 1.0)), 1.0, SMALL_WEIGHT_LIMIT)
        weight = np.concatenate([[1.0], factor]).astype(np.float32)[labels]
    return weight


def suspicious(picture: Picture) -> np.ndarray:
    """Dark areas of a slice whose tumours nobody marked: they teach neither way (LESION-TRAINING.md 3)."""
    liver = picture.liver
    if liver.sum() < 100:
        return liver.copy()
    share = ndimage.gaussian_filter(liver.astype(np.float32), 1.1)
    smooth = ndimage.gaussian_filter(np.where(liver, picture.hu, 0.0), 1.1) / np.maximum(share, 1e-3)
    median = float(np.median(smooth[liver]))
    spread = 1.4826 * float(np.median(np.abs(smooth[liver] - median)))
    dark = liver & (smooth < median - max(12.0, 2.5 * spread))
    return ndimage.binary_dilation(ndimage.binary_opening(dark), iterations=3)


def change_vessels(rng: np.random.Generator, picture: Picture) -> None:
    """Bright vessels removed or turned dark: other phases, and veins that the contrast has not reached."""
    liver = picture.liver & ~picture.tumour
    if liver.sum() < 100:
        return
    smooth = ndimage.gaussian_filter(picture.hu, 0.8)
    background = ndimage.median_filter(smooth[::2, ::2], 9).repeat(2, 0).repeat(2, 1)[:smooth.shape[0], :smooth.shape[1]]
    above = np.clip(smooth - background - 5.0, 0.0, None) * ndimage.gaussian_filter(liver.astype(np.float32), 0.7)
    picture.hu[...] = np.maximum(picture.hu - above * rng.choice((1.0, 1.8)), 0.0)


def without_edge_tumours(given: np.ndarray, tumour: np.ndarray) -> np.ndarray:
    """What a liver network does that takes tumours at the capsule for outside."""
    outer = given & ~ndimage.binary_erosion(given, iterations=2)
    labels, count = ndimage.label(tumour)
    for number in range(1, count + 1):
        section = labels == number
        if (section & outer).any():
            given = given & ~section
    return given


def neighbour_disc(rng: np.random.Generator, given: np.ndarray) -> np.ndarray:
    """A round piece beside the liver, 5 to 36 pixels across."""
    edge = np.argwhere(given & ~ndimage.binary_erosion(given))
    at = edge[rng.integers(len(edge))]
    outline = made_up_outline(rng, float(np.exp(rng.uniform(np.log(2.5), np.log(18.0)))))
    return neighbours.place(outline, at + rng.uniform(-4.0, 4.0, 2), given.shape, -8.0) > 0.0
