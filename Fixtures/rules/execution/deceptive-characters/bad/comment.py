# the next line is safe ‮)(cexe
VALUE = 1
