import Core

/// What a file's name says.
struct NamedKind {
  var kind: FileKind?
  /// The format has a mark at its beginning; without it the name's word for the format is wrong.
  var needsMagic = false
  /// The name only says "some text", so that content weighs more.
  var isVague = false
  /// The name stands for binary content without a mark: `.bin`, `.pkl`.
  var isBinary = false
  var suffix = NameKey()

  /// Looks the path's last component up, then its suffix.
  static func find(path: [UInt8]) -> NamedKind {
    var start = 0
    var dot = -1
    var index = path.count
    while index > 0 {
      let byte = path[index - 1]
      if byte == UInt8(ascii: "/") {
        start = index
        break
      }
      if dot < 0, byte == UInt8(ascii: ".") { dot = index - 1 }
      index -= 1
    }
    let suffix = dot >= start && dot + 1 < path.count ? NameKey(path, dot + 1) : NameKey()
    if let name = NameKey(lowering: path, start), let found = NameTables.names[name] {
      return found.with(suffix)
    }
    if let found = byPattern(path, start: start, dot: dot, suffix: suffix) {
      return found.with(suffix)
    }
    if dot > start || (dot == start && path.count - start > 1) {
      if let found = NameTables.suffixes[suffix] { return found.with(suffix) }
      // Shared libraries carry their version behind: `libx.so.1.2`.
      if contains(path, start, ".so.") { return NameTables.library.with(suffix) }
      if starts(path, dot + 1, "data-") {
        return NamedKind(kind: FileKind(.weights, .tensorflowCheckpoint), isBinary: true)
      }
    }
    return NamedKind(suffix: suffix)
  }

  private func with(_ suffix: NameKey) -> NamedKind {
    var copy = self
    copy.suffix = suffix
    return copy
  }

  /// Names with a variable part. Dispatches on the first byte: most files leave at once.
  private static func byPattern(
    _ path: [UInt8], start: Int, dot: Int, suffix: NameKey
  ) -> NamedKind? {
    let isYAML = suffix == NameTables.yaml || suffix == NameTables.yml
    if isYAML {
      if start == 18, starts(path, 0, ".github/workflows/") || starts(path, 0, ".gitea/workflows/")
      {
        return NameTables.workflow
      }
      if start > 17, contains(path, 0, ".github/workflows/") { return NameTables.workflow }
    }
    let isText =
      suffix == NameTables.txt || suffix == NameTables.in_ || suffix == NameTables.pip
      || suffix == NameTables.md || suffix == NameTables.rst || suffix == NameKey()
    guard start < path.count else { return nil }
    switch path[start] | 0x20 {
    case UInt8(ascii: "r"):
      if starts(path, start, "requirement"), isText { return NameTables.requirements }
      if starts(path, start, "readme"), isText || dot < start { return NameTables.readme }
    case UInt8(ascii: "l"):
      if starts(path, start, "license") || starts(path, start, "licence"), isLicense(suffix) {
        return NameTables.license
      }
    case UInt8(ascii: "c"):
      if starts(path, start, "constraint"), isText { return NameTables.requirements }
      if starts(path, start, "copying"), isLicense(suffix) { return NameTables.license }
      if isYAML {
        if starts(path, start, "compose") || starts(path, start, "conda")
          || starts(path, start, "cog")
        {
          return NameTables.yamlManifest
        }
      }
      if starts(path, start, "containerfile") { return NameTables.dockerfile }
    case UInt8(ascii: "n"):
      if starts(path, start, "notice"), isText { return NameTables.license }
    case UInt8(ascii: "u"):
      if starts(path, start, "unlicense"), isText { return NameTables.license }
    case UInt8(ascii: "d"):
      if starts(path, start, "docker-compose"), isYAML { return NameTables.yamlManifest }
      if starts(path, start, "dockerfile"),
        path.count - start == 10 || path[start + 10] == UInt8(ascii: ".")
          || path[start + 10] == UInt8(ascii: "-") || path[start + 10] == UInt8(ascii: "_")
      {
        return NameTables.dockerfile
      }
    case UInt8(ascii: "e"):
      if starts(path, start, "environment") || starts(path, start, "env"), isYAML {
        return NameTables.yamlManifest
      }
    case UInt8(ascii: "m"):
      if starts(path, start, "makefile."), suffix == NameTables.am || suffix == NameTables.in_ {
        return NameTables.makefile
      }
    case UInt8(ascii: "p"):
      if starts(path, start, "pylock."), suffix == NameTables.toml {
        return NameTables.tomlManifest
      }
    default: break
    }
    if suffix == NameTables.txt || suffix == NameTables.in_ {
      // `requirements/dev.txt`, `dev-requirements.txt`
      if contains(path, start, "requirements") { return NameTables.requirements }
      if start >= 13, starts(path, start - 13, "requirements/") { return NameTables.requirements }
    }
    return nil
  }

  private static func isLicense(_ suffix: NameKey) -> Bool {
    suffix == NameKey() || suffix == NameTables.txt || suffix == NameTables.md
      || suffix == NameTables.rst || NameTables.suffixes[suffix] == nil
  }

  /// Whether `path` holds `text` (lower case) at `start`, whatever the case of ASCII letters.
  static func starts(_ path: [UInt8], _ start: Int, _ text: String) -> Bool {
    let count = text.utf8.count
    guard start >= 0, start <= path.count, path.count - start >= count else { return false }
    var index = start
    for byte in text.utf8 {
      if lower(path[index]) != byte { return false }
      index += 1
    }
    return true
  }

  private static func contains(_ path: [UInt8], _ start: Int, _ text: String) -> Bool {
    let count = text.utf8.count
    guard path.count - start >= count else { return false }
    let first = text.utf8.first ?? 0
    for index in start...(path.count - count)
    where lower(path[index]) == first && starts(path, index, text) {
      return true
    }
    return false
  }

  static func lower(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}

/// Up to 32 bytes of a name with ASCII letters in lower case: compared whole, without a `String`.
struct NameKey: Hashable {
  private var words: SIMD4<UInt64> = .zero

  /// The empty name.
  init() {}

  /// The bytes of `path` from `start`; a longer name than 32 bytes gives a key that nothing has.
  init(_ path: [UInt8], _ start: Int) {
    self = NameKey(lowering: path, start) ?? NameKey(impossible: ())
  }

  init?(lowering path: [UInt8], _ start: Int) {
    guard start <= path.count, path.count - start <= 32 else { return nil }
    var position = 0
    for index in start..<path.count {
      let byte = UInt64(NamedKind.lower(path[index]))
      words[position >> 3] |= byte << UInt64((position & 7) * 8)
      position += 1
    }
  }

  init(_ text: String) {
    self.init(Array(text.utf8), 0)
  }

  private init(impossible: Void) {
    words = .init(repeating: .max)
  }
}
