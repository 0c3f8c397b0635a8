from absl import flags
from transformers import AutoModel

_MODEL = flags.DEFINE_string("model", default="acme/model", help="which model")
AutoModel.from_pretrained(_MODEL.value)
