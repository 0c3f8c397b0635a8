#!/bin/sh
set -e
node fetch.js "$1" > model.bin
