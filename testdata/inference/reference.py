#!/usr/bin/env python3
"""What ONNX Runtime says of one slice through each package, written to reference.csv beside this script.

The slice, the liver and the preparation of both are made here again, by formula and with scipy, so that the test
(tests/unit/inference/network_reference_test.cpp) compares two implementations of docs/networks.md and not only two
runtimes. Run it after a model has changed.   reference.py      (needs numpy, scipy, onnxruntime)
"""
import csv
import hashlib
import json
import pathlib

import numpy as np
import onnxruntime
import scipy
from scipy import ndimage

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = ["testdata/inference/liver", "testdata/inference/lesion",
            "modules/segmentation/models/liver", "modules/segmentation/models/lesion"]
COLUMNS, ROWS, PIXEL_MM, LEVEL_HU = 400, 330, 0.9, 110.0
SAMPLES = 40


def inside(columns, rows, centre, half_axes):
    """Integers only, so that C++ makes the very same slice."""
    x, y = (columns - centre[0]) * half_axes[1], (rows - centre[1]) * half_axes[0]
    return x * x + y * y <= (half_axes[0] * half_axes[1]) ** 2


def slice_and_liver():
    """A body of 40 HU in air, a liver of 110 HU with a lesion of 60 HU, a spine of 250 HU; a coarse texture over all."""
    rows, columns = np.mgrid[:ROWS, :COLUMNS].astype(np.int64)
    liver = inside(columns, rows, (140, 150), (90, 80))
    hu = np.full((ROWS, COLUMNS), -1000)
    hu[inside(columns, rows, (200, 165), (180, 140))] = 40
    hu[inside(columns, rows, (210, 250), (25, 25))] = 250
    hu[liver] = 110
    hu[inside(columns, rows, (120, 160), (22, 18))] = 60
    return hu + (columns // 3 * 37 + rows // 3 * 91 + columns // 3 * (rows // 3)) % 21 - 10, liver


def resampled(image, pixel_mm):
    factor = pixel_mm / PIXEL_MM
    if factor > 1.25:
        image = ndimage.gaussian_filter(image, 0.45 * (factor - 1), mode="nearest", truncate=5)
    size = [int(np.ceil(n * PIXEL_MM / pixel_mm - 1e-6)) for n in image.shape]
    places = [(np.arange(n) + 0.5) * factor - 0.5 for n in size]
    return ndimage.map_coordinates(image, np.meshgrid(*places, indexing="ij"), order=1, mode="nearest")


def window(manifest, liver):
    """First row and column, and the number of both; the slice itself begins at 0."""
    given = manifest["input"]
    if given["fixed_size"]:
        columns, rows = given["fixed_size"]
        at = np.nonzero(liver)
        return [(int(axis.min() + axis.max()) + 1 - size) // 2 for axis, size in zip(at, (rows, columns))], (rows, columns)
    multiple = given["size_multiple"]
    size = [-(-max(n, least) // multiple) * multiple for n, least in zip(liver.shape, reversed(given["least_size"]))]
    return [-((n - had) // 2) for n, had in zip(size, liver.shape)], size


def through(image, first, size, beyond):
    rows, columns = (np.arange(n) + start for start, n in zip(first, size))
    seen = np.full(size, beyond, float)
    here = np.ix_((rows >= 0) & (rows < image.shape[0]), (columns >= 0) & (columns < image.shape[1]))
    seen[here] = image[np.ix_(rows[here[0].ravel()], columns[here[1].ravel()])]
    return seen


def channel_seen(channel, hu, liver, pixel_mm, where):
    if channel["content"] == "liver_mask":
        return through(liver, *where, 0)
    low, high = channel["clip_hu"]
    seen = through(resampled(np.clip(hu, low, high).astype(float), pixel_mm), *where, low)
    seen = (seen - (LEVEL_HU if channel["subtract"] == "liver_level" else 0)) / channel["divide_by"]
    return seen if channel["limit"] is None else np.clip(seen, -channel["limit"], channel["limit"])


def probabilities(package):
    """Of every pixel of the network's own grid."""
    manifest = json.loads((package / "manifest.json").read_text(encoding="utf-8"))
    given, pixel_mm = manifest["input"], manifest["input"]["pixel_mm"]
    hu, liver = slice_and_liver()
    liver = resampled(liver.astype(float), pixel_mm) >= 0.5 - 1e-4  # a tie is liver, however it is rounded
    first, size = where = window(manifest, liver)
    image = np.stack([channel_seen(one, hu, liver, pixel_mm, where) for one in given["channels"]])[None].astype(np.float32)
    session = onnxruntime.InferenceSession(package / manifest["model"], providers=["CPUExecutionProvider"])
    answer = session.run([manifest["output"]["name"]], {given["name"]: image})[0][0, 0]
    if manifest["output"]["activation"] == "sigmoid":
        answer = 1 / (1 + np.exp(-answer))
    return through(answer, [-n for n in first], liver.shape, 0)


def samples(answer):
    """Half of them where the network is least sure, half spread over the slice."""
    unsure = np.argsort(np.abs(answer - 0.5), axis=None, kind="stable")[:SAMPLES * 8:16]
    spread = np.linspace(0, answer.size - 1, SAMPLES // 2).astype(int)
    return [(int(n % answer.shape[1]), int(n // answer.shape[1])) for n in [*unsure, *spread]]


def main():
    with open(pathlib.Path(__file__).with_name("reference.csv"), "w", encoding="utf-8", newline="\n") as file:
        file.write(f"# onnxruntime {onnxruntime.__version__}, numpy {np.__version__}, scipy {scipy.__version__}; "
                   "written by reference.py\n")
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["package", "sha256", "column", "row", "probability"])
        for name in PACKAGES:
            if not (ROOT / name / "manifest.json").exists():
                print(name, "is not there and was left out")
                continue
            answer = probabilities(ROOT / name)
            digest = hashlib.sha256((ROOT / name / "model.onnx").read_bytes()).hexdigest()
            for column, row in samples(answer):
                table.writerow([name, digest, column, row, f"{answer[row, column]:.7f}"])
            print(f"{name}: {answer.shape[1]} x {answer.shape[0]} pixels, {answer.min():.4f} to {answer.max():.4f}")


if __name__ == "__main__":
    main()
