#!/usr/bin/env python3
"""Unpacks `liver-lesion-shapes` into the folder that --shapes takes: a NIfTI mask a tumour, and shapes.csv.

    unpack_shapes.py LIVER_LESION_SHAPES FOLDER

Shapes of 3D-IRCADb patients and such as fall into pieces are left out. The masks may not be redistributed with the
product: FOLDER stays outside the repository.
"""
import csv
import pathlib
import sys

import nibabel
import numpy


def main(source: pathlib.Path, folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with numpy.load(source / "lesions.npz") as packed, (source / "lesions.csv").open() as table, \
            (folder / "shapes.csv").open("w", newline="") as listed:
        out = csv.writer(listed, lineterminator="\n")
        out.writerow(["name", "case", "long_axis_mm", "slice_mm"])
        for row in csv.DictReader(table):
            if row["spacing_from_3dircadb"] == "1" or row["components"] != "1":
                continue
            shape = tuple(packed[row["key"] + "_s"])
            mask = numpy.unpackbits(packed[row["key"]])[:int(numpy.prod(shape))].reshape(shape)
            spacing = [float(row[axis]) for axis in ("dx_mm", "dy_mm", "dz_mm")]
            image = nibabel.Nifti1Image(mask.astype(numpy.uint8), numpy.diag([*spacing, 1.0]))
            nibabel.save(image, folder / f"{row['key']}.nii.gz")
            out.writerow([row["key"], row["msd_case"], row["axial_longest_mm"], row["dz_mm"]])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
