"""The labelled slices, and who of them may be trained on: one split by patient for both networks."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

IRCADB_CASES = frozenset(range(28, 48))
"""MSD Task03 cases that are 3D-IRCADb patients (CC BY-NC-ND): a second test set, never trained on."""

IRCADB_VOLUMES = frozenset([49, 50, *range(52, 62), *range(63, 71)])
"""The same patients by the volume numbers of the slice set (TRAINING.md 2.2)."""

VALIDATION_VOLUMES = frozenset([
    12, 13, 14, 16, 21, 23, 27, 32, 42, 45, 47, 80, 87, 92, 101, 103, 112, 113, 115, 120,
    36, 46, 89, 96, 98, 109])
"""Held out of everything: the 20 volumes of TRAINING.md 2.3 and the 6 of LESION-TRAINING.md 2."""

NOMINAL_PIXEL_MM = 1.5
"""Pixel size of the 256 grid where the set does not know it; the known ones have median 1.51."""

VALIDATION_CASES = frozenset([9, 11, 12, 16, 21, 24, 25, 26, 56, 62, 64, 67, 70, 72, 75, 77, 82, 87, 88, 94,
                              110, 111, 113, 118])
"""The MSD cases of those 26 volumes, two of which are of unknown case; held out of the Decathlon's folder too."""

UNKNOWN, LABELLED, TUMOUR_FREE = 0, 1, 2
"""What is known of a slice's tumours; an unknown slice is never a negative."""


OWN_NUMBERS = 1000
"""Added to the volume numbers of the Decathlon's folder, which are not those of the slice set."""


@dataclass(frozen=True)
class Slices:
    """Axial slices, anterior up, patient's right at image left; density in HU."""

    image: np.ndarray      # [n, H, W] uint8 or int16
    label: np.ndarray      # [n, H, W] 0 background, 1 liver, 2 tumour
    volume: np.ndarray     # [n] one number for each patient
    case: np.ndarray       # [n] MSD case number, -1 unknown
    status: np.ndarray     # [n] UNKNOWN, LABELLED or TUMOUR_FREE
    pixel_mm: np.ndarray   # [n]

    def __len__(self) -> int:
        return len(self.volume)

    def take(self, where: np.ndarray) -> "Slices":
        return Slices(*(getattr(self, name)[where] for name in self.__dataclass_fields__))

    def hu(self, index: int, clip: tuple[float, float]) -> np.ndarray:
        return np.clip(self.image[index].astype(np.float32), *clip)


def load_slices(path: Path) -> Slices:
    """Reads `slices.npz` as `msd-tumour-slices` holds it, or as task03.py writes it."""
    with np.load(path) as arrays:
        pixel = arrays["pixel_mm"].astype(np.float32)
        own_numbers = "source" in arrays  # written by task03.py: volume numbers are case numbers there
        return Slices(image=arrays["img"], label=arrays["label"], volume=arrays["key"][:, 0].astype(np.int64) + (OWN_NUMBERS if own_numbers else 0),
                      case=arrays["case"].astype(np.int64), status=arrays["status"].astype(np.int64),
                      pixel_mm=np.where(np.isfinite(pixel), pixel, NOMINAL_PIXEL_MM))


def is_ircadb(slices: Slices) -> np.ndarray:
    by_case = np.isin(slices.case, list(IRCADB_CASES))
    by_volume = (slices.case < 0) & np.isin(slices.volume, list(IRCADB_VOLUMES))
    return by_case | by_volume


def fold_of_volumes(slices: Slices, folds: int, seed: int) -> dict[int, int]:
    """Each trainable volume's fold; whole patients, drawn once by the seed."""
    volumes = np.unique(slices.volume[~is_ircadb(slices)])
    shuffled = np.random.default_rng([seed, folds]).permutation(volumes)
    return {int(v): i % folds for i, v in enumerate(shuffled)}


@dataclass(frozen=True)
class Split:
    train: Slices
    validation: Slices
    ircadb: Slices


def split(slices: Slices, folds: int = 0, fold: int = 0, seed: int = 1) -> Split:
    """The fixed split, or fold number `fold` of `folds`. No patient is on two sides."""
    ircadb = is_ircadb(slices)
    if folds:
        of = fold_of_volumes(slices, folds, seed)
        held_out = np.array([of.get(int(v), -1) == fold for v in slices.volume])
    else:
        held_out = np.isin(slices.volume, list(VALIDATION_VOLUMES)) | np.isin(slices.case, list(VALIDATION_CASES))
    return Split(train=slices.take(~ircadb & ~held_out), validation=slices.take(held_out & ~ircadb),
                 ircadb=slices.take(ircadb))


def draw_weights(slices: Slices) -> np.ndarray:
    """1/sqrt(slices of the volume): a patient with many slices counts more, but not that many times."""
    _, inverse, counts = np.unique(slices.volume, return_inverse=True, return_counts=True)
    weight = 1.0 / np.sqrt(counts[inverse])
    return weight / weight.sum()
