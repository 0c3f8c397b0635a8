# -*- coding: latin-1 -*-
# Modèle de langue
NAME = 'café'
