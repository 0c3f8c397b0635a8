# coding: cp1251
NAME = 'модель'
