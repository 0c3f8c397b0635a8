import Core

/// CMake's lists: what `FetchContent`, `ExternalProject`, `file(DOWNLOAD)` and CPM fetch, and the
/// commands that a configuration or a build runs.
enum CMakeFile {
  static func isNamed(_ path: RelativePath) -> Bool {
    path.name == "CMakeLists.txt" || path.suffix == "cmake" || path.name.hasSuffix(".cmake.in")
  }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    var reader = CMakeReader(context: context)
    reader.run()
    collector.downloads += reader.downloads
    collector.fragments += reader.fragments
  }
}

private struct CMakeReader {
  struct Word {
    var text: String
    let start: TextPosition
    let end: TextPosition
  }

  let context: ManifestContext
  var downloads: [DeclaredDownload] = []
  var fragments: [ShellFragment] = []
  private var variables: [String: String] = [:]
  private var index = 0
  private var line = 1
  private var lineStart = 0
  private var bytes: [UInt8] { context.bytes }

  init(context: ManifestContext) {
    self.context = context
  }

  /// Variables are filled in where their value is one short text.
  private static let maximumLength = 1_000

  mutating func run() {
    while index < bytes.count {
      skipBlanks()
      guard index < bytes.count else { return }
      guard bytes[index].isNameStart else {
        step()
        continue
      }
      let start = index
      while index < bytes.count, bytes[index].isNameByte { index += 1 }
      let name = String(decoding: bytes[start..<index].prefix(64), as: UTF8.self)
      skipBlanks()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "(") else { continue }
      index += 1
      command(name, words())
    }
  }

  // MARK: Words

  private var position: TextPosition {
    TextPosition(line: line, column: index - lineStart + 1)
  }

  private mutating func step() {
    if bytes[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    index += 1
  }

  private mutating func skipBlanks() {
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "#") {
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      } else if bytes[index] <= 0x20 {
        step()
      } else {
        return
      }
    }
  }

  /// The words up to the parenthesis that closes the command.
  private mutating func words() -> [Word] {
    var found: [Word] = []
    var depth = 0
    while index < bytes.count {
      skipBlanks()
      guard index < bytes.count else { break }
      let start = position
      switch bytes[index] {
      case UInt8(ascii: "("):
        depth += 1
        index += 1
      case UInt8(ascii: ")"):
        index += 1
        if depth == 0 { return found }
        depth -= 1
      case UInt8(ascii: "\""): found.append(quoted(start))
      default:
        let first = index
        while index < bytes.count, bytes[index] > 0x20, !"()\"#".utf8.contains(bytes[index]) {
          index += 1
        }
        if index == first { index += 1 }
        let text = String(decoding: bytes[first..<index], as: UTF8.self)
        found.append(Word(text: expand(text), start: start, end: position))
      }
    }
    return found
  }

  private mutating func quoted(_ start: TextPosition) -> Word {
    var text: [UInt8] = []
    index += 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
        step()
        if bytes[index] != 0x0A { text.append(bytes[index]) }
      } else {
        text.append(bytes[index])
      }
      step()
    }
    index = min(index + 1, bytes.count)
    return Word(text: expand(String(decoding: text, as: UTF8.self)), start: start, end: position)
  }

  /// `${NAME}` with what `set` gave it last.
  private func expand(_ text: String) -> String {
    guard text.contains("${"), text.utf8.count < Self.maximumLength else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "${"),
      let close = rest[open.upperBound...].firstIndex(of: "}")
    {
      result += rest[..<open.lowerBound]
      let name = String(rest[open.upperBound..<close])
      result += variables[name] ?? "${\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    result += rest
    return result.utf8.count < Self.maximumLength ? result : text
  }

  // MARK: Commands

  private static let keywords: Set<String> = [
    "URL", "URL_HASH", "URL_MD5", "GIT_REPOSITORY", "GIT_TAG", "GIT_SHALLOW", "SOURCE_DIR",
    "BINARY_DIR", "PREFIX", "CMAKE_ARGS", "DOWNLOAD_DIR", "DOWNLOAD_NAME", "SVN_REPOSITORY",
    "SVN_REVISION", "HG_REPOSITORY", "HG_TAG", "CONFIGURE_COMMAND", "BUILD_COMMAND",
    "INSTALL_COMMAND", "UPDATE_COMMAND", "PATCH_COMMAND", "DOWNLOAD_COMMAND", "TEST_COMMAND",
    "COMMAND", "DEPENDS", "WORKING_DIRECTORY", "COMMENT", "VERBATIM", "OUTPUT", "RESULT_VARIABLE",
    "OUTPUT_VARIABLE", "ERROR_VARIABLE", "EXPECTED_HASH", "EXPECTED_MD5", "SHOW_PROGRESS",
    "STATUS", "LOG", "TIMEOUT", "GITHUB_REPOSITORY", "GITLAB_REPOSITORY", "VERSION", "NAME",
    "OPTIONS", "DOWNLOAD_ONLY", "FIND_PACKAGE_ARGS", "OVERRIDE_FIND_PACKAGE", "EXCLUDE_FROM_ALL",
    "DOWNLOAD_EXTRACT_TIMESTAMP", "BYPRODUCTS", "USES_TERMINAL", "POST_BUILD", "PRE_BUILD",
    "PRE_LINK", "OUTPUT_QUIET", "ERROR_QUIET", "OUTPUT_STRIP_TRAILING_WHITESPACE", "ALL",
    "COMMAND_ERROR_IS_FATAL", "TLS_VERIFY", "LOG_DOWNLOAD", "STEP_TARGETS",
  ]

  private mutating func command(_ written: String, _ words: [Word]) {
    let name = written.lowercased()
    switch name {
    case "set":
      if words.count >= 2, variables.count < 4_096,
        words.count == 2 || Self.isOption(words[2].text)
      {
        variables[words[0].text] = words[1].text
      } else if let first = words.first {
        variables[first.text] = nil
      }
    case "fetchcontent_declare", "fetchcontent_populate", "externalproject_add",
      "cpmaddpackage", "cpmfindpackage", "cpmdeclarepackage":
      project(written, words)
    case "file": download(words)
    case "execute_process", "add_custom_command", "add_custom_target", "exec_program":
      run(words)
    default: break
    }
    if name == "externalproject_add" { run(words) }
  }

  private static func isOption(_ text: String) -> Bool {
    text == "CACHE" || text == "PARENT_SCOPE"
  }

  private func values(_ keyword: String, _ words: [Word]) -> [Word] {
    guard let place = words.firstIndex(where: { $0.text == keyword }) else { return [] }
    return Array(words[(place + 1)...].prefix { !Self.keywords.contains($0.text) })
  }

  private func location(_ word: Word) -> Location {
    context.location(word.start, word.end)
  }

  private mutating func project(_ cause: String, _ words: [Word]) {
    let digest = values("URL_HASH", words).first?.text
    for address in values("URL", words).prefix(4) {
      if let found = DeclaredDownload.file(
        address.text, digest: digest, at: location(address), cause: cause)
      {
        downloads.append(found)
      }
    }
    for (keyword, reference, prefix) in [
      ("GIT_REPOSITORY", "GIT_TAG", ""), ("SVN_REPOSITORY", "SVN_REVISION", ""),
      ("HG_REPOSITORY", "HG_TAG", ""), ("GITHUB_REPOSITORY", "GIT_TAG", "https://github.com/"),
      ("GITLAB_REPOSITORY", "GIT_TAG", "https://gitlab.com/"),
    ] {
      guard let address = values(keyword, words).first else { continue }
      var revision = values(reference, words).first?.text
      if revision == nil { revision = values("VERSION", words).first?.text }
      if let found = DeclaredDownload.repository(
        prefix + address.text, revision: revision, at: location(address), cause: cause)
      {
        downloads.append(found)
      }
    }
    // `CPMAddPackage("gh:owner/name#tag")`, `("gh:owner/name@1.2")`, `("https://…/x.zip")`.
    guard cause.lowercased().hasPrefix("cpm"), words.count == 1, let word = words.first else {
      return
    }
    let hosts = ["gh:": "https://github.com/", "gl:": "https://gitlab.com/"]
    if let (mark, host) = hosts.first(where: { word.text.hasPrefix($0.key) }) {
      let rest = word.text.dropFirst(mark.count)
      let path = rest.prefix { $0 != "#" && $0 != "@" }
      let revision = rest[path.endIndex...].dropFirst()
      if let found = DeclaredDownload.repository(
        host + path, revision: revision.isEmpty ? nil : String(revision), at: location(word),
        cause: cause)
      {
        downloads.append(found)
      }
    } else if let found = DeclaredDownload.file(
      word.text, digest: nil, at: location(word), cause: cause)
    {
      downloads.append(found)
    }
  }

  private mutating func download(_ words: [Word]) {
    guard words.first?.text == "DOWNLOAD", words.count > 1 else { return }
    if let found = DeclaredDownload.file(
      words[1].text, digest: values("EXPECTED_HASH", words).first?.text, kind: .file,
      at: location(words[1]), cause: "file(DOWNLOAD)")
    {
      downloads.append(found)
    }
  }

  /// Each list of words behind `COMMAND` and the like.
  private mutating func run(_ words: [Word]) {
    for (place, word) in words.enumerated()
    where word.text == "COMMAND" || word.text.hasSuffix("_COMMAND") {
      let arguments = words[(place + 1)...].prefix { !Self.keywords.contains($0.text) }
      guard !arguments.isEmpty else { continue }
      // A list in one word is split at its semicolons.
      let texts = arguments.flatMap { word in
        word.text.split(separator: ";").map {
          ShellArgument(ShellValue(String($0)), at: word.start)
        }
      }
      fragments.append(
        ShellFragment(
          path: context.path, place: .foreign(language: "cmake"), body: .arguments(texts),
          sequence: "cmake"))
    }
  }
}
