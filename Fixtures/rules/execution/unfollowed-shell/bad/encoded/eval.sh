#!/bin/bash
eval "$(openssl enc -d -aes-256-cbc -in payload.bin -k secret)"
