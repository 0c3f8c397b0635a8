# -*- coding: utf-8 -*-
# coding in UTF-7 is not a good idea: utf_7
NAME = '语言'
