"""A few made-up patients: an ellipse of liver in an ellipse of body."""

import numpy as np

from downstage_train.data import LABELLED, Slices


def body(rng: np.random.Generator, tumour: bool) -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[:256, :256].astype(np.float32)
    hu = np.where(((x - 128) / 100) ** 2 + ((y - 128) / 75) ** 2 < 1, 50.0, 0.0)
    liver = ((x - 90) / 45) ** 2 + ((y - 115) / 40) ** 2 < 1
    spot = (x - 95) ** 2 + (y - 110) ** 2 < 64
    hu = np.where(liver, 110.0, hu)
    label = liver.astype(np.uint8)
    if tumour:
        hu, label = np.where(spot, 60.0, hu), np.where(spot, 2, label).astype(np.uint8)
    return np.clip(hu + rng.normal(0, 5, hu.shape) * (hu > 0), 0, 255).astype(np.uint8), label


def slices(volumes: list[int], cases: list[int], each: int = 2) -> Slices:
    rng = np.random.default_rng(0)
    made = [body(rng, k % 2 == 0) for _ in volumes for k in range(each)]
    count = len(made)
    return Slices(image=np.array([m[0] for m in made]), label=np.array([m[1] for m in made]),
                  volume=np.repeat(volumes, each), case=np.repeat(cases, each),
                  status=np.full(count, LABELLED), pixel_mm=np.full(count, 1.5, np.float32))
