"""Training samples of the liver network: image [1, H, W] in 0..1, liver mask, loss weight."""

from dataclasses import dataclass

import numpy as np

from . import augment, neighbours
from .data import Slices, draw_weights
from .paint import PaintRules, Picture, paint_lesions
from .shapes import ShapeBank

PIXEL_MM = 1.5
CLIP_HU = (0.0, 255.0)
RULES = PaintRules(at_edge=0.55, bulging=0.2, smallest_mm=8.0, largest_mm=110.0)
"""More and larger tumours at the capsule than the lesion network sees: those are what is lost."""

TUMOUR_WEIGHT = 3.0
"""Of a tumour's pixel against another in the cross entropy: without it dark tumours at the capsule are given up."""

CROP = (192, 224)
"""Rows and columns of a training window: a body at 1.5 mm; at inference the window is larger."""


@dataclass(frozen=True)
class LiverSampler:
    slices: Slices
    bank: ShapeBank
    painted: float = 0.45
    hollow: float = 0.22
    gallbladder: float = 0.08
    streaks: float = 0.12
    erased: float = 0.05

    def __call__(self, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
        index = int(rng.choice(len(self.slices), p=self._weights()))
        label = self.slices.label[index]
        picture = Picture(hu=self.slices.hu(index, CLIP_HU), liver=label > 0, tumour=label == 2,
                          pixel_mm=float(self.slices.pixel_mm[index]))
        self._change(rng, picture)
        scale = picture.pixel_mm / PIXEL_MM * float(np.exp(rng.uniform(np.log(0.75), np.log(1.33))))
        matrix = augment.random_matrix(rng, scale, turn_sd_deg=8.0, flips=False)
        centre = _window_centre(rng, picture)
        hu = augment.warp(picture.hu, matrix, centre, CROP)
        liver = augment.warp(picture.liver, matrix, centre, CROP) > 0.5
        tumour = augment.warp(picture.tumour, matrix, centre, CROP) > 0.5
        hu = augment.scanner(rng, hu, gain_sd=0.15, shift_sd=14.0, clip=CLIP_HU)
        weight = 1.0 + (TUMOUR_WEIGHT - 1.0) * tumour
        return hu[None] / CLIP_HU[1], liver[None].astype(np.float32), weight[None].astype(np.float32)

    def _weights(self) -> np.ndarray:
        """Slices with tumour count double: a liver network loses tumours at the capsule first."""
        weight = draw_weights(self.slices) * (1.0 + (self.slices.label == 2).any(axis=(1, 2)))
        return weight / weight.sum()

    def _change(self, rng: np.random.Generator, picture: Picture) -> None:
        if rng.random() < self.erased and picture.liver.sum() < 3500:
            augment.erase_liver(rng, picture)
        if rng.random() < self.gallbladder:
            neighbours.add_gallbladder(rng, picture)
        if rng.random() < self.painted:
            paint_lesions(rng, self.bank, RULES, picture)
        if rng.random() < self.hollow:
            for _ in range(1 + int(rng.random() < 0.3)):
                neighbours.add_hollow_organ(rng, picture)
        augment.change_phase(rng, picture)
        if rng.random() < self.streaks:
            neighbours.add_streaks(rng, picture)


def _window_centre(rng: np.random.Generator, picture: Picture) -> np.ndarray:
    """Between the body's middle and the liver's, moved by up to 18 % of half the field."""
    body = np.argwhere(picture.hu > 30.0)
    middle = body.mean(axis=0) if len(body) else np.array(picture.hu.shape) / 2.0
    if picture.liver.any() and rng.random() < 0.5:
        middle = 0.5 * (middle + np.argwhere(picture.liver).mean(axis=0))
    return middle + rng.uniform(-0.18, 0.18, 2) * np.array(picture.hu.shape) / 2.0
