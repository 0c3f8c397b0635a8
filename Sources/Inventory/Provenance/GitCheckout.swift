import Core

/// The commit and origin that a `.git` folder names; git itself is never run.
struct GitCheckout {
  let commit: String?
  /// The origin's address without user name and password.
  let origin: String?

  /// - Parameter read: gives the content of a file below the `.git` folder, nil when there is none.
  init?(read: (String) -> [UInt8]?) {
    guard let head = read("HEAD").flatMap(Self.line) else { return nil }
    if head[...].isHex(40) || head[...].isHex(64) {
      commit = head
    } else if head.hasPrefix("ref: ") {
      commit = Self.resolve(String(head.dropFirst(5)), read)
    } else {
      return nil
    }
    origin = read("config").flatMap(Self.origin)
  }

  /// The provenance that the checkout claims.
  var provenance: Provenance? {
    guard commit != nil || origin != nil else { return nil }
    if let origin, let name = Self.huggingFaceName(origin) {
      return Provenance(
        kind: "huggingface", repository: name, revision: commit, isClaimed: true)
    }
    return Provenance(kind: "git", repository: origin, revision: commit, isClaimed: true)
  }

  private static func line(_ bytes: [UInt8]) -> String? {
    guard bytes.count < 4096, let text = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    let line = text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
    return line.isEmpty ? nil : line
  }

  private static func resolve(_ name: String, _ read: (String) -> [UInt8]?) -> String? {
    var name = name
    // A reference may name another, but not for ever.
    for _ in 0..<5 {
      guard (try? RelativePath(name)) != nil, name.hasPrefix("refs/") else { return nil }
      guard let line = read(name).flatMap(line) else { break }
      if line[...].isHex(40) || line[...].isHex(64) { return line }
      guard line.hasPrefix("ref: ") else { return nil }
      name = String(line.dropFirst(5))
    }
    guard let packed = read("packed-refs") else { return nil }
    for line in packed.split(separator: 0x0A) {
      guard let blank = line.firstIndex(of: 0x20), line.first != UInt8(ascii: "#"),
        line[(blank + 1)...].elementsEqual(name.utf8)
      else { continue }
      let commit = String(decoding: line[..<blank], as: UTF8.self)
      return commit[...].isHex(40) || commit[...].isHex(64) ? commit : nil
    }
    return nil
  }

  /// `url` of `[remote "origin"]`.
  private static func origin(_ config: [UInt8]) -> String? {
    var isOrigin = false
    for raw in config.split(separator: 0x0A) {
      let line = trimmed(String(decoding: raw, as: UTF8.self)[...])
      if line.hasPrefix("[") {
        isOrigin = line.lowercased().hasPrefix("[remote") && line.contains("\"origin\"")
      } else if isOrigin, let equals = line.firstIndex(of: "=") {
        guard trimmed(line[..<equals]).lowercased() == "url" else { continue }
        return withoutSecrets(String(trimmed(line[line.index(after: equals)...])))
      }
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " || text.first == "\t" { text = text.dropFirst() }
    while text.last == " " || text.last == "\t" || text.last == "\r" { text = text.dropLast() }
    return text
  }

  /// The address without what only its owner should see: user, password, query. A path on this
  /// machine says nothing elsewhere and is left out altogether.
  private static func withoutSecrets(_ address: String) -> String? {
    guard address.utf8.count < 2048, address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return nil
    }
    guard let scheme = address.range(of: "://") else {
      // `git@host:path`
      guard let at = address.firstIndex(of: "@"), address[at...].contains(":") else { return nil }
      return String(address[address.index(after: at)...])
    }
    let name = address[..<scheme.lowerBound]
    guard ["https", "http", "ssh", "git"].contains(name) else { return nil }
    var rest = address[scheme.upperBound...]
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    if let at = rest[..<slash].lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    if let query = rest.firstIndex(where: { $0 == "?" || $0 == "#" }) { rest = rest[..<query] }
    return "\(name)://\(rest)"
  }

  /// `org/name` of an address on the Hugging Face hub.
  private static func huggingFaceName(_ address: String) -> String? {
    for prefix in [
      "https://huggingface.co/", "https://hf.co/", "ssh://hf.co/", "hf.co:", "ssh://hf.co:22/",
    ] where address.hasPrefix(prefix) {
      var name = address.dropFirst(prefix.count)
      if name.hasSuffix(".git") { name = name.dropLast(4) }
      while name.hasSuffix("/") { name = name.dropLast() }
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      guard (1...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
      return String(name)
    }
    return nil
  }
}

extension String {
  /// Where `text` first stands.
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
