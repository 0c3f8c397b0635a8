def run(store, reader):
    reader.load(store.get("model"))
