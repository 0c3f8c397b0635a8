import Core
import Languages

extension Subject {
  /// The findings for shell fetches of these kinds that no rule of the family execution reports.
  func shellFindings(
    _ kinds: Set<ShellFetch.Kind>, _ documentation: RuleDocumentation
  ) -> [Finding] {
    shellFetches.filter { kinds.contains($0.kind) && !$0.becomesCode }.map {
      $0.finding(documentation, in: shell)
    }
  }
}

extension ShellFetch {
  /// Whether what arrives is run without having been checked: the family execution reports it.
  var becomesCode: Bool {
    guard let use, !pinning.isFixed else { return false }
    return use.kind == .piped || use.kind == .run
  }

  /// The finding that reports this fetch under `documentation`'s rule.
  func finding(_ documentation: RuleDocumentation, in scripts: [ShellScript]) -> Finding {
    let shell = scripts[script]
    let command = shell.analysis.commands[self.command]
    var trace: [TraceStep] = []
    if let use, !pinning.isFixed {
      trace.append(TraceStep(place(use.place, in: scripts), "what arrived \(use.text) here"))
    }
    if let check {
      trace.append(TraceStep(place(check, in: scripts), "what arrived is checked here"))
    }
    return Finding(
      documentation.id, severity(in: shell, command), at: shell.location(of: command), message,
      pinning: pinning, reference: .download(target: target, revision: revision), trace: trace,
      fix: fix.isEmpty ? documentation.fix : fix, construct: command.text)
  }

  private func place(_ reference: ShellPlaceReference, in scripts: [ShellScript]) -> Location {
    let script = scripts[reference.script]
    return script.location(of: script.analysis.commands[reference.command])
  }

  private var message: String {
    let shown = target.count <= 160 ? target : "\(target.prefix(157))…"
    switch pinning {
    case .local: return "\(verb) \(shown), which is local"
    case .content:
      return check == nil
        ? "\(verb) \(shown), fixed by its digest" : "\(verb) \(shown), checked before use"
    case .commit:
      return revision.map { "\(verb) \(shown), fixed at commit \($0)" }
        ?? "\(verb) \(shown), fixed by commit"
    default:
      let fate = use.map { ", and what arrives \($0.text)" } ?? ""
      return "\(verb) \(shown) \(flaw)\(fate)"
    }
  }

  private func severity(in script: ShellScript, _ command: ShellCommand) -> Severity {
    if pinning.isFixed || isInventory { return .info }
    if isMinor { return .low }
    var severity = baseSeverity
    let isOpenTransport =
      kind == .file
      && (target.hasPrefix("http://") || HTTPCommands.disablesChecks(command) != nil)
    if isOpenTransport, cargo != .answer { severity = severity.moved(by: 1) }
    return script.adjusting(severity)
  }

  private var baseSeverity: Severity {
    switch use?.kind {
    case .piped?, .run?: return pinning == .dynamic ? .high : .critical
    case .unpacked?: return .high
    case .trusted?: return .medium
    case nil: break
    }
    switch kind {
    case .file, .storage, .hub:
      if pinning == .library || pinning == .version { return cargo == .data ? .low : .medium }
      switch cargo {
      case .code: return kind == .hub ? .critical : .high
      case .weights, .archive: return pinning == .dynamic ? .medium : .high
      case .data: return .medium
      case .answer: return .low
      }
    case .gitClone: return cargo == .data ? .low : .high
    case .manifest: return pinning == .version ? .medium : .high
    case .image: return .medium
    case .packages:
      if pinning == .library { return .low }
      if packages.isEmpty { return pinning == .version ? .low : .medium }
      if packages.allSatisfy({ ShellPackage.systems.contains($0.ecosystem) }) { return .low }
      return pinning == .branch ? .high : .medium
    }
  }
}

extension ShellPackage {
  /// Archives whose packages are signed and replaced in place.
  static let systems: Set<String> = ["system"]
}

extension ShellScript {
  /// From a command's first byte to one past its last.
  func location(of command: ShellCommand) -> Location {
    Location(path, start: command.position, end: max(command.position, command.end))
  }
}
