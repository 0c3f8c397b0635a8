import os

# coding: utf_7
NAME = os.name
