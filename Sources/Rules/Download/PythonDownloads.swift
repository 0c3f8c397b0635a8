package import Core

extension Subject {
  /// The findings for the fetches of the tables that name this rule, those left out that a rule of
  /// the family execution reports.
  fileprivate func fetches(_ documentation: RuleDocumentation) -> [Finding] {
    pythonFetches.filter { fetch in
      fetch.catalogue.rule == documentation.id && !fetch.isRemoteCode
    }.map { $0.finding(documentation) }
  }
}

/// Flags files and snapshots fetched from the Hugging Face hub without a commit.
package struct HuggingFaceHub: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/hugging-face-hub",
    severity: .high,
    summary: "A file or snapshot is fetched from a hub without naming a commit.",
    why: """
      A branch or a tag can move, so tomorrow's run may load files that nobody reviewed. A snapshot \
      without allow_patterns brings Python files and pickles along.
      """,
    fix: "Pass revision= with the full 40-digit commit, or local_files_only=True.",
    example: (
      "hf_hub_download(\"org/model\", \"model.safetensors\")",
      "hf_hub_download(\"org/model\", \"model.safetensors\", revision=\"<40 hex digits>\")"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.fetches(Self.documentation)
  }
}

/// Flags models, tokenizers and configurations loaded by name without a commit.
package struct PretrainedModel: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/pretrained-model",
    severity: .high,
    summary: "A model, tokenizer or configuration is loaded by its hub name without a commit.",
    why: """
      from_pretrained and its kin download whatever the default branch holds at that moment, \
      pickled weights included.
      """,
    fix: "Pass revision= with the full 40-digit commit, or the path of a vendored folder.",
    example: (
      "AutoModel.from_pretrained(\"org/model\")",
      "AutoModel.from_pretrained(\"./model\", local_files_only=True)"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.fetches(Self.documentation)
  }
}

/// Flags data sets and metrics fetched by name without a commit.
package struct Dataset: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/dataset",
    severity: .medium,
    summary: "A data set or metric is fetched by name without a commit.",
    why: """
      The data behind a name changes, and with it what is trained or measured. Metrics, and data \
      sets of older libraries, are Python that runs when it is loaded.
      """,
    fix: "Pass revision= with the full 40-digit commit, or load local files with data_files=.",
    example: (
      "load_dataset(\"org/corpus\")",
      "load_dataset(\"json\", data_files=\"data/train.jsonl\")"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.fetches(Self.documentation)
  }
}

/// Flags weights that a library fetches from addresses of its own.
package struct LibraryWeights: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/library-weights",
    severity: .medium,
    summary: "Weights or data are fetched through a library's catalogue, or torch.hub.",
    why: """
      The library decides what a name leads to, mostly without comparing a digest. torch.hub runs \
      the Python of the repository that it fetches.
      """,
    fix: "Ship the file and pass its path, or pin the library by version and hash.",
    example: (
      "torch.hub.load(\"owner/repository\", \"model\")",
      "torch.hub.load(\"owner/repository:<40 hex digits>\", \"model\")"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.fetches(Self.documentation)
  }
}

/// Flags what is fetched from model registries other than the Hugging Face hub.
package struct ModelRegistry: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/model-registry",
    severity: .high,
    summary: "A model, data set or artifact is fetched from a registry without a fixed version.",
    why: "An alias, a stage or a missing version leads to whatever was published last.",
    fix: "Name a full commit or an immutable version, and compare the SHA-256 of what arrives.",
    example: (
      "wandb.use_artifact(\"team/project/model:latest\")",
      "modelscope.snapshot_download(\"org/model\", revision=\"<40 hex digits>\")"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.fetches(Self.documentation)
  }
}

/// Flags files fetched over HTTP without comparing a digest.
package struct HTTPDownload: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/http-download",
    severity: .medium,
    summary: "A file is fetched over the network without comparing its digest.",
    why: "Whoever controls the address, or the way to it, decides what arrives.",
    fix: "Compare the SHA-256 digest of what arrived with a literal before using it.",
    example: (
      "urllib.request.urlretrieve(\"https://example.org/model.bin\", \"model.bin\")",
      "pooch.retrieve(\"https://example.org/model.bin\", known_hash=\"sha256:<64 hex digits>\")"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.fetches(Self.documentation)
  }
}

/// Flags objects fetched from cloud storage without a version.
package struct CloudStorage: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/cloud-storage",
    severity: .medium,
    summary: "An object is fetched from cloud storage without a version or a digest.",
    why: "Objects are overwritten in place; without a version the last writer decides.",
    fix: "Name the object's version, and compare the SHA-256 of what arrives.",
    example: (
      "s3.download_file(\"models\", \"model.bin\", \"model.bin\")",
      "s3.get_object(Bucket=\"models\", Key=\"model.bin\", VersionId=\"<version>\")"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.fetches(Self.documentation)
  }
}

/// Flags repositories that Python clones.
package struct PythonGitClone: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/python-git-clone",
    severity: .high,
    summary: "Python clones a git repository without checking out a commit.",
    why: "A clone brings whatever the branch holds at that moment.",
    fix: "Check out a full 40-digit commit after the clone, or vendor the repository.",
    example: (
      "git.Repo.clone_from(\"https://example.org/code.git\", \"code\")",
      "subprocess.run([\"git\", \"-C\", \"code\", \"checkout\", \"<40 hex digits>\"], check=True)"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.fetches(Self.documentation)
  }
}
