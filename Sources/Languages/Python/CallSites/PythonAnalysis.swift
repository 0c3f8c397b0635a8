import Core
import JSON

/// The steps from files to a `PythonProgram`.
struct PythonAnalysis: Sendable {
  private let files: PythonRepositoryFiles
  private let interest: PythonInterest
  private let sources: [PythonModuleSource]
  private let remoteCode: Set<String>

  /// How often code found in data or in strings is added and looked through again.
  private static let rounds = 3

  init(_ sources: [SourceFile], _ interest: PythonInterest, shell: [ShellAnalysis]) {
    files = PythonRepositoryFiles(sources)
    self.interest = interest
    self.sources = PythonModuleSource.all(in: sources) + PythonModuleSource.programs(of: shell)
    remoteCode = Self.remoteCode(sources)
  }

  func program() -> PythonProgram {
    var sources = sources
    var model = PythonProgramModel(sources, files: files, interest)
    var desks = PythonDesks(model)
    var results = analyse(model, from: 0, desks)
    var newest = results[...]
    var steps = 0
    for _ in 0..<Self.rounds {
      let extra = executed(results, model) + Self.programs(in: newest)
      guard !extra.isEmpty else { break }
      let first = sources.count
      sources += extra
      desks.settle()
      steps += model.steps
      model = PythonProgramModel(sources, files: files, interest, extending: model)
      desks = PythonDesks(model)
      results += analyse(model, from: first, desks)
      newest = results[first...]
    }
    let direct = results.flatMap(\.calls)
    let derived = PythonCallers(program: model, interest: interest, desks: desks)
      .derived(from: direct)
    desks.settle()
    let builder = PythonSiteBuilder(model, remoteCode: remoteCode, results)
    let calls = builder.sites(direct, derived)
    let texts = results.flatMap(\.shell) + shell(behind: derived, of: direct, model)
    return PythonProgram(
      modules: sources.map {
        PythonProgram.Module(path: $0.path, name: $0.name, kind: $0.kind)
      },
      calls: calls, events: results.flatMap(\.events), shell: texts,
      damage: results.compactMap(\.damage), deceptions: results.flatMap(\.deceptions),
      steps: steps + model.steps)
  }

  private func analyse(
    _ model: PythonProgramModel, from first: Int, _ desks: PythonDesks
  ) -> [PythonModuleResult] {
    desks.map(Array(first..<model.modules.count)) { index, evaluator in
      PythonModuleResult(
        model.modules[index], model, interest, remoteCode: remoteCode, evaluator)
    }
  }

  /// Commands that functions of the repository run for their callers: `run("wget …")`, where `run`
  /// hands its parameter to a shell.
  private func shell(
    behind derived: [PythonPendingCall], of direct: [PythonPendingCall],
    _ model: PythonProgramModel
  ) -> [PythonProgram.ShellText] {
    var byModule: [Int: [PythonPendingCall]] = [:]
    for call in derived {
      guard call.isSite, let place = call.chain.last?.call, PythonShellCollector.hasCommand(call)
      else { continue }
      var origin = call.origin ?? 0
      while origin >= direct.count, let next = derived[origin - direct.count].origin {
        origin = next
      }
      // A command that is known where it is run is reported there.
      guard origin < direct.count,
        !PythonShellCollector.hasCommand(direct[origin])
          || PythonShellCollector.leavesCommandOpen(direct[origin])
      else {
        continue
      }
      byModule[place.module, default: []].append(call.shown(at: place))
    }
    return byModule.sorted { $0.key < $1.key }.flatMap { index, calls in
      let module = model.modules[index]
      let contexts = PythonContexts(
        module, runsOnLoad: PythonSiteBuilder.runsOnLoad(module, remoteCode))
      let evaluator = PythonEvaluator(model, budget: PythonCallFinder.budget(module))
      return PythonShellCollector(module, contexts, evaluator).commands(calls)
    }
  }

  // MARK: Code in data

  /// Modules for the Python inside of the shell that modules run: `subprocess.run(["python", "-c",
  /// …])`, cells and lines of notebooks.
  private static func programs(in results: ArraySlice<PythonModuleResult>) -> [PythonModuleSource] {
    PythonModuleSource.programs(
      of: results.flatMap(\.shell).filter { $0.fragment.mayHoldPython }.map {
        ShellAnalysis($0.fragment)
      })
  }

  /// Modules for text that the code executes: files of the tree under other names, and strings.
  private func executed(
    _ results: [PythonModuleResult], _ model: PythonProgramModel
  ) -> [PythonModuleSource] {
    var known = Set(model.modules.sources.map(\.path.description))
    var texts = Set(
      model.modules.sources.filter { $0.kind == .executedData }.map(\.text))
    var found: [PythonModuleSource] = []
    for call in results.flatMap(\.calls) where found.count < 256 {
      let module = model.modules[call.reference.module]
      for callee in call.callees {
        guard let argument = Self.codeArgument(callee, call.arguments) else { continue }
        for alternative in argument.alternatives {
          let node = PythonNode(index: UInt32(truncatingIfNeeded: call.reference.node))
          switch alternative.origin {
          case .file(let path, _) where !known.contains(path.description):
            guard case .text(let text) = alternative.atom else { continue }
            known.insert(path.description)
            found.append(
              PythonModuleSource(
                path: path, name: PythonModuleSource.moduleName(path).0, kind: .executedData,
                text: Array(text.utf8)))
          case .file: continue
          default:
            if Self.namesFile(callee) {
              let file: SourceFile? =
                switch alternative.atom {
                case .text(let text): files.file(text, from: module, isBesideModule: false)
                case .path(let path):
                  path.text.flatMap {
                    files.file($0, from: module, isBesideModule: path.base == .moduleFile)
                  }
                default: nil
                }
              if let file, known.insert(file.path.description).inserted {
                found.append(
                  PythonModuleSource(
                    path: file.path, name: PythonModuleSource.moduleName(file.path).0,
                    kind: .executedData, file: file.bytes))
              }
              continue
            }
            let code: [UInt8]
            switch alternative.atom {
            case .text(let text): code = Array(text.utf8)
            case .bytes(let bytes): code = bytes
            default: continue
            }
            guard code.count >= 8, texts.insert(code).inserted else { continue }
            var map = ShellPositionMap()
            map.mark(
              0, at: module.location(node).start ?? TextPosition(line: 1, column: 1),
              isVerbatim: false)
            found.append(
              PythonModuleSource(
                path: module.source.path, name: module.source.name, kind: .executedData,
                text: code, map: map))
          }
        }
      }
    }
    return found
  }

  private static func codeArgument(
    _ callee: PythonCallee, _ arguments: PythonArguments
  ) -> PythonValue? {
    switch callee.name {
    case "exec", "eval", "compile", "execfile", "builtins.exec", "builtins.eval",
      "builtins.compile", "runpy.run_path", "code.interact", "get_ipython().run_cell":
      arguments.positional.first
    case "importlib.util.spec_from_file_location", "imp.load_source",
      "importlib.machinery.SourceFileLoader", "importlib.machinery.SourcelessFileLoader":
      arguments.argument("location", at: 1) ?? arguments.argument("path", at: 1)
    default: nil
    }
  }

  private static func namesFile(_ callee: PythonCallee) -> Bool {
    !["exec", "eval", "compile", "run_cell", "interact"].contains(callee.last)
  }

  // MARK: Remote code

  /// Paths of modules that loading a model executes: those an `auto_map` names, and what they
  /// import beside them.
  private static func remoteCode(_ sources: [SourceFile]) -> Set<String> {
    var found: Set<String> = []
    for source in sources where source.path.suffix == "json" && source.isWhole {
      guard source.bytes.count < 4 << 20,
        source.bytes.contains("auto_map"), let root = try? JSONParser.parse(source.bytes, .lenient)
      else { continue }
      let folder = source.path.parent.map { "\($0)/" } ?? ""
      for member in root["auto_map"]?.object?.members ?? [] {
        for value in member.value.array ?? [member.value] {
          guard let text = value.string else { continue }
          let local =
            text.contains("--") ? text.split(separator: "-").last.map(String.init) ?? "" : text
          guard let module = local.split(separator: ".").first else { continue }
          found.insert("\(folder)\(module).py")
        }
      }
    }
    return found
  }
}

extension [UInt8] {
  /// Whether the bytes of `text` occur.
  func contains(_ text: StaticString) -> Bool {
    let pattern = Array(text.description.utf8)
    guard let first = pattern.first, count >= pattern.count else { return false }
    var index = 0
    while let next = self[index...].firstIndex(of: first), next + pattern.count <= count {
      if self[next...].starts(with: pattern) { return true }
      index = next + 1
    }
    return false
  }
}
