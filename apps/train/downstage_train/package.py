"""The package a network ships in: model.onnx, manifest.json (docs/schema/network.schema.json), card, licence."""

import hashlib
import json
from pathlib import Path

from . import lesion, lesion_samples, liver

MOST_BYTES = 8_000_000

ATTRIBUTION = ("Medical Segmentation Decathlon, Task03 Liver (Antonelli et al., Nat Commun 2022;13:4128), "
               "CC BY-SA 4.0; axial slices clipped to 0..255 HU")

LABEL_ATTRIBUTION = ("; tumour labels and outlines through the ULS23 challenge, a redistribution said to be "
                     "CC BY-NC-SA 4.0")


def _input(name: str) -> dict:
    low, high = liver.CLIP_HU
    density = {"content": "density", "clip_hu": [low, high]}
    if name == "liver":
        return {"name": "image", "pixel_mm": liver.PIXEL_MM, "orientation": "rows to posterior, columns to patient left",
                "size_multiple": 32, "least_size": [256, 224], "fixed_size": None,
                "channels": [{**density, "subtract": "zero", "divide_by": high, "limit": None}]}
    return {"name": "image", "pixel_mm": lesion_samples.PIXEL_MM,
            "orientation": "rows to posterior, columns to patient left", "size_multiple": 32, "least_size": [256, 256],
            "fixed_size": list(lesion.WINDOW),
            "channels": [{**density, "subtract": "liver_level", "divide_by": lesion_samples.DIVIDE_BY,
                          "limit": lesion_samples.LIMIT}, {"content": "liver_mask"}]}


WORDS = {
    "liver": {
        "training_data": "421 slices of 76 patients of the Decathlon's liver task, portal venous CT; 26 held "
                         "out; the 20 3D-IRCADb patients never trained on; neighbours, tumours, phases and streaks "
                         "painted in as apps/train says",
        "intended_use": "Outlines the liver, its tumours included, in axial abdominal CT, for research. The outline is "
                        "checked against a weight-free method and looked at by a person. Not a medical device.",
        "limits": "Trained on portal venous CT with density clipped to 0..255 HU: other phases are imitated, fat, lung "
                  "and air look alike to it, and a mirrored picture is outside what it knows. Fluid around the liver "
                  "(ascites) is partly taken for liver. Stomach or bowel against the left lobe, the heart above the dome "
                  "in thick slices, and tips of the liver below 500 pixels are where else it errs."},
    "lesion": {
        "training_data": "421 slices of the same 76 patients, 100 of them with tumour (39 patients); painted tumours "
                         "with real outlines and transplanted real ones of those patients; no 3D-IRCADb patient",
        "intended_use": "Proposes and judges focal lesions inside a given liver mask in axial CT, for research; every "
                        "finding is to be confirmed by a person. Not a medical device.",
        "limits": "Portal venous CT; lesions under 10 mm are mostly missed; cysts are called lesions; isodense ones are "
                  "missed; fissure fat and organs that the liver mask takes in by mistake are its usual false "
                  "findings. It sees no density below 0 HU: fat is told from fluid by a rule afterwards."}}

LICENCES = {"liver": "CC-BY-SA-4.0", "lesion": "CC-BY-NC-SA-4.0"}


def manifest(name: str, model: Path, figures: dict, version: str = "1.0", licence: str = "") -> dict:
    data = model.read_bytes()
    if len(data) >= MOST_BYTES:
        raise RuntimeError(f"{model}: {len(data)} bytes, a network that ships stays under {MOST_BYTES}")
    return {"schema": "downstage.network/1", "name": name, "version": version, "task": name, "model": model.name,
            "sha256": hashlib.sha256(data).hexdigest(), "input": _input(name),
            "output": {"name": "prob", "activation": "none", "meaning": name, "threshold": 0.5},
            "licence": licence or LICENCES[name],
            "attribution": ATTRIBUTION + (LABEL_ATTRIBUTION if name == "lesion" and not licence else ""),
            **WORDS[name], "figures": figures}


def write_manifest(folder: Path, name: str, figures: dict, licence: str = "") -> None:
    facts = manifest(name, folder / "model.onnx", figures, licence=licence)
    (folder / "manifest.json").write_text(json.dumps(facts, indent=1) + "\n")
