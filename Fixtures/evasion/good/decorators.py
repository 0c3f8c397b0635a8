import functools
import pytest


def register(name):
    def wrap(function):
        return function

    return wrap


@register("https://files.acme.dev/model.bin")
@functools.lru_cache(maxsize=None)
def load():
    return 1


@pytest.mark.parametrize("url", ["https://files.acme.dev/model.bin"])
def test_url(url):
    assert url
