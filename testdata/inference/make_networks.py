#!/usr/bin/env python3
"""Makes the small packages beside this script: the operators of the real networks, a few kB, untrained and seeded.

Needs torch and onnx (seen with 2.6.0 and 1.17.0); never needed to build or test. `liver`, `lesion` and `echo` run; those
below `refused` are each wrong in one way. Run reference.py afterwards.   make_networks.py
"""
import hashlib
import json
import pathlib

import onnx
import torch
from onnx import helper
from torch import nn

HERE = pathlib.Path(__file__).parent


class SmallUnet(nn.Module):
    """Strided stem, two pooled levels, nearest upsampling, concatenation, transposed head: sizes in multiples of 8."""

    def __init__(self, channels: int, base: int, sigmoid: bool):
        super().__init__()
        self.stem = nn.Conv2d(channels, base, 6, stride=2, padding=2)
        self.down1 = nn.Conv2d(base, 2 * base, 3, padding=1)
        self.down2 = nn.Conv2d(2 * base, 3 * base, 3, padding=1)
        self.up1 = nn.Conv2d(5 * base, 2 * base, 3, padding=1)
        self.up0 = nn.Conv2d(3 * base, base, 3, padding=1)
        self.head = nn.ConvTranspose2d(base, 1, 2, stride=2)
        self.sigmoid = sigmoid

    def forward(self, image):
        level0 = torch.relu(self.stem(image))
        level1 = torch.relu(self.down1(nn.functional.max_pool2d(level0, 2)))
        level2 = torch.relu(self.down2(nn.functional.max_pool2d(level1, 2)))
        up1 = torch.relu(self.up1(torch.cat([level1, nn.functional.interpolate(level2, scale_factor=2)], 1)))
        up0 = torch.relu(self.up0(torch.cat([level0, nn.functional.interpolate(up1, scale_factor=2)], 1)))
        logits = self.head(up0)
        return torch.sigmoid(logits) if self.sigmoid else logits


def spread_out(net: SmallUnet, channels: int) -> SmallUnet:
    """Scales the head so that answers to noise cover 0..1 and not only its middle."""
    with torch.no_grad():
        net.sigmoid, wanted = False, net.sigmoid
        logits = net(torch.rand(4, channels, 64, 64))
        net.head.weight.mul_(2.0 / logits.std())
        net.head.bias.copy_(net.head.bias - net(torch.rand(4, channels, 64, 64)).mean())
        net.sigmoid = wanted
    return net.eval()


class OneNumber(nn.Module):
    """Says one number of a whole slice."""

    def forward(self, image):
        return torch.sigmoid(image.mean(dim=(2, 3), keepdim=True))


def export(net: nn.Module, channels: int, size: int, file: pathlib.Path, fixed: bool = False) -> None:
    axes = {0: "n", 2: "h", 3: "w"}
    torch.onnx.export(net, torch.zeros(1, channels, size, size), file, opset_version=11, dynamo=False,
                      input_names=["image"], output_names=["prob"],
                      dynamic_axes=None if fixed else {"image": axes, "prob": axes})


DENSITY = {"content": "density", "clip_hu": [0, 255], "subtract": "zero", "divide_by": 255, "limit": None}
CONTRAST = {"content": "density", "clip_hu": [-50, 400], "subtract": "liver_level", "divide_by": 60, "limit": 2.0}
MASK = {"content": "liver_mask"}


def write_manifest(folder: pathlib.Path, task: str, activation: str = "none", **given) -> None:
    image = {"name": "image", "pixel_mm": 1.5, "orientation": "rows to posterior, columns to patient left",
             "size_multiple": 8, "least_size": [64, 48], "fixed_size": None, "channels": [DENSITY], **given}
    manifest = {
        "schema": "downstage.network/1", "name": "small-" + task, "version": "1.0", "task": task, "model": "model.onnx",
        "sha256": hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest(), "input": image,
        "output": {"name": "prob", "activation": activation, "meaning": task, "threshold": 0.5},
        "licence": "CC0-1.0", "attribution": "made by testdata/inference/make_networks.py",
        "training_data": "none: seeded random weights", "intended_use": "tests of Downstage",
        "limits": "finds nothing", "figures": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def package(name: str) -> pathlib.Path:
    folder = HERE / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def make_echo() -> None:
    """Says what it is shown, as logits: tests read from it what a network sees."""
    same = nn.Conv2d(1, 1, 1)
    with torch.no_grad():
        same.weight.fill_(1)
        same.bias.fill_(0)
    export(same, 1, 64, package("echo") / "model.onnx")
    write_manifest(HERE / "echo", "liver", "sigmoid", least_size=[16, 8])


def make_liver(name: str, fixed: bool = False) -> pathlib.Path:
    torch.manual_seed(5)
    folder = package(name)
    export(spread_out(SmallUnet(1, 4, sigmoid=True), 1), 1, 64, folder / "model.onnx", fixed)
    write_manifest(folder, "liver")
    return folder


def make_lesion(name: str) -> None:
    torch.manual_seed(6)
    folder = package(name)
    export(spread_out(SmallUnet(2, 4, sigmoid=False), 2), 2, 64, folder / "model.onnx")
    write_manifest(folder, "lesion", "sigmoid", fixed_size=[64, 48], channels=[CONTRAST, MASK])


def determinant() -> onnx.ModelProto:
    """A graph of the one operator Det, which OpenCV's dnn does not know; it is reached before its shape matters."""
    ends = [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", 1, "h", "w"]) for name in ("image", "prob")]
    graph = helper.make_graph([helper.make_node("Det", ["image"], ["prob"])], "determinant", ends[:1], ends[1:])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=6)


def make_refused() -> None:
    folder = package("refused/one_number")
    export(OneNumber(), 1, 64, folder / "model.onnx")
    write_manifest(folder, "liver")
    folder = package("refused/operator")
    onnx.save(determinant(), folder / "model.onnx")
    write_manifest(folder, "liver")
    make_liver("refused/one_size", fixed=True)
    cut = package("refused/cut")
    (cut / "model.onnx").write_bytes((HERE / "liver" / "model.onnx").read_bytes()[:2000])
    write_manifest(cut, "liver")


def main() -> None:
    make_echo()
    make_liver("liver")
    make_lesion("lesion")
    make_refused()


if __name__ == "__main__":
    main()
