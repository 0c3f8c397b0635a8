# coding: cp037
VERSION = '1.0'
