from diffusers import DiffusionPipeline
from transformers import AutoModel, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("acme/chat", trust_remote_code=True)
model = AutoModel.from_pretrained("acme/chat", trust_remote_code=True, revision="0123456789abcdef0123456789abcdef01234567")
pipe = DiffusionPipeline.from_pretrained("acme/diffusion", custom_pipeline="lpw_stable_diffusion")
