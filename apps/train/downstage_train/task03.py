"""The Decathlon's own Task03_Liver folder (NIfTI, real HU) to the same `slices.npz` as the slice set.

The labels then come from the Decathlon itself (CC BY-SA 4.0), so that lesion weights trained on them
are free of the redistribution's non-commercial term.
"""

import re
from pathlib import Path

import numpy as np

from . import preprocess
from .data import LABELLED, TUMOUR_FREE
from .volumes import load_nifti

SIDE = 256
STORED_HU = (-1000, 1000)
SLICE_STEP_MM = 5.0


def case_number(path: Path) -> int:
    match = re.fullmatch(r"liver_(\d+)\.nii(\.gz)?", path.name)
    if match is None:
        raise ValueError(f"{path}: not named liver_NUMBER.nii.gz as in Task03_Liver")
    return int(match.group(1))


def _square(plane: np.ndarray, fill: float) -> np.ndarray:
    """Cut or filled to SIDE x SIDE around the middle."""
    centre = (plane.shape[0] // 2, plane.shape[1] // 2)
    return preprocess.window(plane - fill, centre, (SIDE, SIDE)) + fill


def slices_of_case(image_path: Path, label_path: Path) -> dict[str, np.ndarray]:
    """Every SLICE_STEP_MM a slice with liver, halved to about 1.5 mm pixels where it is finer than 1.1 mm."""
    image, labels = load_nifti(image_path), load_nifti(label_path)
    pixel = image.spacing_mm[2]
    target = 2.0 * pixel if pixel < 1.1 else pixel
    step = max(1, int(round(SLICE_STEP_MM / image.spacing_mm[0])))
    planes = [k for k in range(0, len(image.values), step) if (labels.values[k] > 0).any()]
    hu, label = [], []
    for k in planes:
        clipped = np.clip(image.values[k].astype(np.float32), *STORED_HU)
        liver = preprocess.to_pixel(labels.values[k] > 0, pixel, target) > 0.5
        tumour = preprocess.to_pixel(labels.values[k] == 2, pixel, target) > 0.5
        hu.append(_square(preprocess.to_pixel(clipped, pixel, target), STORED_HU[0]).round().astype(np.int16))
        label.append(_square(np.where(tumour, 2.0, liver.astype(np.float32)), 0.0).astype(np.uint8))
    count = len(planes)
    status = LABELLED if (labels.values == 2).any() else TUMOUR_FREE
    number = case_number(image_path)
    return {"img": np.array(hu, np.int16).reshape(count, SIDE, SIDE),
            "label": np.array(label, np.uint8).reshape(count, SIDE, SIDE),
            "key": np.stack([np.full(count, number), np.array(planes, int)], axis=1),
            "case": np.full(count, number, np.int16), "status": np.full(count, status, np.uint8),
            "pixel_mm": np.full(count, target, np.float32)}


def prepare(folder: Path, out: Path) -> int:
    """Writes OUT/msd-tumour-slices/slices.npz; answers the number of slices. 3D-IRCADb cases stay in, marked by number."""
    images = sorted(p for p in (folder / "imagesTr").glob("liver_*.nii*") if not p.name.startswith("."))
    if not images:
        raise ValueError(f"{folder}/imagesTr: no liver_*.nii.gz; give the unpacked Task03_Liver folder")
    parts = [slices_of_case(p, folder / "labelsTr" / p.name) for p in images]
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    target = out / "msd-tumour-slices"
    target.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(target / "slices.npz", source="task03", **whole)
    return len(whole["case"])
