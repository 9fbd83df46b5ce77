"""Hands the masks of liver-lesion-shapes (../shared/data) to real_shapes, as text. They may not be committed.

    python3 tests/bench/real_shapes.py FOLDER [EVERY] | build/dev/bin/real_shapes

FOLDER holds lesions.npz and lesions.csv; of the lesions of 10 mm and more in three slices and more, each
EVERY-th is taken (default 1: all).
"""

import csv
import pathlib
import sys

import numpy


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    every = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    masks = numpy.load(folder / "lesions.npz")
    with open(folder / "lesions.csv", encoding="ascii") as file:
        rows = [row for row in csv.DictReader(file)
                if float(row["axial_longest_mm"]) >= 10.0 and int(row["nz"]) >= 3 and int(row["components"]) == 1]
    for row in rows[::every]:
        shape = masks[row["key"] + "_s"]
        mask = numpy.unpackbits(masks[row["key"]])[:shape.prod()].reshape(shape)
        print(*shape, row["dx_mm"], row["dy_mm"], row["dz_mm"], row["axial_longest_mm"],
              row["axial_max_width_perpendicular_mm"], row["volume_ml"],
              "".join(map(str, mask.ravel(order="F"))))


main()
