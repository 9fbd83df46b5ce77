"""The lesion network: its loss, its plan, how it is run over slices, and the rules from pixels to findings."""

from dataclasses import dataclass

import numpy as np
import torch
from scipy import ndimage
from scipy.spatial import ConvexHull, QhullError, distance
from torch import nn

from . import preprocess
from .data import UNKNOWN, Slices
from .fit import Plan
from .lesion_samples import CLIP_HU, DIVIDE_BY, LIMIT, PIXEL_MM
from .liver import torch_runner

BASE, CHANNELS = 24, 2
WINDOW = (256, 256)
LEAST_LIVER_PX = 60
ROUND = np.ones((3, 3), bool)


def plan(minutes: float, seed: int, steps: int = 0, workers: int = 1) -> Plan:
    return Plan(channels=CHANNELS, base=BASE, batch=10, learning_rate=2e-3, minutes=minutes, steps=steps, seed=seed,
                workers=workers, ema=0.997)


def loss(logits: torch.Tensor, truth: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Twice the weighted cross entropy (tumour counts double) and the batch's soft Dice, where weight > 0."""
    counted = (weight > 0).float()
    cross = nn.functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    weighted = (cross * weight * (1.0 + truth)).sum() / counted.sum().clamp_min(1.0)
    probability = torch.sigmoid(logits) * counted
    shared = (probability * truth).sum()
    total = probability.sum() + (truth * counted).sum()
    return 2.0 * weighted + 1.0 - (2.0 * shared + 75.0) / (total + 75.0)


@dataclass(frozen=True)
class Rules:
    """From probabilities of one slice to findings (LESION-TRAINING.md 7).

    Fat reads 0 HU in these slices and noise can only raise it, so that 6 HU stands for the 0 HU of real density.
    """

    threshold: float = 0.4
    peak: float = 0.8
    least_px: int = 5
    fat_hu: float = 6.0


def volume_levels(slices: Slices, livers: np.ndarray) -> dict[int, float]:
    """Median density inside the liver over all slices of a volume."""
    levels = {}
    for volume in np.unique(slices.volume):
        inside = [slices.hu(i, CLIP_HU)[livers[i]] for i in np.flatnonzero(slices.volume == volume)]
        values = np.concatenate(inside)
        levels[int(volume)] = float(np.median(values)) if len(values) else 100.0
    return levels


def picture(hu: np.ndarray, liver: np.ndarray, level: float, pixel_mm: float, wanted_mm: float):
    """The two channels of one slice in a window around the liver's box; the window's centre; the picture's size."""
    density = (preprocess.to_pixel(hu, pixel_mm, wanted_mm) - level) / DIVIDE_BY
    mask = preprocess.to_pixel(liver.astype(np.float32), pixel_mm, wanted_mm) > 0.5
    if not mask.any():
        return None
    centre = preprocess.box_centre(mask)
    beyond = (CLIP_HU[0] - level) / DIVIDE_BY
    shown = preprocess.window(density - beyond, centre, WINDOW) + beyond
    channels = np.stack([np.clip(shown, -LIMIT, LIMIT), preprocess.window(mask.astype(np.float32), centre, WINDOW)])
    return channels.astype(np.float32), centre, mask.shape


def predict(run, slices: Slices, livers: np.ndarray, wanted_mm: float = PIXEL_MM) -> np.ndarray:
    """Probabilities on the slices' own grid, inside the liver masks grown by a pixel."""
    found = np.zeros(slices.image.shape, np.float32)
    levels = volume_levels(slices, livers)
    for i in range(len(slices)):
        if livers[i].sum() < LEAST_LIVER_PX:
            continue
        hu, pixel = slices.hu(i, CLIP_HU), float(slices.pixel_mm[i])
        level = 0.5 * float(np.median(hu[livers[i]])) + 0.5 * levels[int(slices.volume[i])]
        made = picture(hu, livers[i], level, pixel, wanted_mm)
        if made is None:
            continue
        channels, centre, size = made
        whole = preprocess.unwindow(run(channels[None])[0, 0], centre, size)
        back = preprocess.from_pixel(whole, wanted_mm, pixel, hu.shape)
        found[i] = back * ndimage.binary_dilation(livers[i])
    return found


@dataclass(frozen=True)
class Region:
    mask: np.ndarray
    peak: float
    diameter_mm: float


def longest_mm(mask: np.ndarray, pixel_mm: float) -> float:
    """Longest distance between pixel corners."""
    rows, cols = np.nonzero(mask & ~ndimage.binary_erosion(mask))
    points = np.concatenate([np.stack([rows + dy, cols + dx], 1) for dy in (0, 1) for dx in (0, 1)]).astype(float)
    try:
        points = points[ConvexHull(points).vertices]
    except QhullError:
        pass
    return float(distance.pdist(points).max()) * pixel_mm


def _is_fat(hu: np.ndarray, mask: np.ndarray, pixel_mm: float, rules: Rules) -> bool:
    smooth = ndimage.gaussian_filter(hu, 1.0 / pixel_mm)[mask]
    if mask.sum() * pixel_mm ** 2 > 700.0 and np.median(smooth) > 20.0:
        return False
    return float(np.percentile(smooth, 10)) < rules.fat_hu


def findings(probability: np.ndarray, hu: np.ndarray, pixel_mm: float, rules: Rules) -> list[Region]:
    labels, count = ndimage.label(probability > rules.threshold, ROUND)
    kept = []
    for number in range(1, count + 1):
        mask = labels == number
        peak = float(np.percentile(probability[mask], 95))
        if mask.sum() < rules.least_px or peak < rules.peak or _is_fat(hu, mask, pixel_mm, rules):
            continue
        kept.append(Region(mask, peak, longest_mm(mask, pixel_mm)))
    return kept


def look(slices: Slices):
    """Pooled Dice on slices of known status, with the reference liver mask."""
    known = slices.take(slices.status != UNKNOWN)

    def quick(net: nn.Module) -> dict:
        probability = predict(torch_runner(net), known, known.label > 0)
        found, truth = probability > 0.5, known.label == 2
        both = int((found & truth).sum())
        return {"dice_pooled": round(2.0 * both / max(1, int(found.sum()) + int(truth.sum())), 4),
                **counts(probability, known, Rules())}
    return quick


SIZES_MM = (0.0, 10.0, 20.0, 40.0, 1000.0)
FOUND_SHARE = 0.3


@dataclass
class Tally:
    """What was found, missed and made up; one entry for each section or region."""

    diameters: list[float]
    found: list[bool]
    patients: list[int]
    dice: list[float]
    length_errors: list[float]
    regions: list[tuple[float, bool, float]]
    slices: int = 0


def tally(probability: np.ndarray, slices: Slices, rules: Rules) -> Tally:
    result = Tally([], [], [], [], [], [])
    for i in range(len(slices)):
        pixel = float(slices.pixel_mm[i])
        regions = findings(probability[i], slices.hu(i, CLIP_HU), pixel, rules)
        truth = slices.label[i] == 2
        labels, count = ndimage.label(truth, ROUND)
        for number in range(1, count + 1):
            section = labels == number
            if section.sum() >= 5:
                _count_section(result, section, regions, pixel, int(slices.volume[i]))
        result.regions += [(r.peak, bool((r.mask & truth).any()), r.diameter_mm) for r in regions]
        result.slices += 1
    return result


def _count_section(result: Tally, section: np.ndarray, regions: list[Region], pixel: float, patient: int) -> None:
    touching = [r for r in regions if (r.mask & section).any()]
    covered = np.any([r.mask for r in touching], axis=0) if touching else np.zeros_like(section)
    long_axis = longest_mm(section, pixel)
    found = (covered & section).sum() >= FOUND_SHARE * section.sum()
    result.diameters.append(long_axis)
    result.found.append(bool(found))
    result.patients.append(patient)
    result.dice.append(2.0 * (covered & section).sum() / (covered.sum() + section.sum()))
    if found:
        result.length_errors.append(longest_mm(covered, pixel) - long_axis)


def counts(probability: np.ndarray, slices: Slices, rules: Rules) -> dict:
    facts = tally(probability, slices, rules)
    diameters, found = np.array(facts.diameters), np.array(facts.found, bool)
    by_size = [f"{int(found[in_class].sum())}/{int(in_class.sum())}"
               for in_class in ((diameters >= low) & (diameters < high)
                                for low, high in zip(SIZES_MM[:-1], SIZES_MM[1:]))]
    large = diameters >= 10.0
    false = [r for r in facts.regions if not r[1]]
    return {"found_by_size": by_size, "found_ge10": f"{int(found[large].sum())}/{int(large.sum())}",
            "false_per_slice": round(len(false) / facts.slices, 3),
            "false_ge10_per_slice": round(sum(r[2] >= 10.0 for r in false) / facts.slices, 3)}
