import Core
import Languages

extension PythonFetch {
  /// The finding that reports this fetch under `documentation`'s rule.
  func finding(_ documentation: RuleDocumentation) -> Finding {
    let severity = self.severity
    var trace = call.trace
    if let execution {
      trace.append(TraceStep(execution.at, "what arrived is \(execution.what) here"))
    }
    return Finding(
      documentation.id, severity, at: call.location, message(severity: severity),
      pinning: verdict.pinning,
      reference: .download(target: verdict.target, revision: verdict.revision), trace: trace,
      fix: verdict.fix.isEmpty ? documentation.fix : verdict.fix, construct: call.construct)
  }

  private func message(severity: Severity) -> String {
    let what =
      call.trace.isEmpty
      ? "downloads \(shortTarget)" : "leads to a download of \(shortTarget)"
    let how =
      switch verdict.pinning {
      case .local: "opens \(shortTarget) on this machine; nothing is downloaded"
      case .content: "\(what), fixed by its digest"
      case .commit: "\(what), fixed at commit \(verdict.revision ?? "")"
      default: "\(what) \(verdict.flaw ?? "")"
      }
    guard let execution, !verdict.pinning.isFixed else { return how }
    return "\(how), and what arrives is \(execution.what)"
  }

  private var shortTarget: String {
    let text = verdict.target
    return text.count <= 160 ? text : "\(text.prefix(157))…"
  }

  /// Severity by what arrives, how firmly it is fixed, and when the call runs.
  private var severity: Severity {
    if verdict.pinning.isFixed { return .info }
    let runsCode = execution != nil || isCode
    let base: Severity =
      switch verdict.pinning {
      case .library: .low
      case .version: runsCode ? .medium : .low
      case .dynamic where !call.trace.isEmpty: .low
      case .dynamic: runsCode ? .high : brings == .data ? .low : .medium
      default: runsCode ? .critical : brings == .data ? .medium : .high
      }
    return call.context.adjusting(base)
  }

  private var isCode: Bool {
    if case .code = brings { true } else { false }
  }

  /// What arrives, by the fetcher's kind and the names in the call.
  private var brings: Cargo {
    guard case .file = fetcher.cargo else { return fetcher.cargo }
    let names =
      [verdict.target]
      + ["filename", "path", "output", "out", "file_name"].flatMap { name in
        call.argument(name)?.texts ?? []
      } + (call.positional.count > 1 ? call.positional[1].texts : [])
    if names.contains(where: WeightName.isWeights) || names.contains(where: WeightName.isArchive) {
      return .weights
    }
    if names.contains(where: WeightName.isCode) { return .weights }
    return .data
  }
}

extension ExecutionContext {
  /// The severity in this context: tests and examples, judged by their paths, and scripts matter
  /// less; documentation is inventory.
  func adjusting(_ severity: Severity) -> Severity {
    switch place {
    case .documentation: return .info
    case .test, .example: return severity.moved(by: -1)
    case .code, .notebook:
      return time == .main ? severity.moved(by: -1) : severity
    }
  }
}
