extension PythonEvaluator {
  /// What a known function about paths or the environment gives; nil for all others.
  func path(
    _ name: String, _ arguments: PythonArguments, _ module: PythonModuleModel
  ) -> PythonValue? {
    let first = arguments.positional.first
    switch name {
    case "os.environ.get", "os.getenv", "os.environ.setdefault", "os.environ.pop",
      "os.environb.get", "os.getenvb":
      return environment(arguments)
    case "os.path.join", "posixpath.join", "ntpath.join", "os.path.posixpath.join":
      guard !arguments.hasOpenPositionals else {
        return PythonValue(.path(LocalPath(base: .unknown, parts: [.hole(.unknown)])))
      }
      return join(arguments.positional)
    case "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath",
      "pathlib.WindowsPath", "pathlib.PureWindowsPath":
      guard let first else {
        return PythonValue(.path(LocalPath(base: .machine("working directory"), parts: [])))
      }
      if arguments.positional.count > 1 { return join(arguments.positional) }
      return first.map { Self.asPath($0) }
    case "os.path.abspath", "os.path.realpath", "os.path.normpath", "os.fspath",
      "os.path.normcase", "os.fsdecode", "os.path.relpath":
      guard let first else { return .unknown }
      let isNeutral =
        name == "os.fspath" || name == "os.path.normpath" || name == "os.fsdecode"
        || name == "os.path.normcase"
      return first.map { atom in
        switch atom {
        case .path, .result: atom
        case .text(let text): isNeutral ? .text(text) : Self.asPath(.text(text))
        case .partialText: isNeutral ? atom : Self.asPath(atom)
        case .unknown where name == "os.path.abspath" || name == "os.path.realpath":
          // Whatever it is, what comes out begins with a slash.
          .path(LocalPath(base: .machine("absolute"), parts: [.hole(PythonValue(atom))]))
        case .unknown: atom
        default: nil
        }
      }
    case "os.path.expanduser", "os.path.expandvars":
      // They change what begins with a tilde or names a variable, and leave all else as it is.
      return first?.map { atom in
        switch atom {
        case .text(let text):
          text.hasPrefix("~") || name.hasSuffix("vars") && text.utf8.contains(UInt8(ascii: "$"))
            ? Self.asPath(atom) : atom
        case .partialText(let parts):
          if case .literal(let start)? = parts.first, start.hasPrefix("~") {
            Self.asPath(atom)
          } else {
            atom
          }
        case .path, .result, .unknown: atom
        default: nil
        }
      }
    case "shutil.which":
      // Where it lies is a matter of the machine; which program it is is not.
      return first
    case "os.path.dirname":
      return first?.map { atom in
        switch atom {
        case .path(let path): .path(LocalPath.parent(of: path))
        case .text(let text):
          .text(
            text.split(separator: "/", omittingEmptySubsequences: false).dropLast()
              .joined(separator: "/"))
        case .result, .unknown: atom
        default: nil
        }
      }
    case "os.path.basename":
      return first?.map { atom in
        switch atom {
        case .path(let path):
          path.text.flatMap { $0.split(separator: "/").last }
            .map { .text(String($0)) }
        case .text(let text): .text(text.split(separator: "/").last.map(String.init) ?? "")
        case .result, .unknown: atom
        default: nil
        }
      }
    case "os.path.splitext":
      return first?.map { atom in
        guard case .text(let text) = atom, let dot = text.lastIndex(of: "."), dot != text.startIndex
        else { return nil }
        return .list(
          [PythonValue(.text(String(text[..<dot]))), PythonValue(.text(String(text[dot...])))],
          kind: .tuple)
      }
    case "os.getcwd", "os.curdir", "pathlib.Path.cwd":
      return PythonValue(.path(LocalPath(base: .machine("working directory"), parts: [])))
    case "pathlib.Path.home":
      return PythonValue(.path(LocalPath(base: .machine("home"), parts: [])))
    case "tempfile.mkdtemp", "tempfile.gettempdir", "tempfile.mktemp":
      return PythonValue(.path(LocalPath(base: .machine("temporary"), parts: [])))
    case "tempfile.TemporaryDirectory":
      return PythonValue(.path(LocalPath(base: .machine("temporary"), parts: [])))
    case "shutil.copy", "shutil.copyfile", "shutil.copy2", "shutil.move", "shutil.copytree":
      return arguments.positional.count > 1 ? arguments.positional[1] : .unknown
    default: return nil
    }
  }

  /// `os.environ.get(name, default)`.
  private func environment(_ arguments: PythonArguments) -> PythonValue {
    guard let name = arguments.argument("key", at: 0) else { return .unknown }
    let preset = arguments.argument("default", at: 1) ?? PythonValue(.none)
    let names = name.texts.isEmpty ? ["?"] : name.texts
    return PythonValue.join(
      names.map { name in
        PythonValue.join([
          preset.weakened(to: .environmentDefault(name)),
          PythonValue(.unknown(.environment(name))),
        ])
      })
  }

  /// `os.path.join`: the last absolute part wins.
  private func join(_ parts: [PythonValue]) -> PythonValue {
    guard !parts.isEmpty else { return .unknown }
    return PythonValue.combine(parts) { atoms in
      if case .text(let address) = atoms[0], address.contains("://") {
        // Paths are joined to addresses in the wild, and stay addresses.
        var pieces: [PythonValue.TextPart] = [.literal(address)]
        for atom in atoms.dropFirst() {
          guard let more = PythonValue.parts(of: atom, wrapping: PythonValue(atom)) else {
            return nil
          }
          pieces += address.hasSuffix("/") && pieces.count == 1 ? more : [.literal("/")] + more
        }
        return PythonValue.text(of: pieces)
      }
      var result: PythonValue.Atom?
      for atom in atoms {
        guard let before = result else {
          result = Self.asPath(atom)
          if result == nil {
            result = .path(LocalPath(base: .unknown, parts: [.hole(PythonValue(atom))]))
          }
          continue
        }
        guard case .path(let path) = before else { return nil }
        result =
          Self.joined(path, atom)
          ?? .path(LocalPath(base: path.base, parts: path.parts + [.hole(PythonValue(atom))]))
      }
      return result
    }
  }

  /// The path that a value is when a path function takes it.
  static func asPath(_ atom: PythonValue.Atom) -> PythonValue.Atom? {
    switch atom {
    case .path: atom
    case .text(let text): .path(LocalPath(base: .text, parts: text.isEmpty ? [] : [.literal(text)]))
    case .partialText(let parts):
      .path(LocalPath(base: parts.first.map(isHole) == true ? .unknown : .text, parts: parts))
    case .unknown, .result: .path(LocalPath(base: .unknown, parts: [.hole(PythonValue(atom))]))
    default: nil
    }
  }

  private static func isHole(_ part: PythonValue.TextPart) -> Bool {
    if case .hole = part { true } else { false }
  }
}
