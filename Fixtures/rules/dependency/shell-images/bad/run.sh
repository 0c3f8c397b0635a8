docker run --gpus all --rm acme/encoder:1.4 serve
