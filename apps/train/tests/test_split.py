import numpy as np
import pytest

from downstage_train.data import IRCADB_CASES, IRCADB_VOLUMES, VALIDATION_VOLUMES, is_ircadb, split
from made_up import slices

VOLUMES = [1, 2, 3, 12, 36, 49, 50, 62, 63, 70, 120]
CASES = [0, 1, 10, 11, 16, 28, -1, 4, 40, -1, 94]


def test_3dircadb_is_known_by_case_and_where_that_is_missing_by_volume():
    made = slices(VOLUMES, CASES)
    assert set(made.volume[is_ircadb(made)]) == {49, 50, 63, 70}


def test_fixed_split_trains_on_no_held_out_patient_and_no_3dircadb():
    parts = split(slices(VOLUMES, CASES))
    assert set(parts.train.volume) == {1, 2, 3, 62}
    assert not set(parts.train.volume) & (VALIDATION_VOLUMES | IRCADB_VOLUMES)
    assert not set(parts.train.case) & IRCADB_CASES
    assert set(parts.validation.volume) == {12, 36, 120}


@pytest.mark.parametrize("fold", range(5))
def test_folds_share_no_patient_and_never_train_3dircadb(fold):
    parts = split(slices(VOLUMES, CASES), folds=5, fold=fold, seed=3)
    assert not set(parts.train.volume) & set(parts.validation.volume)
    assert not set(parts.train.volume) & IRCADB_VOLUMES
    assert set(parts.ircadb.volume) == {49, 50, 63, 70}


def test_folds_hold_out_every_patient_once():
    made = slices(VOLUMES, CASES)
    held_out = [v for k in range(5) for v in np.unique(split(made, 5, k, 3).validation.volume)]
    assert sorted(held_out) == sorted(set(VOLUMES) - {49, 50, 63, 70})
