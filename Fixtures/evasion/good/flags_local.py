from absl import flags

FLAGS = flags.FLAGS
flags.DEFINE_string("output", "out", "where to write")


def main(_):
    with open(FLAGS.output, "w") as file:
        file.write("x")
