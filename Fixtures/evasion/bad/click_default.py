import click
from transformers import AutoModel


@click.command()
@click.option("--model", default="org/model")
def main(model):
    AutoModel.from_pretrained(model)


if __name__ == "__main__":
    main()
