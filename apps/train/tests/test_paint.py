import numpy as np
import pytest

from downstage_train import neighbours, paint, shapes
from downstage_train.data import LABELLED
from downstage_train.lesion_samples import LesionSampler
from downstage_train.liver_samples import LiverSampler
from made_up import slices


def picture(tumour=False):
    made = slices([1], [0])
    index = 0 if tumour else 1
    return paint.Picture(made.image[index].astype(np.float32), made.label[index] > 0, made.label[index] == 2, 1.5)


def bank():
    made = slices([1], [0])
    return shapes.make_bank(shapes.sections_of_slices(made), shapes.collect_patches(made, (0, 255)))


@pytest.mark.parametrize("seed", range(8))
def test_a_dark_tumour_is_labelled_where_it_was_painted(seed):
    before, after = picture(), picture()
    rules = paint.PaintRules(bright=0.0, isodense=0.0, real_outline=0.5, patch=0.0, bulging=0.0)
    painted = paint.paint_lesions(np.random.default_rng(seed), bank(), rules, after)
    changed = np.abs(after.hu - before.hu) > 1.0
    assert (painted > 0) == after.tumour.any()
    if painted:
        assert (after.tumour & ~changed).sum() <= 0.35 * after.tumour.sum()
        far = changed & ~paint.ndimage.binary_dilation(after.tumour, iterations=8)
        assert not far.any()


@pytest.mark.parametrize("seed", range(6))
def test_painted_tumours_are_liver(seed):
    after = picture()
    paint.paint_lesions(np.random.default_rng(seed), bank(), paint.PaintRules(bulging=0.3), after)
    assert not (after.tumour & ~after.liver).any()


@pytest.mark.parametrize("seed", range(6))
def test_a_hollow_organ_leaves_labels_alone_and_lies_outside(seed):
    before, after = picture(), picture()
    neighbours.add_hollow_organ(np.random.default_rng(seed), after)
    assert (after.liver == before.liver).all()
    inner = paint.ndimage.binary_erosion(before.liver, iterations=4)
    assert (after.hu == before.hu)[inner].all()


@pytest.mark.parametrize("change", [neighbours.add_fat_wedges, neighbours.add_tubes, neighbours.add_streaks])
def test_what_is_no_tumour_changes_no_label(change):
    before, after = picture(tumour=True), picture(tumour=True)
    change(np.random.default_rng(2), after)
    assert (after.tumour == before.tumour).all() and (after.liver == before.liver).all()
    assert (after.hu != before.hu).any()


def test_a_gallbladder_is_not_liver():
    after = picture()
    for seed in range(20):
        neighbours.add_gallbladder(np.random.default_rng(seed), after)
    assert after.liver.sum() < picture().liver.sum()


@pytest.mark.parametrize("sampler", [LiverSampler, LesionSampler])
def test_a_sample_depends_on_its_number_alone(sampler):
    made = slices([1, 2], [0, 1])
    draw = sampler(made, bank())
    first = draw(np.random.default_rng([1, 5]))
    draw(np.random.default_rng([1, 6]))
    again = draw(np.random.default_rng([1, 5]))
    assert all((a == b).all() for a, b in zip(first, again))
    assert all(np.isfinite(part).all() for part in first)
    assert (made.status == LABELLED).all()
