/// A string as far as it is known.
///
/// `bytes` holds the text, with each unknown part written as 0xFF, a name for it in ASCII or UTF-8,
/// 0xFE: two bytes that no UTF-8 text contains. Text from a file that does hold them reads as
/// partly unknown, which errs on the safe side.
package struct ShellValue: Hashable, Sendable {
  package let bytes: [UInt8]

  /// Begins an unknown part.
  package static let unknownStart: UInt8 = 0xFF
  /// Ends an unknown part.
  package static let unknownEnd: UInt8 = 0xFE

  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  package init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// A value of which nothing is known but where it comes from.
  package static func unknown(_ name: String) -> ShellValue {
    ShellValue(bytes: [unknownStart] + name.utf8.filter { $0 < unknownEnd } + [unknownEnd])
  }

  /// This value followed by `other`.
  package func joined(_ other: ShellValue) -> ShellValue {
    ShellValue(bytes: bytes + other.bytes)
  }

  /// Whether every part is known.
  package var isKnown: Bool {
    !bytes.contains { $0 >= Self.unknownEnd }
  }

  /// The text, or nil when a part is unknown.
  package var text: String? {
    isKnown ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// For messages: unknown parts as `${name}`. A name that is a command with an address or a path in
  /// it is left out, so that nobody takes the whole for one.
  package var display: String {
    if isKnown { return String(decoding: bytes, as: UTF8.self) }
    var shown: [UInt8] = []
    var name: [UInt8]?
    func close() {
      let isPlain = name?.allSatisfy { !"/:".utf8.contains($0) } ?? true
      shown += "${".utf8 + (isPlain ? name ?? [] : Array("value".utf8)) + "}".utf8
      name = nil
    }
    for byte in bytes {
      switch byte {
      case Self.unknownStart where name == nil: name = []
      case Self.unknownEnd where name != nil: close()
      default:
        if name == nil { shown.append(byte) } else { name?.append(byte) }
      }
    }
    if name != nil { close() }
    return String(decoding: shown, as: UTF8.self)
  }

  /// What follows the last `/`, when it is known, not empty, and some unknown part stands before it.
  var knownLastComponent: String? {
    guard let end = bytes.lastIndex(of: Self.unknownEnd),
      let slash = bytes.lastIndex(of: UInt8(ascii: "/")), slash > end, slash + 1 < bytes.count
    else { return nil }
    return String(decoding: bytes[(slash + 1)...], as: UTF8.self)
  }

  /// The known text before the first unknown part.
  package var knownPrefix: String {
    String(decoding: bytes.prefix { $0 < Self.unknownEnd }, as: UTF8.self)
  }
}
