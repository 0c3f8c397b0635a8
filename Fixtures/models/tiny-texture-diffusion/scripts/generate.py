"""Generates textures on the command line."""

import sys

import torch
from diffusers import DDPMPipeline


def main(count):
    pipeline = DDPMPipeline.from_pretrained(".", torch_dtype=torch.float16)
    for index, image in enumerate(pipeline(batch_size=count).images):
        image.save(f"texture-{index}.png")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
