# coding: utf-8-sig
NAME = 'x'
