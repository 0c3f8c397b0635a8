import condacolab
import kagglehub
import nltk
import wandb
from biotite.database import rcsb
from langchain import hub
from modelscope import snapshot_download

nltk.download("punkt")
folder = snapshot_download("acme/encoder")
path = kagglehub.model_download("acme/encoder/pytorch/base")
run = wandb.init(project="encoder")
artifact = run.use_artifact("acme/encoder/weights:latest")
structure = rcsb.fetch("1l2y", "cif")
prompt = hub.pull("acme/answer-prompt")
condacolab.install_from_url("https://example.org/Installer-Linux-x86_64.sh")
