import Core

/// Finds the shell text of a module: arguments of calls that run programs, lines of IPython.
struct PythonShellCollector {
  private let module: PythonModuleModel
  private let contexts: PythonContexts
  private let evaluator: PythonEvaluator

  init(
    _ module: PythonModuleModel, _ contexts: PythonContexts, _ evaluator: PythonEvaluator
  ) {
    self.module = module
    self.contexts = contexts
    self.evaluator = evaluator
  }

  /// Texts from calls in source order, then from lines of IPython.
  func texts(_ calls: [PythonPendingCall]) -> [PythonProgram.ShellText] {
    var found = commands(calls.filter(\.isSite))
    if module.source.allowsMagics { found += magics() }
    for cell in module.source.foreign { found += foreign(cell) }
    return found
  }

  /// Texts from these calls alone.
  func commands(_ calls: [PythonPendingCall]) -> [PythonProgram.ShellText] {
    var found: [PythonProgram.ShellText] = []
    // One long text can be run by many calls.
    var rest = (1 << 20) + 8 * module.tree.text.count
    for call in calls {
      let texts = text(of: call)
      for text in texts {
        if case .text(let bytes) = text.fragment.body { rest -= bytes.count }
      }
      guard rest > 0 else {
        if let callee = texts.first.flatMap({ _ in call.callees.first }) {
          let node = PythonNode(index: UInt32(truncatingIfNeeded: call.reference.node))
          found += textFragments(PythonValue(.unknown(.cut)), callee, node, call)
        }
        return found
      }
      found += texts
    }
    return found
  }

  /// Whether it is known at least what command the call runs.
  static func hasCommand(_ call: PythonPendingCall) -> Bool {
    programs(of: call).contains { !$0.knownPrefix.isEmpty }
  }

  /// Whether the call runs a command that is not known, perhaps behind others that are.
  static func leavesCommandOpen(_ call: PythonPendingCall) -> Bool {
    programs(of: call).contains(where: \.hasOpenCommand)
  }

  /// The beginning of what a call runs: the whole text for a shell, else the program and, for an
  /// interpreter, the text that it is given.
  private static func programs(of call: PythonPendingCall) -> [ShellValue] {
    var found: [ShellValue] = []
    for callee in call.callees {
      guard let form = form(callee) else { continue }
      let value: PythonValue? =
        switch form {
        case .command: call.arguments.argument("args", at: 0)
        case .text(let place): call.arguments.argument("command", at: place)
        case .words(let first): call.arguments.positional.dropFirst(first).first
        case .program(let place, _): call.arguments.positional.dropFirst(place).first
        case .pipe, .named: nil
        }
      for alternative in value?.alternatives ?? [] {
        guard case .list(let items, _) = alternative.atom else {
          found += shellValues(PythonValue([alternative]))
          continue
        }
        let words = items.prefix(8).map { shellValues($0).first ?? .unknown("value") }
        guard let first = words.first else { continue }
        // `["bash", "-c", command]`
        let isText = words.dropFirst().contains { $0.text == "-c" }
        found.append(
          isText ? words.dropFirst().reduce(first) { $0.joined(ShellValue(" ")).joined($1) } : first
        )
      }
    }
    return found
  }

  /// A cell for a shell: `%%bash`, `%%sh`, `%%!`, `%%script bash`.
  private func foreign(_ cell: Notebook.ForeignCell) -> [PythonProgram.ShellText] {
    let words = cell.magic.split(separator: " ")
    let interpreter: ShellInterpreter
    switch words.first {
    case "bash", "!", "sx", "system": interpreter = .bash
    case "sh": interpreter = .sh
    case "writefile", "file":
      // A script that the notebook writes is there to be run.
      guard let target = words.last, target.hasSuffix(".sh") || target.hasSuffix(".bash") else {
        return []
      }
      interpreter = .bash
    case "script":
      guard let found = ShellInterpreter(command: words.dropFirst().joined(separator: " ")) else {
        return []
      }
      interpreter = found
    default: return []
    }
    return [
      PythonProgram.ShellText(
        fragment: ShellFragment(
          path: module.source.path, place: .notebook(cell: cell.cell), interpreter: interpreter,
          text: cell.text, sequence: "notebook"),
        location: Location(module.source.path, start: cell.position),
        context: ExecutionContext(time: .importTime, place: .notebook, runsOnLoad: false),
        call: nil)
    ]
  }

  // MARK: Calls

  private enum Form {
    /// One text for a shell, or a list of words.
    case command
    /// Always text.
    case text(at: Int)
    /// The words are the arguments from this position on.
    case words(from: Int)
    /// The program's path, then the words, its name first: as a list or one by one.
    case program(at: Int, isList: Bool)
    /// The program is the function's own name.
    case named
    /// An address that a shell runs when it begins with `pipe:`.
    case pipe
  }

  /// Whether a call of it runs a program.
  static func runs(_ callee: PythonCallee) -> Bool { form(callee) != nil || isPip(callee) }

  private static let forms: [String: Form] = {
    let named: [(Form, [String])] = [
      (
        .text(at: 0),
        [
          "os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput",
          "commands.getoutput", "commands.getstatusoutput", "asyncio.create_subprocess_shell",
          "get_ipython().system", "get_ipython().getoutput", "get_ipython().run_line_magic",
          "IPython.get_ipython().system", "IPython.get_ipython().getoutput", "posix.system",
          "invoke.run", "fabric.Connection.run", "fabric.Connection.local",
          "invoke.context.Context.run", "pexpect.run", "pexpect.spawn", "plumbum.local.__call__",
          "asyncio.subprocess.create_subprocess_shell", "os.popen2", "os.popen3",
          "distutils.spawn.spawn", "nt.system", "platform.popen",
        ]
      ),
      (
        .command,
        [
          "subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output",
          "subprocess.Popen", "pty.spawn", "sh.Command", "setuptools.spawn", "torch.utils._run",
          "conda.cli.main", "psutil.Popen",
        ]
      ),
      (
        .words(from: 0),
        ["asyncio.create_subprocess_exec", "asyncio.subprocess.create_subprocess_exec"]
      ),
      (
        .program(at: 0, isList: false),
        ["os.execl", "os.execlp", "os.execle", "os.execlpe", "posix.execl"]
      ),
      (
        .program(at: 1, isList: false),
        ["os.spawnl", "os.spawnlp", "os.spawnle", "os.spawnlpe"]
      ),
      (
        .program(at: 0, isList: true),
        [
          "os.execv", "os.execvp", "os.execve", "os.execvpe", "os.posix_spawn", "os.posix_spawnp",
          "posix.execv", "posix.execve", "posix.posix_spawn", "_posixsubprocess.fork_exec",
        ]
      ),
      (
        .program(at: 1, isList: true),
        ["os.spawnv", "os.spawnvp", "os.spawnve", "os.spawnvpe"]
      ),
      (
        .pipe,
        [
          "webdataset.WebDataset", "webdataset.compat.WebDataset", "webdataset.gopen",
          "webdataset.gopen.gopen", "webdataset.SimpleShardList", "webdataset.ResampledShards",
          "webdataset.shardlists.ResampledShards", "webdataset.shardlists.SimpleShardList",
          "webdataset.WebLoader", "wids.ShardListDataset",
        ]
      ),
    ]
    return Dictionary(
      named.flatMap { form, names in names.map { ($0, form) } }, uniquingKeysWith: { $1 })
  }()

  private static func form(_ callee: PythonCallee) -> Form? {
    if let known = forms[callee.name] { return known }
    let last = callee.last
    switch callee.top {
    case "asyncio":
      // Methods of event loops, whatever they were got from; the protocol comes first.
      if last == "subprocess_shell" { return .text(at: 1) }
      return last == "subprocess_exec" ? .words(from: 1) : nil
    case "sh":
      // Of the module's own functions, `Command` alone takes a program.
      let isProgram =
        !callee.isLocal && callee.name != "sh.Command" && callee.name != "sh.contrib"
        && !callee.name.contains("(") && callee.name.contains(".")
      return isProgram ? .named : nil
    case "ctypes":
      // The C library's own, by whatever name it was loaded.
      return last == "system" || last == "popen" || last == "_wsystem" ? .text(at: 0) : nil
    default: return nil
    }
  }

  private func text(of call: PythonPendingCall) -> [PythonProgram.ShellText] {
    let node = PythonNode(index: UInt32(truncatingIfNeeded: call.reference.node))
    let position = module.position(at: module.tree.range(node).lowerBound)
    var found: [PythonProgram.ShellText] = []
    for callee in call.callees {
      if let words = Self.pip(callee, call.arguments) {
        found.append(
          shellText(
            .arguments(words.map { ShellArgument(Self.shellValues($0), at: position) }),
            ShellPositionMap(),
            callee, node, call))
        continue
      }
      guard let form = Self.form(callee) else { continue }
      let arguments = call.arguments
      switch form {
      case .text(let place):
        guard
          let first = arguments.argument("command", at: place)
            ?? arguments.argument("cmd", at: place)
        else { continue }
        var value = first
        if callee.last == "run_line_magic", arguments.positional.count > 1 {
          value = arguments.positional[1]
          if let magic = first.text {
            value = evaluator.concatenate([PythonValue(.text(magic + " ")), value])
          }
        }
        found += textFragments(value, callee, node, call)
      case .command:
        guard let first = arguments.argument("args", at: 0) ?? arguments.argument("cmd", at: 0)
        else { continue }
        let isShell = arguments.argument("shell", at: 8)?.mayBeTrue ?? false
        for alternative in first.alternatives {
          switch alternative.atom {
          case .list(let items, _):
            if let input = arguments.keywords.last(where: { $0.name == "input" })?.value,
              Self.readsInput(items)
            {
              found += textFragments(input, callee, node, call)
            }
            if isShell, let script = items.first {
              found += textFragments(script, callee, node, call)
            } else {
              found.append(list(items, callee, node, call))
            }
          case .unknown, .result:
            found += textFragments(PythonValue([alternative]), callee, node, call)
          default: found += textFragments(PythonValue([alternative]), callee, node, call)
          }
        }
      case .named:
        // `sh.git.clone(url)`: the program and its first words are names.
        let words = callee.name.split(separator: ".").dropFirst().map {
          PythonValue(.text(String($0)))
        }
        found.append(list(words + arguments.positional, callee, node, call))
      case .words(let first):
        guard arguments.positional.count > first else { continue }
        found.append(list(Array(arguments.positional.dropFirst(first)), callee, node, call))
      case .program(let place, let isList):
        if let words = words(of: arguments, place, isList: isList) {
          found.append(list(words, callee, node, call))
        }
      case .pipe:
        for value in [arguments.argument("urls", at: 0), arguments.argument("url", at: 0)] {
          for text in value.map(Self.pipes) ?? [] {
            found += textFragments(PythonValue(.text(text)), callee, node, call)
          }
        }
      }
    }
    return found
  }

  /// The command line of `execv(path, [name, …])`, `spawnl(mode, path, name, …)` and their kin: what
  /// runs is the program at the path, whatever name it is given.
  private func words(
    of arguments: PythonArguments, _ place: Int, isList: Bool
  ) -> [PythonValue]? {
    let path = arguments.argument("path", at: place) ?? arguments.argument("file", at: place)
    guard let path else { return nil }
    var words: [PythonValue]
    if isList {
      let given =
        arguments.argument("argv", at: place + 1) ?? arguments.argument("args", at: place + 1)
      guard case .list(let items, _)? = given?.alternatives.first?.atom else { return [path] }
      words = items
    } else {
      words = Array(arguments.positional.dropFirst(place + 1))
    }
    guard !words.isEmpty else { return [path] }
    if !path.isOpen { words[0] = path }
    return words
  }

  /// What stands behind `pipe:` in the texts of a value, lists of them included.
  private static func pipes(_ value: PythonValue) -> [String] {
    var found: [String] = []
    value.visit { atom in
      guard case .text(let text) = atom, text.hasPrefix("pipe:"), found.count < 16 else { return }
      // The numbers in braces stand for as many addresses: one of them says enough.
      let command = String(text.dropFirst(5)).replacing("{", with: "\\{")
      if !found.contains(command) { found.append(command) }
    }
    return found
  }

  /// Whether words start a shell that reads what it runs from its input.
  private static func readsInput(_ words: [PythonValue]) -> Bool {
    guard let program = words.first?.text?.split(separator: "/").last,
      ["sh", "bash", "zsh", "dash", "ksh"].contains(program)
    else { return false }
    return words.dropFirst().allSatisfy { word in
      word.text.map { $0.hasPrefix("-") && !$0.contains("c") } ?? false
    }
  }

  /// `pip.main([…])` as the command it is.
  private static func pip(_ callee: PythonCallee, _ arguments: PythonArguments) -> [PythonValue]? {
    guard isPip(callee) else { return nil }
    guard let first = arguments.positional.first,
      case .list(let items, _)? = first.alternatives.first?.atom
    else { return [PythonValue(.text("pip")), .unknown] }
    return [PythonValue(.text("pip"))] + items
  }

  private static func isPip(_ callee: PythonCallee) -> Bool {
    let name = callee.name
    return name == "pip.main" || name == "pip._internal.main"
      || name.hasPrefix("pip._internal.") && name.hasSuffix(".main")
  }

  private func list(
    _ items: [PythonValue], _ callee: PythonCallee, _ node: PythonNode, _ call: PythonPendingCall
  ) -> PythonProgram.ShellText {
    let position = module.position(at: module.tree.range(node).lowerBound)
    return shellText(
      .arguments(
        items.prefix(512).map { ShellArgument(Self.shellValues($0), at: position) }),
      ShellPositionMap(), callee,
      node, call)
  }

  /// One fragment for each text that a value can be.
  private func textFragments(
    _ value: PythonValue, _ callee: PythonCallee, _ node: PythonNode, _ call: PythonPendingCall
  ) -> [PythonProgram.ShellText] {
    let position = module.position(at: module.tree.range(node).lowerBound)
    return Self.shellValues(value).map { one in
      var builder = ShellTextBuilder()
      builder.append(decoded: one.bytes, at: position)
      return shellText(.text(builder.bytes), builder.positions, callee, node, call)
    }
  }

  private func shellText(
    _ body: ShellFragment.Body, _ positions: ShellPositionMap, _ callee: PythonCallee,
    _ node: PythonNode, _ call: PythonPendingCall
  ) -> PythonProgram.ShellText {
    PythonProgram.ShellText(
      fragment: ShellFragment(
        path: module.source.path, place: .python(function: callee.name), body: body,
        positions: positions),
      location: module.location(node), context: contexts.context(of: node), call: call.reference)
  }

  /// A value in the notation of the shell's analysis.
  static func shellValues(_ value: PythonValue) -> [ShellValue] {
    let found = value.alternatives.prefix(PythonValue.width + 1).map { alternative -> ShellValue in
      switch alternative.atom {
      case .text(let text): return ShellValue(text)
      case .bytes(let bytes): return ShellValue(bytes: bytes)
      case .integer(let number): return ShellValue(String(number))
      case .partialText(let parts): return joined(parts)
      case .path(let path): return joined(path.parts)
      case .reference(let callee) where callee.name == "sys.executable":
        return ShellValue("python")
      case .unknown(.environment(let name)): return .unknown(name)
      case .unknown(.parameter(_, let name, _)): return .unknown(name)
      case .unknown(.option(let name)): return .unknown(name)
      case .unknown(.cut): return .unknown(ShellEvaluator.cutName)
      case .unknown(.more): return .unknown(ShellEvaluator.crowdName)
      default: return .unknown("value")
      }
    }
    return found.isEmpty ? [.unknown("value")] : found
  }

  private static func joined(_ parts: [PythonValue.TextPart]) -> ShellValue {
    parts.reduce(ShellValue("")) { before, part in
      switch part {
      case .literal(let text): before.joined(ShellValue(text))
      case .hole(let value):
        before.joined(shellValues(value).first ?? .unknown("value"))
      }
    }
  }

  // MARK: Lines of IPython

  private func magics() -> [PythonProgram.ShellText] {
    module.tree.allNodes.filter { module.tree.kind($0) == .magicLine }.compactMap(magic)
  }

  private func magic(_ node: PythonNode) -> PythonProgram.ShellText? {
    let range = module.tree.range(node)
    let bytes = module.tree.text[range]
    guard let mark = bytes.firstIndex(where: { $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "%") })
    else { return nil }
    var start = mark
    if bytes[mark] == UInt8(ascii: "!") {
      start += 1
      if start < range.upperBound, bytes[start] == UInt8(ascii: "!") { start += 1 }
    } else {
      while start < range.upperBound, bytes[start] == UInt8(ascii: "%") { start += 1 }
      let word = bytes[start...].prefix { $0 > 0x20 }
      let name = String(decoding: word, as: UTF8.self)
      switch name {
      case "sx", "system", "bash", "sh", "cmd": start += word.count
      case "pip", "conda", "mamba", "uv", "micromamba", "git", "wget", "curl": break
      case "load", "loadpy", "run":
        // Of interest where the code comes from an address; the sign tells it from a command.
        guard bytes[start...].firstRange(of: "://".utf8) != nil else { return nil }
        start -= 1
      default: return nil
      }
    }
    var builder = ShellTextBuilder()
    var variables: [String: [ShellValue]] = [:]
    func append(_ part: ArraySlice<UInt8>) {
      guard !part.isEmpty else { return }
      if let map = module.source.map {
        builder.append(part: part, mappedBy: map)
      } else {
        builder.append(part, at: module.position(at: part.startIndex))
      }
    }
    for piece in PythonMagicText.pieces(bytes[start..<range.upperBound]) {
      switch piece {
      case .text(let part): append(part)
      case .name(let name, let part):
        // `$name` is Python's variable first; the shell's own where Python has none.
        let value = name.flatMap { module.tree.name($0) }.map {
          evaluator.lookUp($0, at: mark, module.place(at: mark), module, nil)
        }
        if let value, value.text == nil, let name, part.first == UInt8(ascii: "$") {
          variables[name] = Self.shellValues(value).filter(\.isKnown)
          append(part)
        } else if let value, let name, value.text?.isEmpty == true {
          // A field of a form that somebody is to fill.
          builder.appendUnknown(name, at: module.position(at: part.startIndex))
        } else if let value, let text = value.text {
          builder.append(decoded: text.utf8, at: module.position(at: part.startIndex))
        } else if let value, let name, part.first == UInt8(ascii: "{") {
          let values = Self.shellValues(value).filter(\.isKnown)
          if values.isEmpty {
            builder.appendUnknown(name, at: module.position(at: part.startIndex))
          } else {
            variables[name] = values
            builder.append(decoded: "${\(name)}".utf8, at: module.position(at: part.startIndex))
          }
        } else {
          append(part)
        }
      case .expression(let text, let part):
        let place = module.position(at: part.startIndex)
        if text == "sys.executable" {
          builder.append(decoded: "python".utf8, at: place)
        } else {
          builder.appendUnknown(text, at: place)
        }
      }
    }
    return PythonProgram.ShellText(
      fragment: ShellFragment(
        path: module.source.path, place: .notebook(cell: 0), interpreter: .bash, text: builder,
        variables: variables, sequence: "notebook"),
      location: module.location(node), context: contexts.context(of: node), call: nil)
  }
}
