import Core
import Rules
import Testing

/// Which target a fetch is reported with.
@Suite struct PythonTargetTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let source: String
    /// Line and message of each finding above inventory.
    let found: [String]

    init(_ name: String, _ source: String, _ found: String...) {
      testDescription = name
      self.source = source
      self.found = found
    }
  }

  private static let classes = """
    from dataclasses import dataclass, field
    from typing import Optional
    from transformers import AutoModel
    @dataclass
    class ModelArguments:
        model_name: str = field(default="acme/model")
        revision: str = "main"
        tokenizer: Optional[str] = field(default=None, metadata={"help": "x"})
        adapter: str = field(metadata={"help": "x"})
        base: str

    """

  @Test(arguments: [
    Case(
      "HfArgumentParser",
      classes + """
        from transformers import HfArgumentParser, TrainingArguments
        parser = HfArgumentParser((ModelArguments, TrainingArguments))
        model_args, training_args = parser.parse_args_into_dataclasses()
        AutoModel.from_pretrained(model_args.model_name)
        AutoModel.from_pretrained(model_args.tokenizer)
        AutoModel.from_pretrained(model_args.adapter)
        AutoModel.from_pretrained(model_args.base)
        AutoModel.from_pretrained(training_args.hub_model_id)
        """,
      "14: downloads acme/model without a revision",
      "15: downloads the option tokenizer whose name could not be resolved",
      "16: downloads the option adapter whose name could not be resolved",
      "17: downloads the option base whose name could not be resolved",
      "18: downloads the option hub_model_id whose name could not be resolved"),
    Case(
      "HfArgumentParser of one class, with the rest",
      classes + """
        import sys, transformers
        parser = transformers.HfArgumentParser(dataclass_types=ModelArguments)
        if len(sys.argv) == 2:
            args, = parser.parse_json_file(sys.argv[1])
        else:
            args, rest = parser.parse_args_into_dataclasses(return_remaining_strings=True)
        AutoModel.from_pretrained(args.model_name)
        """, "17: downloads acme/model without a revision"),
    Case(
      "TrlParser",
      classes + """
        from trl import TrlParser, ModelConfig
        args, config = TrlParser((ModelArguments, ModelConfig)).parse_args_and_config()
        AutoModel.from_pretrained(args.model_name, revision=args.revision)
        AutoModel.from_pretrained(config.model_name_or_path)
        """,
      "13: downloads acme/model at `main`, which can move",
      "14: downloads the option model_name_or_path whose name could not be resolved"),
    Case(
      "tyro",
      classes + """
        import tyro
        args = tyro.cli(ModelArguments)
        AutoModel.from_pretrained(args.model_name)
        """, "13: downloads acme/model without a revision"),
    Case(
      "simple_parsing",
      classes + """
        import simple_parsing
        parser = simple_parsing.ArgumentParser()
        parser.add_arguments(ModelArguments, dest="options")
        args = parser.parse_args()
        AutoModel.from_pretrained(args.options.model_name)
        """, "15: downloads acme/model without a revision"),
    Case(
      "pyrallis.parse",
      classes + """
        import pyrallis
        def main():
            config = pyrallis.parse(config_class=ModelArguments)
            AutoModel.from_pretrained(config.model_name)
        """, "14: downloads acme/model without a revision"),
    Case(
      "draccus.wrap, by the annotation",
      classes + """
        import draccus
        @draccus.wrap()
        def main(config: ModelArguments):
            AutoModel.from_pretrained(config.model_name)
        """, "14: downloads acme/model without a revision"),
    Case(
      "jsonargparse",
      classes + """
        from jsonargparse import CLI
        AutoModel.from_pretrained(CLI(ModelArguments).model_name)
        """, "12: downloads acme/model without a revision"),
    Case(
      "chz",
      """
      import chz
      from transformers import AutoModel
      @chz.chz
      class Config:
          model: str = "acme/model"
      config = chz.entrypoint(Config)
      AutoModel.from_pretrained(config.model)
      """, "7: downloads acme/model without a revision"),
    Case(
      "pydantic settings",
      """
      from pydantic_settings import BaseSettings
      from transformers import AutoModel
      class Settings(BaseSettings):
          model: str = "acme/model"
      AutoModel.from_pretrained(Settings().model)
      """, "5: downloads acme/model without a revision"),
    Case(
      "a class that parses itself",
      """
      from tap import Tap
      from transformers import AutoModel
      class Arguments(Tap):
          model: str = "acme/model"
      args = Arguments().parse_args()
      AutoModel.from_pretrained(args.model)
      """, "6: downloads acme/model without a revision"),
    Case(
      "an empty default is no target",
      """
      import argparse
      from transformers import AutoModel
      parser = argparse.ArgumentParser()
      parser.add_argument("--resume", default="")
      args = parser.parse_args()
      AutoModel.from_pretrained(args.resume)
      AutoModel.from_pretrained(args.resume or "acme/model")
      """,
      "6: downloads the option resume whose name could not be resolved",
      "7: downloads acme/model without a revision"),
    Case(
      "a condition excludes a value",
      """
      from transformers import AutoModel
      name = "scratch"
      other = name or None
      if name == "scratch":
          model = AutoModel.from_config(config)
      else:
          AutoModel.from_pretrained(name)
      """, "7: downloads a computed value whose name could not be resolved"),
    Case(
      "a condition says what it is",
      """
      from transformers import AutoModel
      def load(name, kind=None):
          if name == "small":
              return AutoModel.from_pretrained(name)
          elif name in ("acme/a", "acme/b") and kind is not None:
              return AutoModel.from_pretrained(name)
          elif not name.startswith("acme/"):
              return None
          else:
              return AutoModel.from_pretrained(name)
      """,
      "4: downloads small without a revision",
      "6: downloads acme/a, acme/b without a revision",
      "10: downloads the parameter `name` whose name could not be resolved"),
    Case(
      "conditions on options",
      """
      import argparse
      from transformers import AutoModel
      parser = argparse.ArgumentParser()
      parser.add_argument("--init", default="scratch")
      args = parser.parse_args()
      if args.init != "scratch":
          AutoModel.from_pretrained(args.init)
      if args.init == "scratch":
          args.init = "acme/model"
          AutoModel.from_pretrained(args.init)
      """,
      "7: downloads the option init whose name could not be resolved",
      "10: downloads scratch without a revision"),
    Case(
      "what was set since the condition holds",
      """
      from transformers import AutoModel
      def load(name=None):
          if name is None:
              name = "acme/model"
              AutoModel.from_pretrained(name)
      """, "5: downloads acme/model without a revision"),
    Case(
      "names are not cut where they begin otherwise",
      """
      from transformers import AutoModel
      for name in ["hf-hub:acme/model", "acme/other"]:
          AutoModel.from_pretrained(name[7:])
      for name in ["hf-hub:acme/model", "hf-hub:acme/other"]:
          AutoModel.from_pretrained(name[7:])
      """,
      "3: downloads a computed value whose name could not be resolved",
      "5: downloads acme/model, acme/other without a revision"),
    Case(
      "a file is checked by the name of its path",
      """
      import hashlib, os, urllib.request
      def fetch(url, root):
          expected = url.split("/")[-2]
          target = os.path.join(root, os.path.basename(url))
          with urllib.request.urlopen(url) as source, open(target, "wb") as output:
              output.write(source.read())
          if hashlib.sha256(open(target, "rb").read()).hexdigest() != expected:
              raise RuntimeError("damaged")
      fetch("https://acme.dev/0f00/model.pt", "models")
      """,
      "5: downloads the parameter `url` and compares a digest that is not written in the code",
      "9: leads to a download of https://acme.dev/0f00/model.pt and compares a digest that is not written in the code"
    ),
    Case(
      "a file is not checked by the name of another path",
      """
      import hashlib, os, urllib.request
      def fetch(url, root):
          target = os.path.join(root, os.path.basename(url))
          with urllib.request.urlopen(url) as source, open(target, "wb") as output:
              output.write(source.read())
          target = os.path.join(root, "other")
          if hashlib.sha256(open(target, "rb").read()).hexdigest() != url[:64]:
              raise RuntimeError("damaged")
      fetch("https://acme.dev/0f00/model.pt", "models")
      """,
      "4: downloads the parameter `url` from an address that could not be resolved",
      "9: leads to a download of https://acme.dev/0f00/model.pt without comparing a digest"),
    Case(
      "what a service answers is a download where it is run",
      """
      import requests
      answer = requests.get("https://acme.dev/api").json()
      exec(requests.get("https://acme.dev/code").json()["code"])
      """,
      "3: downloads https://acme.dev/code without comparing a digest, and what arrives is executed"),
    Case(
      "a caller picks one of several, outside of a notebook",
      """
      import urllib.request
      URLS = {"a": "https://acme.dev/a.pt", "b": "https://acme.dev/b.pt"}
      def fetch(url):
          urllib.request.urlretrieve(url, "model.pt")
      def load(name):
          return fetch(URLS[name])
      load("a")
      """,
      "4: downloads the parameter `url` from an address that could not be resolved",
      "6: leads to a download of https://acme.dev/a.pt, https://acme.dev/b.pt without comparing a digest"
    ),
  ])
  func `targets are those that the code names`(_ test: Case) throws {
    let found = try fetchFindings(test.source).map {
      "\($0.location.start?.line ?? 0): \($0.message)"
    }
    #expect(found == test.found)
  }
}
