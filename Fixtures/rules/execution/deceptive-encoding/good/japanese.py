# -*- coding: euc-jp -*-
NAME = '言語'
