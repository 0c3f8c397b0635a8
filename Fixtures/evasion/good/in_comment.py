# snapshot_download("org/model")
value = 1
