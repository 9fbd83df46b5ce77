import nibabel
import numpy as np
import pytest

from downstage_train import preprocess, task03
from downstage_train.data import load_slices, split


def write_case(folder, number, tumour):
    """Axes as the Decathlon stores them: x to the right of the array is patient left or right by the affine."""
    x, y, z = np.mgrid[:96, :80, :6]
    hu = np.full(x.shape, -1000, np.int16)
    hu[((x - 48) / 45.0) ** 2 + ((y - 40) / 38.0) ** 2 < 1] = -90
    right_side = ((x - 30) / 15.0) ** 2 + ((y - 45) / 15.0) ** 2 < 1   # x falls towards patient right: LPS-like voxels
    hu[right_side] = 105
    labels = right_side.astype(np.uint8)
    spot = (x - 30) ** 2 + (y - 45) ** 2 < 16
    if tumour:
        hu[spot], labels[spot] = 60, 2
    affine = np.diag([-1.5, -1.5, 5.0, 1.0])                            # x to patient right is -: stored as LPS
    for name, values in (("imagesTr", hu), ("labelsTr", labels)):
        (folder / name).mkdir(exist_ok=True)
        nibabel.save(nibabel.Nifti1Image(values, affine), str(folder / name / f"liver_{number}.nii.gz"))


def test_the_decathlons_folder_becomes_slices_with_real_hu(tmp_path):
    for number, tumour in ((0, True), (11, False), (30, True)):
        write_case(tmp_path, number, tumour)
    assert task03.prepare(tmp_path, tmp_path / "out") == 18
    made = load_slices(tmp_path / "out" / "msd-tumour-slices" / "slices.npz")
    assert made.image.min() == -1000 and made.image.max() == 105 and (made.image == -90).any()
    rows, columns = np.nonzero(made.label[0] > 0)
    assert columns.mean() < 128                                          # patient's right at image left
    assert set(np.unique(made.label[0])) == {0, 1, 2}
    parts = split(made)
    assert set(parts.train.case) == {0} and set(parts.validation.case) == {11} and set(parts.ircadb.case) == {30}


def test_a_wrong_folder_is_named(tmp_path):
    with pytest.raises(ValueError, match="imagesTr"):
        task03.prepare(tmp_path, tmp_path / "out")


def test_resampling_keeps_a_ramp_in_its_place():
    ramp = np.tile(np.arange(64, dtype=np.float32), (64, 1))
    half = preprocess.resampled(ramp, 2.0, (32, 32))
    assert half[16, 8:24] == pytest.approx(0.5 + 2.0 * np.arange(8, 24), abs=1e-3)


def test_a_window_comes_back_to_where_it_was():
    field = np.random.default_rng(0).random((100, 90)).astype(np.float32)
    part = preprocess.window(field, (20, 70), (64, 64))
    back = preprocess.unwindow(part, (20, 70), field.shape)
    assert (back[0:52, 38:90] == field[0:52, 38:90]).all() and back[60:].sum() == 0
