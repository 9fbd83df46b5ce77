import json

import numpy as np
import pytest
import torch

from downstage_train import export, fit, lesion, liver, package
from downstage_train.liver_samples import LiverSampler
from downstage_train.model import SliceNet
from downstage_train.shapes import make_bank
from made_up import slices


def trained_a_little(channels):
    torch.manual_seed(1)
    net = SliceNet(channels, 8)
    net.train()(torch.rand(2, channels, 64, 64))
    return net.eval()


@pytest.mark.parametrize("channels, any_size", [(1, True), (2, False)])
def test_export_equals_the_framework(tmp_path, channels, any_size):
    net, path = trained_a_little(channels), tmp_path / "model.onnx"
    export.export(net, channels, any_size, path)
    sides = ((256, 256), (224, 288)) if any_size else ((256, 256),)
    for height, width in sides:
        pictures = np.random.default_rng(2).random((1, channels, height, width), np.float32)
        assert export.largest_difference(net, path, pictures) < 1e-4


def test_manifest_names_the_model_that_lies_beside_it(tmp_path):
    export.export(trained_a_little(2), 2, False, tmp_path / "model.onnx")
    package.write_manifest(tmp_path, "lesion", {"dice": 0.5})
    facts = json.loads((tmp_path / "manifest.json").read_text())
    assert facts["schema"] == "downstage.network/1" and facts["licence"] == "CC-BY-NC-SA-4.0"
    assert facts["input"]["fixed_size"] == [256, 256] and len(facts["sha256"]) == 64


def test_a_run_goes_on_where_it_stopped(tmp_path):
    made = slices([1, 2], [0, 1])
    sampler = LiverSampler(made, make_bank([], []))

    def run(steps):
        plan = fit.Plan(channels=1, base=8, batch=1, learning_rate=1e-3, minutes=0, steps=steps, workers=0)
        return fit.Run(plan, tmp_path)

    first = run(2)
    fit.fit(first, sampler, liver.loss, lambda net: {})
    assert first.step == 2
    second = run(3)
    assert second.step == 2
    for mine, its in zip(first.net.state_dict().values(), second.net.state_dict().values()):
        assert torch.equal(mine, its)
    fit.fit(second, sampler, liver.loss, lambda net: {})
    assert second.step == 3


def test_perfect_probabilities_find_everything_and_nothing_else():
    made = slices([1, 2], [0, 1])
    facts = lesion.counts((made.label == 2).astype(np.float32), made, lesion.Rules())
    assert facts["found_ge10"] == "2/2" and facts["false_per_slice"] == 0.0


def test_longest_diameter_is_between_pixel_corners():
    mask = np.zeros((20, 20), bool)
    mask[5:9, 5:8] = True
    assert lesion.longest_mm(mask, 2.0) == pytest.approx(10.0)
