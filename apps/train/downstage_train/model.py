"""The slice network: a U-Net on a half-resolution grid, of plain layers that OpenCV's dnn 4.6 runs.

The stem is one 6x6 convolution of stride 2 (the same numbers as space-to-depth 2 followed by a 3x3
convolution) and the head one transposed 2x2 convolution of stride 2. Both stay away from operators
with run-time shapes, so that the height and width of the exported graph may vary.
"""

import torch
from torch import nn

WIDTHS = (1.0, 2.0, 3.0, 4.0, 5.0)
"""Channels of the five levels in units of the base width; the picture's sides are multiples of 32."""


def conv_block(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True),
        nn.Conv2d(outputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class SliceNet(nn.Module):
    """Image [n, channels, H, W] to logits [n, 1, H, W]; H and W are multiples of 32."""

    def __init__(self, channels: int, base: int):
        super().__init__()
        w = [int(base * k) for k in WIDTHS]
        self.stem = nn.Sequential(
            nn.Conv2d(channels, w[0], 6, stride=2, padding=2, bias=False), nn.BatchNorm2d(w[0]), nn.ReLU(inplace=True),
            nn.Conv2d(w[0], w[0], 3, padding=1, bias=False), nn.BatchNorm2d(w[0]), nn.ReLU(inplace=True))
        self.down = nn.ModuleList(conv_block(w[i], w[i + 1]) for i in range(4))
        self.up = nn.ModuleList(conv_block(w[i] + w[i + 1], w[i]) for i in reversed(range(4)))
        self.head = nn.ConvTranspose2d(w[0], 1, 2, stride=2)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        x = self.stem(image)
        skips = [x]
        for block in self.down:
            x = block(nn.functional.max_pool2d(x, 2))
            skips.append(x)
        skips.pop()
        for block in self.up:
            x = nn.functional.interpolate(x, scale_factor=2.0, mode="nearest")
            x = block(torch.cat([skips.pop(), x], dim=1))
        return self.head(x)


def parameter_count(net: nn.Module) -> int:
    return sum(p.numel() for p in net.parameters())
