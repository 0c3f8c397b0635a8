import Core

/// What a single script says of its own needs: dependencies in a block of comments (`# /// script`),
/// and a first line that starts it through an installer.
enum InlineScript {
  private static let opening = Array("# /// script".utf8)

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    if context.bytes.starts(with: "#!".utf8) { readStart(context, into: &collector) }
    guard let text = block(context.bytes), let root = try? TOML.parse(text) else { return }
    for item in root["dependencies"]?.array ?? [] {
      guard let requirement = item.string else { continue }
      PythonDependencies.requirement(
        requirement, at: context.location(item.start, item.end), group: "script",
        into: &collector)
    }
  }

  /// The block as TOML in place: the marks of the comments and all that stands before are blanks.
  private static func block(_ bytes: [UInt8]) -> [UInt8]? {
    guard let mark = start(bytes) else { return nil }
    var result = bytes[..<mark].map { $0 == 0x0A ? $0 : UInt8(ascii: " ") }
    guard var index = bytes[mark...].firstIndex(of: 0x0A) else { return nil }
    while index < bytes.count {
      // At a line break.
      result.append(0x0A)
      let end = bytes[(index + 1)...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[(index + 1)..<end]
      guard line.first == UInt8(ascii: "#") else { return nil }
      if line.trimmed.elementsEqual("# ///".utf8) { return result }
      result.append(UInt8(ascii: " "))
      result += line.dropFirst().filter { $0 != 0x0D }
      index = end
    }
    return nil
  }

  /// The line that opens a block. Every Python file is asked for it.
  private static func start(_ bytes: [UInt8]) -> Int? {
    var line = 0
    while line < bytes.count {
      let isLikely = bytes[line] == opening[0] && bytes[line...].starts(with: opening)
      guard let end = bytes[line...].firstIndex(of: 0x0A) else { return nil }
      if isLikely, bytes[line..<end].trimmed.elementsEqual(opening) { return line }
      line = end + 1
    }
    return nil
  }

  /// Programs that install before they run, as the first line of a script names them.
  private static let starters: Set<String> = [
    "uv", "uvx", "pipx", "nix-shell", "npx", "deno", "bun",
  ]

  /// `#!/usr/bin/env -S uv run --with torch`, and the second line of scripts of nix-shell.
  private static func readStart(
    _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for (number, raw) in context.bytes.prefix(1_024).split(
      separator: 0x0A, maxSplits: 4, omittingEmptySubsequences: false
    ).prefix(4).enumerated() {
      guard raw.starts(with: "#!".utf8) else { return }
      var rest = raw.dropFirst(2).trimmed
      // The path of the program, then of `env`, go.
      if let slash = rest.prefix(while: { !$0.isBlank }).lastIndex(of: UInt8(ascii: "/")) {
        rest = rest[(slash + 1)...]
      }
      if rest.starts(with: "env".utf8) {
        rest = rest.dropFirst(3).trimmed
        if rest.starts(with: "-S".utf8) { rest = rest.dropFirst(2).trimmed }
      }
      let name = String(decoding: rest.prefix { !$0.isBlank }, as: UTF8.self)
      guard starters.contains(name) else { continue }
      var builder = ShellTextBuilder()
      builder.append(
        verbatim: rest,
        at: TextPosition(line: number + 1, column: rest.startIndex - raw.startIndex + 1))
      collector.fragments.append(
        ShellFragment(
          path: context.path, place: .configuration(key: "shebang"), text: builder))
    }
  }
}
