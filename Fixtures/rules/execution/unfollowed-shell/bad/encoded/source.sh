#!/bin/bash
source <(gunzip -c payload.gz)
xxd -r -p payload.hex > payload.bin
