"""Weights to ONNX: batch norm folded, sigmoid inside, only operators that OpenCV's dnn 4.6 reads (TRAINING.md 5.1)."""

from pathlib import Path

import numpy as np
import torch
from torch import nn

OPSET = 11
PLAIN = frozenset(["Conv", "Relu", "MaxPool", "Resize", "Concat", "ConvTranspose", "Sigmoid", "Constant"])


class WithSigmoid(nn.Module):
    def __init__(self, net: nn.Module):
        super().__init__()
        self.net = net

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(self.net(image))


def export(net: nn.Module, channels: int, any_size: bool, path: Path) -> None:
    """Input `image` [n, channels, H, W], output `prob` [n, 1, H, W]; H and W are fixed to 256 unless `any_size`."""
    axes = {0: "n", 2: "h", 3: "w"} if any_size else {0: "n"}
    path.parent.mkdir(parents=True, exist_ok=True)
    example = torch.zeros(1, channels, 256, 256)
    torch.onnx.export(WithSigmoid(net.cpu().float()).eval(), example, str(path), opset_version=OPSET,
                      input_names=["image"], output_names=["prob"], dynamic_axes={"image": axes, "prob": axes},
                      dynamo=False)
    _check_operators(path)


def _check_operators(path: Path) -> None:
    import onnx
    kinds = {node.op_type for node in onnx.load(str(path)).graph.node}
    if kinds - PLAIN:
        raise RuntimeError(f"{path}: operators {sorted(kinds - PLAIN)} are not among those that the runtime reads")


def largest_difference(net: nn.Module, path: Path, pictures: np.ndarray) -> float:
    """Largest difference between the framework and ONNX Runtime over the pictures."""
    from .liver import onnx_runner, torch_runner
    here, there = torch_runner(net.cpu().float().eval()), onnx_runner(path)
    return max(float(np.abs(here(p[None]) - there(p[None])).max()) for p in pictures)
