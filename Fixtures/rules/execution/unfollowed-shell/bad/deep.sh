#!/bin/sh
# Each eval reads the words of the one before it.
eval eval eval eval eval eval eval eval eval wget https://example.org/model.bin
