package import Core

/// Flags files that a command fetches from an address without a digest.
package struct CommandDownload: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/command-download",
    severity: .high,
    summary: "A command fetches a file from an address and nothing compares its digest.",
    why: """
      Whoever controls the server, or the name in front of it, decides what arrives. An archive or \
      a weight file can hold code.
      """,
    fix: "Compare the SHA-256 digest with a literal before the file is used.",
    example: (
      "wget https://example.org/model.bin",
      """
      wget https://example.org/model.bin
      echo "<64 hex digits>  model.bin" | sha256sum -c
      """
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shellFindings([.file], Self.documentation)
  }
}

/// Flags downloads from object storage, other hosts and data registries.
package struct StorageDownload: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/storage-download",
    severity: .high,
    summary: "A command copies from object storage or a registry without a version or a digest.",
    why: "Objects in a bucket can be replaced in place, and nobody notices.",
    fix: "Name the object's version, and compare the SHA-256 digest with a literal.",
    example: (
      "aws s3 cp s3://bucket/model.bin .",
      """
      aws s3 cp s3://bucket/model.bin .
      echo "<64 hex digits>  model.bin" | sha256sum -c
      """
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shellFindings([.storage], Self.documentation)
  }
}

/// Flags models and data sets that hub tools and servers fetch by name.
package struct HubCommand: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/hub-command",
    severity: .high,
    summary: "A hub's command line or a model server fetches by name without a commit.",
    why: "The name's default branch can move, so the next start may load other weights and code.",
    fix: "Pass --revision with the full 40-digit commit, or the path of a vendored folder.",
    example: (
      "hf download org/model",
      "hf download org/model --revision <40 hex digits>"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shellFindings([.hub], Self.documentation)
  }
}

/// Flags repositories cloned by a command without a commit.
package struct GitClone: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/git-clone",
    severity: .high,
    summary: "A command clones a repository and no commit is checked out.",
    why: "Branches and tags can move; what is built and run from the clone changes with them.",
    fix: "Check out the full 40-digit commit after cloning.",
    example: (
      "git clone https://github.com/org/name",
      """
      git clone https://github.com/org/name
      git -C name checkout <40 hex digits>
      """
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shellFindings([.gitClone], Self.documentation)
  }
}

/// Flags packages installed by a command without hashes.
package struct PackageInstall: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/package-install",
    severity: .high,
    summary: "A command installs packages that are not fixed by hashes.",
    why: """
      Packages run code when they are installed and imported. Without a hash the index decides \
      what arrives, without a version even which release.
      """,
    fix: "Install exact versions with hashes from a file, or from a committed lock.",
    example: (
      "pip install torch",
      "pip install --require-hashes -r requirements.txt"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shellFindings([.packages], Self.documentation)
  }
}

/// Flags container images pulled or run by a command without a digest.
package struct ContainerImage: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/container-image",
    severity: .medium,
    summary: "A command pulls or runs an image without a digest.",
    why: "A tag can be pointed at another image at any time.",
    fix: "Name the digest: image@sha256:<64 hex digits>.",
    example: (
      "docker pull org/image:latest",
      "docker pull org/image@sha256:<64 hex digits>"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shellFindings([.image], Self.documentation)
  }
}

/// Flags manifests and charts that a command applies from elsewhere.
package struct RemoteManifest: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/remote-manifest",
    severity: .high,
    summary: "A command applies a manifest, chart or role from an address that can change.",
    why: "What runs in the cluster is whatever the address serves at that moment.",
    fix: "Vendor the manifest, or name a commit or a version with a digest.",
    example: (
      "kubectl apply -f https://raw.githubusercontent.com/org/name/main/deploy.yaml",
      "kubectl apply -f https://raw.githubusercontent.com/org/name/<40 hex digits>/deploy.yaml"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shellFindings([.manifest], Self.documentation)
  }
}
