import Core
import Languages
import Rules
import Testing

/// More forms of published repositories, as in `RepositoryFormsTests`: libraries for one task,
/// containers of jobs, functions that run what they are given.
struct PublishedFormsTests {
  typealias Case = RepositoryFormsTests.Case

  static let cases: [Case] = [
    Case(
      name: "libraries for one task fetch what it needs",
      files: [
        "speech.py": """
        from funasr import AutoModel
        import s3tokenizer, laion_clap, stable_whisper
        from audioseal import AudioSeal
        from kokoro import KPipeline, KModel
        asr = AutoModel(model="paraformer-zh")
        pinned = AutoModel(model="org/m", model_revision="0123456789abcdef0123456789abcdef01234567")
        tokens = s3tokenizer.load_model("speech_tokenizer_v2_25hz")
        clap = laion_clap.CLAP_Module(enable_fusion=False)
        clap.load_ckpt()
        clap.load_ckpt("clap.pt")
        seal = AudioSeal.load_generator("audioseal_wm_16bits")
        voice = KPipeline(lang_code="a")
        quiet = KPipeline(lang_code="a", model=False)
        own = KModel(model="kokoro.pth", config="config.json")
        def near(folder):
            return s3tokenizer.load_model(f"{folder}/speech_tokenizer_v2.onnx")
        """,
        "vision.py": """
        import face_alignment, rembg
        from doctr.models import ocr_predictor
        from sam2.build_sam import build_sam2_hf, build_sam2
        from facexlib.utils.face_restoration_helper import FaceRestoreHelper
        face = face_alignment.FaceAlignment(face_alignment.LandmarksType.TWO_D)
        ocr = ocr_predictor(pretrained=True)
        bare = ocr_predictor(pretrained=False)
        sam = build_sam2_hf("facebook/sam2-hiera-large")
        local = build_sam2("sam2.yaml", "sam2.pt")
        helper = FaceRestoreHelper(2, det_model="retinaface_resnet50")
        import tensorflow as tf
        tf.io.gfile.glob("gs://bucket/models/*.npz")
        cut = rembg.remove(face)
        def rest(image, session):
            return rembg.remove(image, session=session)
        """,
        "scores.py": """
        from bert_score import score
        from torchmetrics.multimodal import CLIPScore
        from cleanfid import fid
        import ImageReward
        f1 = score(["a"], ["b"], lang="en")
        clip = CLIPScore()
        distance = fid.compute_fid("a", "b")
        reward = ImageReward.load("ImageReward-v1.0")
        total = sum(x.score() for x in [])
        """,
        "data.py": """
        import tensorflow_datasets as tfds
        from cached_path import cached_path
        from minari import load_dataset, download_dataset
        from streaming import StreamingDataset
        from composer.utils import get_file
        digits = tfds.load("mnist", split="train")
        mine = tfds.load("mnist", download=False)
        bridge = tfds.builder_from_directory(builder_dir="gs://bucket/bridge/0.1.0/")
        built = tfds.builder_from_directory(builder_dir="data/bridge")
        def weights(path):
            return cached_path(path)
        near = cached_path("models/a.pt")
        doors = load_dataset("D4RL/door/human-v2", download=True)
        there = load_dataset("D4RL/door/human-v2")
        shards = StreamingDataset(remote="s3://bucket/shards", local="shards")
        alone = StreamingDataset(local="shards")
        get_file("https://example.org/a.bin", "a.bin")
        get_file("a.bin", "b.bin")
        """,
        "text.py": """
        from auto_gptq import AutoGPTQForCausalLM
        from keybert import KeyBERT
        from litgpt import LLM
        a = AutoGPTQForCausalLM.from_quantized("acme/model-GPTQ")
        b = AutoGPTQForCausalLM.from_quantized("./model-GPTQ")
        c = KeyBERT("all-MiniLM-L6-v2")
        d = LLM.load("microsoft/phi-2")
        e = LLM.load("microsoft/phi-2", init="random")
        """,
      ],
      expected: [
        "data.py:6 download/dataset", "data.py:8 download/http-download",
        "data.py:11 download/http-download", "data.py:13 download/library-weights",
        "data.py:15 download/http-download", "data.py:17 download/http-download",
        "scores.py:5 download/library-weights", "scores.py:6 download/library-weights",
        "scores.py:7 download/library-weights", "scores.py:8 download/library-weights",
        "speech.py:5 download/library-weights", "speech.py:7 download/library-weights",
        "speech.py:9 download/library-weights", "speech.py:11 download/library-weights",
        "speech.py:12 download/library-weights",
        "text.py:4 download/library-weights", "text.py:6 download/library-weights",
        "text.py:7 download/library-weights",
        "vision.py:5 download/library-weights", "vision.py:6 download/library-weights",
        "vision.py:8 download/library-weights", "vision.py:10 download/library-weights",
        "vision.py:13 download/library-weights",
      ]),
    Case(
      name: "a configuration class of one's own",
      files: [
        "config.py": """
        from transformers import PretrainedConfig
        class VisionConfig(PretrainedConfig):
            @classmethod
            def from_pretrained(cls, name, **kwargs):
                config, kwargs = cls.get_config_dict(name, **kwargs)
                return cls.from_dict(config["vision_config"], **kwargs)
        """,
        "train.py": """
        from config import VisionConfig
        base = VisionConfig.from_pretrained("acme/vit")
        mine = VisionConfig.from_pretrained("./vit")
        """,
      ],
      expected: [
        "config.py:5 download/pretrained-model", "train.py:2 download/pretrained-model",
      ]),
    Case(
      name: "an address that is shown is not fetched",
      files: [
        "app.py": """
        import gradio as gr
        import streamlit as st
        from cached_path import cached_path
        URL = "hf://acme/tts/model.safetensors"
        path = cached_path(URL)
        box = gr.Dropdown(choices=[URL], value=URL)
        gr.update(value=URL)
        st.text_input("model", URL)
        """
      ],
      expected: ["app.py:5 download/http-download"]),
    Case(
      name: "folders that are filled first",
      files: [
        "predict.py": """
        import os, subprocess
        from diffusers import DiffusionPipeline
        MODEL_CACHE = "model_cache"
        MODEL_URL = "https://weights.example.org/model.tar"
        if not os.path.exists(MODEL_CACHE):
            subprocess.check_call(["pget", "-x", MODEL_URL, MODEL_CACHE], close_fds=False)
        pipe = DiffusionPipeline.from_pretrained(MODEL_CACHE)
        other = DiffusionPipeline.from_pretrained("gpt2")
        beside = DiffusionPipeline.from_pretrained("pytorch_model.bin")
        """
      ],
      expected: [
        "predict.py:6 download/command-download", "predict.py:8 download/pretrained-model",
      ]),
    Case(
      name: "a server of one's own, on a host that can be set",
      files: [
        "client.py": """
        import argparse, requests
        parser = argparse.ArgumentParser()
        parser.add_argument("--host", default="0.0.0.0")
        parser.add_argument("--mirror", default="mirror.example.org")
        args = parser.parse_args()
        audio = requests.get(f"http://{args.host}:50000/speech.wav", stream=True).content
        model = requests.get(f"https://{args.mirror}/model.bin").content
        """
      ],
      expected: ["client.py:7 download/http-download"]),
    Case(
      name: "a version that a list on the network names",
      files: [
        "setup.sh": """
        V=$(curl -fsSL https://example.org/requirements.txt | grep '^torch==' | xargs)
        if [ -z "$V" ]; then
          exit 1
        fi
        pip install torch==${V}
        pip install "numpy==$(curl -fsSL https://example.org/numpy)"
        pip install "$(cat ./wheels/name)"
        """
      ],
      expected: [
        "setup.sh:1 download/command-download", "setup.sh:5 dependency/shell-packages",
        "setup.sh:5 download/package-install", "setup.sh:6 dependency/shell-packages",
        "setup.sh:6 download/package-install", "setup.sh:6 download/command-download",
        "setup.sh:7 dependency/shell-packages", "setup.sh:7 download/package-install",
      ]),
    Case(
      name: "a function that runs its arguments",
      files: [
        "build.sh": """
        retry() {
          $* || (sleep 1 && $*) || (sleep 2 && "$@")
        }
        quiet() { "$@" > /dev/null; }
        install() {
          retry pip install --no-cache-dir "$@"
        }
        retry pip install torch==2.1.0 \\
          numpy
        install ninja
        quiet echo pip install scipy
        """
      ],
      expected: [
        "build.sh:6 dependency/shell-packages", "build.sh:6 download/package-install",
        "build.sh:8 dependency/shell-packages", "build.sh:8 download/package-install",
      ]),
    Case(
      name: "Colab's names for a shell, below the titles of forms",
      files: [
        "fold.ipynb": RepositoryFormsTests.notebook(
          [
            "#@title Install",
            "URL = 'https://example.org/params.tar'",
            "try:",
            "  %shell wget -q -P /content \\",
            "    https://example.org/a.txt",
            "  %shell curl -fsSL {URL} -o p.tar",
            "except OSError:",
            "  print('%shell pip install torch')",
            "rate = 5 %shell",
          ],
          ["#@title Dependencies", "", "%%bash -s $a", "pip install jax"],
          ["%%shell", "pip install flax"],
          [
            "# note", "%%time", "from transformers import AutoModel",
            "AutoModel.from_pretrained('a/b')",
          ])
      ],
      expected: [
        "fold.ipynb:12 download/command-download", "fold.ipynb:14 download/command-download",
        "fold.ipynb:29 dependency/shell-packages", "fold.ipynb:29 download/package-install",
        "fold.ipynb:39 dependency/shell-packages", "fold.ipynb:39 download/package-install",
        "fold.ipynb:51 download/pretrained-model",
      ]),
    Case(
      name: "makefiles and tasks under other names",
      files: [
        "server/Makefile-flash-att": """
        install:
        \tpip install packaging
        """,
        "makefile-notes.md": "pip install scipy\n",
        "pixi.toml": """
        [project]
        name = "nerf"
        [tasks]
        hloc = {cmd = "ls hloc || git clone https://github.com/cvg/hloc", cwd = "x"}
        tcnn = "python -m pip install ninja"
        words = {cmd = ["pip", "install", "einops"]}
        test = "pytest"
        """,
      ],
      expected: [
        "pixi.toml:4 download/git-clone", "pixi.toml:5 dependency/shell-packages",
        "pixi.toml:5 download/package-install", "pixi.toml:6 dependency/shell-packages",
        "pixi.toml:6 download/package-install",
        "server/Makefile-flash-att:2 dependency/shell-packages",
        "server/Makefile-flash-att:2 download/package-install",
      ]),
    Case(
      name: "Python in an instruction of several lines",
      files: [
        "Dockerfile": """
        FROM scratch
        RUN cd /models && python -c "\\
        import os; \\
        from huggingface_hub import snapshot_download; \\
        folder = os.getcwd(); \\
        snapshot_download(repo_id='acme/model', local_dir=folder)" && ls
        """,
        "run.sh": """
        python -c "
        from huggingface_hub import snapshot_download
        snapshot_download(repo_id='acme/model')
        "
        """,
      ],
      expected: ["Dockerfile:6 download/hugging-face-hub", "run.sh:3 download/hugging-face-hub"]),
    Case(
      name: "requirements that pip refuses",
      files: [
        "requirements.txt": """
        fast @ https://example.org/fast-1.0-py3-none-any.whl; sys_platform=='linux'
        torch >= 2.0 < 3
        Install these by hand, then go on.
        """
      ],
      expected: [
        "requirements.txt:1 dependency/unhashed-requirement",
        "requirements.txt:2 dependency/unpinned-requirement",
      ]),
    Case(
      name: "the containers of jobs",
      files: [
        "jobs/train.yaml": """
        name: train
        image: acme/foundry:2.7.0
        command: |
          pip install einops
        """,
        "jobs/beaker.yml": """
        tasks:
          - name: eval
            image: {docker: "ghcr.io/acme/eval:latest"}
            command: [python, eval.py]
          - name: own
            image: {beaker: acme/eval}
            command: [python, eval.py]
        """,
        "sky/serve.yaml": """
        resources:
          image_id: docker:acme/serve
        run: python serve.py
        """,
        "jobs/pinned.yaml": """
        image: acme/foundry@sha256:\(String(repeating: "a", count: 64))
        command: python train.py
        """,
        "good/picture.yaml": """
        image: assets/cat.png
        command: describe
        """,
        "good/built.yaml": """
        image: acme/app:dev
        build: .
        command: python app.py
        """,
        "good/data.yaml": """
        image: acme/app:dev
        title: run
        """,
      ],
      expected: [
        "jobs/beaker.yml:3 dependency/unpinned-image",
        "jobs/train.yaml:2 dependency/unpinned-image",
        "jobs/train.yaml:4 dependency/shell-packages",
        "jobs/train.yaml:4 download/package-install",
        "sky/serve.yaml:2 dependency/unpinned-image",
      ]),
  ]

  @Test(arguments: cases)
  func `what a form fetches is reported at its line, and nothing else`(one: Case) throws {
    #expect(try RepositoryFormsTests.report(one.files) == one.expected)
  }

  @Test func `what ends with a cell ends behind its start`() throws {
    let cell = """
      {"cells": [{"cell_type": "code", "source": [
        "from transformers import AutoModel\\n",
        "AutoModel.from_pretrained('acme/model')"
      ]}], "nbformat": 4}
      """
    let subject = Subject(try ShellRulesTests.repository(["use.ipynb": cell]))
    let finding = try #require(subject.pythonFetches.first?.call.location)
    let (start, end) = (try #require(finding.start), try #require(finding.end))
    #expect(start.line == 3 && end.line == 3 && start.column < end.column)
  }
}
