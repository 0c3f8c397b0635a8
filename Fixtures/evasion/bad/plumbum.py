from plumbum import local
local["wget"]("https://get.acme.dev/model.bin")
