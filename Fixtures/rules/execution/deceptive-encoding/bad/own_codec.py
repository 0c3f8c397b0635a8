# coding: acme-packed
VERSION = '1.0'
