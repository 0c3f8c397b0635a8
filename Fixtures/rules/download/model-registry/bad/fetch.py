import kagglehub
import nltk
import wandb
from modelscope import snapshot_download

nltk.download("punkt")
folder = snapshot_download("acme/encoder")
path = kagglehub.model_download("acme/encoder/pytorch/base")
run = wandb.init(project="encoder")
artifact = run.use_artifact("acme/encoder/weights:latest")
