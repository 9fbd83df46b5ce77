"""Whole CT volumes with a label map: the liver's Dice in 3-D, as a check beside the labelled slices."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage

from . import liver, preprocess

ALONG_Z_MM = 3.0


@dataclass(frozen=True)
class Volume:
    """Axes z, y, x: to superior, posterior and the patient's left."""

    values: np.ndarray
    spacing_mm: tuple[float, float, float]


def load_nifti(path: Path) -> Volume:
    import nibabel
    image = nibabel.as_closest_canonical(nibabel.load(str(path)))
    values = np.asanyarray(image.dataobj)[::-1, ::-1].transpose(2, 1, 0)
    dx, dy, dz = (float(v) for v in image.header.get_zooms()[:3])
    return Volume(np.ascontiguousarray(values), (dz, dy, dx))


def liver_probability(run, volume: Volume) -> np.ndarray:
    pixel = volume.spacing_mm[2]
    found = np.zeros(volume.values.shape, np.float32)
    for k, plane in enumerate(volume.values):
        hu = np.clip(plane.astype(np.float32), *liver.CLIP_HU)
        whole, where = preprocess.padded(preprocess.to_pixel(hu, pixel, liver.PIXEL_MM) / liver.CLIP_HU[1])
        probability = run(whole[None, None])[0, 0][where]
        found[k] = preprocess.from_pixel(probability, liver.PIXEL_MM, pixel, hu.shape)
    sigma = ALONG_Z_MM / volume.spacing_mm[0]
    return ndimage.gaussian_filter1d(found, sigma, axis=0, mode="nearest") if sigma >= 0.6 else found


def liver_mask(run, volume: Volume) -> np.ndarray:
    """The largest connected part."""
    labels, count = ndimage.label(liver_probability(run, volume) > 0.5)
    if not count:
        return labels > 0
    return labels == 1 + np.argmax(np.bincount(labels.ravel())[1:])


def liver_figures(run, ct: Path, labels: Path, liver_labels: tuple[int, ...]) -> dict:
    volume, truth = load_nifti(ct), np.isin(load_nifti(labels).values, liver_labels)
    found = liver_mask(run, volume)
    ml = float(np.prod(volume.spacing_mm)) / 1000.0
    return {"dice": round(liver.dice(found, truth), 4), "found_ml": round(float(found.sum()) * ml),
            "truth_ml": round(float(truth.sum()) * ml)}
