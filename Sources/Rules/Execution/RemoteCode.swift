package import Core
import Languages

/// Flags loaders that run Python which comes with the model.
package struct RemoteCode: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/remote-code",
    severity: .critical,
    summary: "A loader runs Python that comes with what it downloads.",
    why: """
      trust_remote_code=True imports the Python files of the model's repository, and auto_map can \
      name a second repository whose code revision= does not pin. Custom pipelines and generation \
      loops are code as well.
      """,
    fix: """
      Vendor the model with its code and load the folder, or pass revision= and code_revision= with \
      full 40-digit commits.
      """,
    example: (
      "AutoModel.from_pretrained(\"org/model\", trust_remote_code=True)",
      "AutoModel.from_pretrained(\"./model\", trust_remote_code=True)"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.pythonFetches.filter(\.isRemoteCode).map { $0.remoteCodeFinding(Self.documentation) }
  }
}

/// Flags downloads whose result the same program runs.
package struct HubKernel: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/hub-kernel",
    severity: .critical,
    summary: "Compiled kernels or generation code are fetched from a hub and run.",
    why: "What arrives is native code or Python that runs in the process that loads the model.",
    fix: "Pin the full 40-digit commit, or use a locked kernel (kernels.lock).",
    example: (
      "get_kernel(\"kernels-community/activation\")",
      "get_kernel(\"kernels-community/activation\", revision=\"<40 hex digits>\")"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.pythonFetches.filter { $0.catalogue == .kernels }.map {
      $0.finding(Self.documentation)
    }
  }
}

extension PythonFetch {
  /// Whether the call asks for code to be run that comes with the download.
  var isRemoteCode: Bool {
    if catalogue == .kernels { return false }
    if call.argument("trust_remote_code")?.mayBeCertainlyTrue == true { return true }
    return customPipeline != nil || remoteAttention != nil
  }

  /// The value of `custom_pipeline=`, when it is no local path.
  private var customPipeline: String? {
    call.argument("custom_pipeline")?.texts.first { !$0.isExplicitlyLocal && !$0.isEmpty }
  }

  /// The value of `attn_implementation=`, when it names a repository.
  private var remoteAttention: String? {
    call.argument("attn_implementation")?.texts.first {
      $0.contains("/") && !$0.isExplicitlyLocal
    }
  }

  fileprivate func remoteCodeFinding(_ documentation: RuleDocumentation) -> Finding {
    let (severity, message, fix, pinning) = judgement
    return Finding(
      documentation.id, call.context.adjusting(severity), at: call.location, message,
      pinning: pinning,
      reference: .download(target: verdict.target, revision: verdict.revision), trace: call.trace,
      fix: fix ?? documentation.fix, construct: call.construct)
  }

  private var judgement: (Severity, String, String?, Pinning) {
    let target = verdict.target
    if let customPipeline {
      return (
        .critical,
        "runs the custom pipeline `\(customPipeline)` beside \(target), which no commit fixes",
        "copy the pipeline's file into the repository and pass its path", .branch
      )
    }
    if let remoteAttention {
      let revision = remoteAttention.split(separator: "@").dropFirst().first.map {
        String($0.prefix { $0 != ":" })
      }
      let pinning = revision.map { Revision($0).pinning } ?? .branch
      return (
        pinning.isFixed ? .info : .critical,
        "runs the attention kernel `\(remoteAttention)` that it fetches for \(target)",
        "write `owner/name@COMMIT` with the full 40-digit commit", pinning
      )
    }
    switch verdict.pinning {
    case .local:
      return (.info, "runs the Python of the local model \(target)", nil, .local)
    case .content:
      return (.info, "runs the Python of \(target), fixed by its digest", nil, .content)
    case .commit:
      guard let code = call.argument("code_revision") else {
        return (
          .low,
          "runs the Python of \(target) at a fixed commit, but code that its auto_map takes from "
            + "another repository is not fixed",
          "pass code_revision= with the full 40-digit commit as well", .commit
        )
      }
      let pinning = code.texts.map { Revision($0).pinning }.max() ?? .dynamic
      if pinning.isFixed {
        return (.info, "runs the Python of \(target), fixed by commits", nil, .commit)
      }
      return (
        .critical, "runs the Python of \(target) at a code revision that can move",
        "pass code_revision= with the full 40-digit commit", pinning
      )
    case .dynamic:
      return (
        .high, "runs the Python that comes with \(target) \(verdict.flaw ?? "")", nil, .dynamic
      )
    default:
      return (
        .critical, "runs the Python that comes with \(target) \(verdict.flaw ?? "")", nil,
        verdict.pinning
      )
    }
  }
}
