from setuptools import setup

setup(name="demo", setup_requires=["cython"])
