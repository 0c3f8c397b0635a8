package import Core

/// A path of the operator's choosing: any bytes but NUL, not necessarily UTF-8.
package struct SystemPath: Hashable, Sendable {
  /// The path's bytes, without a terminating NUL; never empty.
  package let bytes: [UInt8]

  /// Wraps `bytes`; nil when they are empty or hold a NUL, which no system call could express.
  package init?(bytes: [UInt8]) {
    guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
    self.bytes = bytes
  }

  /// Wraps the UTF-8 of `text`; nil when it is empty or holds a NUL.
  package init?(_ text: some StringProtocol) {
    self.init(bytes: Array(text.utf8))
  }

  private init(trusted: [UInt8]) {
    bytes = trusted
  }

  /// The working directory, `.`.
  package static let current = SystemPath(trusted: [UInt8(ascii: ".")])

  /// The root of the file system, `/`.
  package static let root = SystemPath(trusted: [UInt8(ascii: "/")])

  /// Whether the path begins with `/`.
  package var isAbsolute: Bool { bytes.first == UInt8(ascii: "/") }

  /// The path of `name` inside this folder; without `./` in the working directory.
  package func appending(_ name: [UInt8]) -> SystemPath {
    if self == .current, let path = SystemPath(bytes: name) { return path }
    let separator: [UInt8] = bytes.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]
    return SystemPath(trusted: bytes + separator + name.filter { $0 != 0 })
  }

  /// The path of `path` below this folder.
  package func appending(_ path: RelativePath) -> SystemPath {
    appending(path.bytes)
  }

  /// The last component without trailing slashes; empty for `/`.
  package var name: [UInt8] {
    let end = endWithoutSlashes
    let start = bytes[..<end].lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return Array(bytes[start..<end])
  }

  /// The folder that holds the last component: `.` for a bare name, `/` at the top.
  package var parent: SystemPath {
    let end = endWithoutSlashes
    guard let slash = bytes[..<end].lastIndex(of: UInt8(ascii: "/")) else {
      return end == 0 ? .root : .current
    }
    var cut = slash
    while cut > 0, bytes[cut - 1] == UInt8(ascii: "/") { cut -= 1 }
    return cut == 0 ? .root : SystemPath(trusted: Array(bytes[..<cut]))
  }

  private var endWithoutSlashes: Int {
    var end = bytes.count
    while end > 0, bytes[end - 1] == UInt8(ascii: "/") { end -= 1 }
    return end
  }
}

extension SystemPath: CustomStringConvertible {
  /// The path for people: control characters and bytes that are no UTF-8 escaped as `\xNN`.
  package var description: String { escapedText(bytes) }
}

/// Text of `bytes` for messages: what is no printable UTF-8 becomes `\xNN`, so that a hostile name
/// cannot drive the terminal or break a line.
package func escapedText(_ bytes: some Collection<UInt8>) -> String {
  let bytes = Array(bytes)
  var text = ""
  var position = 0
  while position < bytes.count {
    let length = scalarLength(bytes[position])
    let end = min(position + length, bytes.count)
    let part = bytes[position..<end]
    if let decoded = String(validating: part, as: UTF8.self),
      decoded.unicodeScalars.allSatisfy(isPrintable)
    {
      text += decoded
      position = end
    } else {
      let digits = String(bytes[position], radix: 16, uppercase: true)
      text += digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
      position += 1
    }
  }
  return text
}

/// How many bytes the UTF-8 sequence that starts with `lead` claims to have.
private func scalarLength(_ lead: UInt8) -> Int {
  switch lead {
  case 0xC2...0xDF: 2
  case 0xE0...0xEF: 3
  case 0xF0...0xF4: 4
  default: 1
  }
}

private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: false
  default: true
  }
}
