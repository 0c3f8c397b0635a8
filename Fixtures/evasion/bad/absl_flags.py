from absl import app, flags
from transformers import AutoModel

FLAGS = flags.FLAGS
flags.DEFINE_string("model", "acme/model", "which model")


def main(_):
    AutoModel.from_pretrained(FLAGS.model)


app.run(main)
