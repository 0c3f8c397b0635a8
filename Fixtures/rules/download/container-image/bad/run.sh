IMAGE=nvcr.io/nvidia/pytorch:24.05-py3
docker pull "$IMAGE"
podman run --rm -v "$PWD:/work" acme/encoder python train.py
