from setuptools import setup

REQUIRED = ["torch>=2.0"]
REQUIRED += [
    "numpy",
]

setup(name="demo", install_requires=REQUIRED, extras_require={"demo": ["gradio"]})
