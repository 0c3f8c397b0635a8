import Core

/// HTML: scripts and styles that a page takes from other hosts.
enum WebPage {
  static func isNamed(_ path: RelativePath) -> Bool {
    ["html", "htm", "xhtml"].contains(path.suffix)
  }

  /// Larger pages are output: of notebooks, of documentation tools.
  private static let limit = 2 << 20

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let bytes = context.bytes
    guard bytes.count <= limit else { return }
    let lines = LineTable(bytes)
    var index = 0
    var count = 0
    // A page has one import map, and browsers of today take a few more.
    var maps = 0
    while count < 256, let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      if bytes[open...].starts(with: "<!--".utf8) {
        guard let end = bytes.offset(of: "-->", from: open) else { return }
        index = end + 3
        continue
      }
      let nameEnd = bytes[(open + 1)...].prefix(16).firstIndex { !$0.isNameByte } ?? open + 1
      let name = String(decoding: bytes[(open + 1)..<nameEnd], as: UTF8.self).lowercased()
      guard name == "script" || name == "link" else {
        index = open + 1
        continue
      }
      let (attributes, end) = attributes(of: bytes, from: nameEnd)
      index = end
      if name == "script", maps < 4,
        attributes["type"].map({ text(bytes[$0]).lowercased() }) == "importmap"
      {
        maps += 1
        guard let close = bytes.offset(of: "</", from: end) else { continue }
        let blanks = bytes[..<min(end + 1, close)].map { $0 == 0x0A ? $0 : 0x20 }
        DenoConfiguration.readImports(
          ManifestContext(path: context.path, bytes: blanks + bytes[min(end + 1, close)..<close]),
          into: &collector)
        index = close
        continue
      }
      let source: Range<Int>?
      var kind = DeclaredDownload.Kind.script
      if name == "script" {
        source = attributes["src"]
      } else {
        let relation = attributes["rel"].map { text(bytes[$0]).lowercased() } ?? ""
        kind = relation.contains("modulepreload") ? .script : .style
        source =
          relation.contains("stylesheet") || relation.contains("modulepreload")
          ? attributes["href"] : nil
      }
      guard let source, !source.isEmpty else { continue }
      var address = text(bytes[source])
      if address.hasPrefix("//") { address = "https:" + address }
      let integrity = attributes["integrity"].map { text(bytes[$0]) }
      guard
        let found = download(
          address, integrity, kind, "<\(name)>",
          at: context.location(
            lines.position(of: source.lowerBound), lines.position(of: source.upperBound)))
      else { continue }
      collector.downloads.append(found)
      count += 1
    }
  }

  /// What a page takes from an address; a whole version in it is one that cannot be published twice.
  static func download(
    _ address: String, _ digest: String?, _ kind: DeclaredDownload.Kind, _ cause: String,
    at location: Location
  ) -> DeclaredDownload? {
    guard
      let found = DeclaredDownload.file(
        address, digest: digest, kind: kind, at: location, cause: cause)
    else { return nil }
    guard found.level == .branch, let version = version(in: address) else { return found }
    return DeclaredDownload(
      kind: kind, target: address, revision: version, level: .version, location: location,
      cause: cause)
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// The whole version that the path of a content network names: `/name@1.2.3/`, `/name/1.2.3/`.
  private static func version(in address: String) -> String? {
    for part in address.split(separator: "/").dropFirst(2) {
      let tail = part.split(separator: "@").last.map(String.init) ?? String(part)
      let numbers = tail.split(separator: ".")
      if numbers.count >= 3, numbers.prefix(2).allSatisfy({ $0.allSatisfy(\.isNumber) }),
        numbers[2].first?.isNumber == true, !tail.hasSuffix(".js"), !tail.hasSuffix(".css")
      {
        return tail
      }
    }
    return nil
  }

  /// The values of a tag's attributes by lower-case name, and where the tag ends.
  private static func attributes(
    of bytes: [UInt8], from start: Int
  ) -> ([String: Range<Int>], end: Int) {
    var found: [String: Range<Int>] = [:]
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: ">"), found.count < 32 {
      guard bytes[index] > 0x20, bytes[index] != UInt8(ascii: "/") else {
        index += 1
        continue
      }
      let first = index
      while index < bytes.count, bytes[index] > 0x20, !"=>/".utf8.contains(bytes[index]) {
        index += 1
      }
      let name = text(bytes[first..<index].prefix(32)).lowercased()
      while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
        if index == first { index += 1 }
        continue
      }
      index += 1
      while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
      guard index < bytes.count else { break }
      let quote = bytes[index]
      if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        let end = bytes[(index + 1)...].firstIndex(of: quote) ?? bytes.count
        found[name] = (index + 1)..<end
        index = min(end + 1, bytes.count)
      } else {
        let end =
          bytes[index...].firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: ">") }
          ?? bytes.count
        found[name] = index..<end
        index = end
      }
    }
    return (found, index)
  }
}

/// Modules that JavaScript imports from an address: `import x from "https://…"`,
/// `importScripts("https://…")`.
enum WebImports {
  static func isNamed(_ path: RelativePath) -> Bool {
    ["js", "mjs", "cjs", "jsx", "ts", "tsx", "mts", "vue", "svelte"].contains(path.suffix)
  }

  /// Larger files are bundles, in bytes.
  private static let limit = 1 << 20
  private static let words: Set<String> = ["from", "import", "importscripts", "worker"]

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let bytes = context.bytes
    guard bytes.count <= limit else { return }
    let lines = LineTable(bytes)
    var index = 0
    var count = 0
    while count < 64, let mark = bytes.offset(of: "://", from: index) {
      index = mark + 3
      var start = mark
      while start > 0, mark - start < 8, bytes[start - 1].isNameStart { start -= 1 }
      guard start > 0, start < mark, "\"'`".utf8.contains(bytes[start - 1]) else {
        continue
      }
      let quote = bytes[start - 1]
      guard let word = word(before: start - 1, in: bytes), words.contains(word),
        let end = bytes[index...].prefix(2_000).firstIndex(of: quote)
      else { continue }
      let address = String(decoding: bytes[start..<end], as: UTF8.self)
      index = end
      guard
        let found = WebPage.download(
          address, nil, .script, word == "from" ? "import" : word,
          at: context.location(lines.position(of: start), lines.position(of: end)))
      else { continue }
      collector.downloads.append(found)
      count += 1
    }
  }

  /// The word before a literal, with a parenthesis and a few blanks between, in lower case.
  private static func word(before index: Int, in bytes: [UInt8]) -> String? {
    var end = index
    while end > 0, index - end < 4, bytes[end - 1].isBlank || bytes[end - 1] == UInt8(ascii: "(") {
      end -= 1
    }
    var start = end
    while start > 0, end - start < 16, bytes[start - 1].isNameByte { start -= 1 }
    return start < end ? String(decoding: bytes[start..<end], as: UTF8.self).lowercased() : nil
  }
}
