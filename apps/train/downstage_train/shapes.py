"""Outlines of real and of made-up tumours, as signed distance fields in pixels (positive inside)."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage

from .data import IRCADB_CASES, Slices

SIZE_CLASSES_MM = (3.0, 6.0, 10.0, 16.0, 26.0, 42.0, 160.0)
"""Borders of the six size classes that two thirds of the real outlines are drawn evenly from."""

MOST_SECTIONS_OF_ONE = 6


@dataclass(frozen=True)
class Section:
    """One axial cut through a real tumour mask."""

    mask: np.ndarray
    pixel_mm: float
    diameter_mm: float


@dataclass(frozen=True)
class Patch:
    """A real tumour as density difference to the liver around it, with its signed distance."""

    difference: np.ndarray
    distance: np.ndarray


@dataclass(frozen=True)
class ShapeBank:
    sections: list[Section]
    by_size: list[np.ndarray]
    patches: list[Patch]


def signed_distance(mask: np.ndarray) -> np.ndarray:
    inside = ndimage.distance_transform_edt(mask)
    outside = ndimage.distance_transform_edt(~mask)
    return np.where(mask, inside - 0.5, 0.5 - outside).astype(np.float32)


def _sections_of(volume: np.ndarray, pixel_mm: float) -> list[Section]:
    areas = volume.sum(axis=(0, 1))
    planes = np.flatnonzero(areas >= 0.15 * areas.max())
    picked = planes[np.linspace(0, len(planes) - 1, min(len(planes), MOST_SECTIONS_OF_ONE)).astype(int)]
    found = []
    for plane in np.unique(picked):
        mask = volume[:, :, plane].T[::-1]  # RAS x, y to columns right-to-left and rows; mirrored anyway
        if mask.sum() >= 4:
            diameter = 2.0 * float(np.sqrt(mask.sum() / np.pi)) * pixel_mm
            found.append(Section(mask=np.pad(mask, 1), pixel_mm=pixel_mm, diameter_mm=diameter))
    return found


def load_sections(folder: Path, cases: frozenset[int]) -> list[Section]:
    """Sections of `liver-lesion-shapes`, of the given cases alone and never of 3D-IRCADb."""
    found: list[Section] = []
    with np.load(folder / "lesions.npz") as packed, (folder / "lesions.csv").open() as table:
        names = table.readline().strip().split(",")
        for line in table:
            row = dict(zip(names, line.strip().split(",")))
            if int(row["msd_case"]) not in cases - IRCADB_CASES:
                continue
            shape = packed[row["key"] + "_s"]
            bits = np.unpackbits(packed[row["key"]])[:int(np.prod(shape))]
            found += _sections_of(bits.reshape(shape).astype(bool), float(row["dx_mm"]))
    return found


def sections_of_slices(slices: Slices) -> list[Section]:
    """Outlines of the labelled slices themselves, for data that come without a shape set."""
    found = []
    for i in range(len(slices)):
        labels, count = ndimage.label(slices.label[i] == 2)
        for box in ndimage.find_objects(labels)[:count]:
            mask = labels[box] > 0
            if mask.sum() >= 4:
                pixel = float(slices.pixel_mm[i])
                found.append(Section(np.pad(mask, 1), pixel, 2.0 * float(np.sqrt(mask.sum() / np.pi)) * pixel))
    return found


def collect_patches(slices: Slices, clip: tuple[float, float], margin: int = 5) -> list[Patch]:
    """Real tumours of labelled slices, for transplanting into other livers."""
    found = []
    for i in np.flatnonzero((slices.label == 2).any(axis=(1, 2))):
        hu, tumour = slices.hu(i, clip), slices.label[i] == 2
        level = np.median(hu[slices.label[i] == 1]) if (slices.label[i] == 1).sum() > 200 else None
        labels, count = ndimage.label(tumour)
        for number, box in enumerate(ndimage.find_objects(labels), start=1):
            mask = labels[box] == number
            if level is None or mask.sum() < 12 or (slices.label[i][box] == 0).mean() > 0.15:
                continue
            mask = np.pad(mask, margin)
            difference = np.pad(hu[box] - level, margin, mode="edge").astype(np.float32)
            found.append(Patch(difference=difference, distance=signed_distance(mask)))
    return found


def make_bank(sections: list[Section], patches: list[Patch]) -> ShapeBank:
    diameters = np.array([s.diameter_mm for s in sections])
    by_size = [np.flatnonzero((diameters >= low) & (diameters < high))
               for low, high in zip(SIZE_CLASSES_MM[:-1], SIZE_CLASSES_MM[1:])]
    return ShapeBank(sections=sections, by_size=[c for c in by_size if len(c)], patches=patches)


def turned(field: np.ndarray, rng: np.random.Generator, zoom: float, fill: float, order: int = 1) -> np.ndarray:
    """The field turned by any angle, perhaps mirrored, `zoom` times as large, on a canvas that holds it."""
    angle = rng.uniform(0.0, 2.0 * np.pi)
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) / zoom
    if rng.random() < 0.5:
        matrix[:, 0] *= -1.0
    side = int(np.ceil(np.hypot(*field.shape) * zoom)) + 2
    offset = (np.array(field.shape) - 1) / 2.0 - matrix @ np.array([(side - 1) / 2.0] * 2)
    return ndimage.affine_transform(field, matrix, offset, (side, side), order=order, cval=fill)


def real_outline(bank: ShapeBank, rng: np.random.Generator, pixel_mm: float, most_px: float) -> np.ndarray:
    if rng.random() < 2.0 / 3.0:
        section = bank.sections[rng.choice(bank.by_size[rng.integers(len(bank.by_size))])]
    else:
        section = bank.sections[rng.integers(len(bank.sections))]
    zoom = section.pixel_mm / pixel_mm * np.exp(rng.uniform(-0.25, 0.25))
    diameter_px = section.diameter_mm / section.pixel_mm * zoom
    zoom *= min(1.0, most_px / diameter_px)
    distance = turned(signed_distance(section.mask), rng, zoom, fill=-8.0) * zoom
    return distance


def made_up_outline(rng: np.random.Generator, radius_px: float) -> np.ndarray:
    """An ellipse with radial harmonics, as TRAINING.md 4.1 describes it."""
    half = int(np.ceil(radius_px * 1.6)) + 4
    y, x = np.mgrid[-half:half + 1, -half:half + 1].astype(np.float32)
    angle = np.arctan2(y, x)
    turn, ratio = rng.uniform(0, np.pi), rng.uniform(0.6, 1.0)
    edge = radius_px * np.sqrt(ratio) / np.sqrt((ratio * np.cos(angle - turn)) ** 2 + np.sin(angle - turn) ** 2)
    for q in (2, 3, 4, 5, 7):
        edge = edge + radius_px * rng.uniform(0.02, 0.25) / q * np.cos(q * angle + rng.uniform(0, 2 * np.pi))
    return (edge - np.hypot(x, y)).astype(np.float32)
