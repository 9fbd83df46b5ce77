"""Figures by patient, of patients nobody trained on: the networks that ship beside the reference ones."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import lesion, liver
from .data import UNKNOWN, Slices, Split

SEEN_BY_REFERENCE = (36, 46, 89, 96, 98, 109)
"""Validation volumes whose pictures the reference networks were trained on."""

PEAKS = (0.7, 0.8, 0.85, 0.9)
PEAK_BINS = (0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True)
class Networks:
    """Two runners and the pixel size each lesion picture is made at."""

    liver: object
    lesion: object | None
    lesion_pixel_mm: float


def of_packages(liver_model: Path, lesion_model: Path | None, lesion_pixel_mm: float) -> Networks:
    return Networks(liver.runner(liver_model), liver.onnx_runner(lesion_model) if lesion_model else None,
                    lesion_pixel_mm)


def _summary(probability: np.ndarray, slices: Slices, rules: lesion.Rules) -> dict:
    facts = lesion.tally(probability, slices, rules)
    found, truth = probability > rules.threshold, slices.label == 2
    errors, large = np.array(facts.length_errors), np.array(facts.diameters) >= 10.0
    kept, patients = np.array(facts.found, bool), np.array(facts.patients)
    lost_none = [v for v in np.unique(patients[large]) if kept[large & (patients == v)].any()]
    empty = ~truth.any(axis=(1, 2))
    noisy = [bool(lesion.findings(probability[i], slices.hu(i, lesion.CLIP_HU), float(slices.pixel_mm[i]), rules))
             for i in np.flatnonzero(empty)]
    return {**lesion.counts(probability, slices, rules),
            "patients_found": f"{len(lost_none)}/{len(np.unique(patients[large]))}",
            "tumour_free_slices_with_false": f"{sum(noisy)}/{len(noisy)}",
            "dice_pooled": round(liver.dice(found, truth), 3),
            "dice_found_sections_ge10": round(float(np.mean(np.array(facts.dice)[kept & large])), 3) if (kept & large).any() else None,
            "diameter_median_error_mm": round(float(np.median(errors)), 1) if len(errors) else None,
            "diameter_median_absolute_mm": round(float(np.median(np.abs(errors))), 1) if len(errors) else None}


def reliability(probability: np.ndarray, slices: Slices) -> list[dict]:
    """Of the regions whose peak lies in a bin, how many touch a tumour."""
    facts = lesion.tally(probability, slices, lesion.Rules(peak=0.0))
    peaks, real = np.array([r[0] for r in facts.regions]), np.array([r[1] for r in facts.regions], bool)
    table = []
    for low, high in zip(PEAK_BINS[:-1], PEAK_BINS[1:]):
        here = (peaks >= low) & (peaks < high)
        table.append({"peak": [low, min(high, 1.0)], "regions": int(here.sum()), "real": int(real[here].sum())})
    return table


def lesion_figures(probability: np.ndarray, slices: Slices) -> dict:
    """Of slices whose tumours are known."""
    known = slices.status != UNKNOWN
    probability, slices = probability[known], slices.take(known)
    facts = {f"peak_{peak}": _summary(probability, slices, lesion.Rules(peak=peak)) for peak in PEAKS}
    facts["plain_0.5"] = _summary(probability, slices, lesion.Rules(threshold=0.5, peak=0.0, fat_hu=-1000.0))
    return {"slices": len(slices), **facts, "reliability": reliability(probability, slices)}


def evaluate(networks: Networks, slices: Slices, subsets: dict[str, np.ndarray]) -> dict:
    """Liver and lesion figures of each subset of the slices; lesions with the reference's liver and end to end."""
    livers = liver.predict(networks.liver, slices)
    tumours = {}
    if networks.lesion is not None:
        masks = {"lesion_reference_liver": slices.label > 0, "lesion_end_to_end": livers > 0.5}
        tumours = {name: lesion.predict(networks.lesion, slices, mask, networks.lesion_pixel_mm)
                   for name, mask in masks.items()}
    report = {}
    for title, where in subsets.items():
        some = slices.take(where)
        report[title] = {"liver": liver.figures(livers[where], some),
                         **{name: lesion_figures(found[where], some) for name, found in tumours.items()}}
    return report


def evaluate_split(networks: Networks, parts: Split) -> dict:
    held_out = parts.validation
    unseen = ~np.isin(held_out.volume, SEEN_BY_REFERENCE)
    subsets = {"validation": np.ones(len(held_out), bool), "validation_20": unseen}
    return {**evaluate(networks, held_out, subsets),
            **evaluate(networks, parts.ircadb, {"ircadb": np.ones(len(parts.ircadb), bool)})}
