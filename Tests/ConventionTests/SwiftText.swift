/// Swift source without comments and string literals, so that words in them are not taken for code.
struct SwiftText {
  let code: String

  init(_ source: String) {
    var code: [UInt8] = []
    let bytes = Array(source.utf8)
    var index = 0
    func at(_ offset: Int) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }
    func starts(_ text: String) -> Bool {
      bytes[index...].starts(with: text.utf8)
    }
    while index < bytes.count {
      if starts("//") {
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
      } else if starts("/*") {
        while index < bytes.count, !starts("*/") { index += 1 }
        index += 2
      } else if bytes[index] == UInt8(ascii: "\"")
        || (bytes[index] == UInt8(ascii: "#") && Self.isRawString(bytes, index))
      {
        var hashes = 0
        while at(0) == UInt8(ascii: "#") {
          hashes += 1
          index += 1
        }
        let quotes = starts("\"\"\"") ? 3 : 1
        index += quotes
        let end = String(repeating: "\"", count: quotes) + String(repeating: "#", count: hashes)
        while index < bytes.count, !starts(end) {
          // What is interpolated is passed over too: this is for words, not for parsing.
          if hashes == 0, bytes[index] == UInt8(ascii: "\\") { index += 1 }
          index += 1
        }
        index += end.utf8.count
        code += " \"\" ".utf8
      } else {
        code.append(bytes[index])
        index += 1
      }
    }
    self.code = String(decoding: code, as: UTF8.self)
  }

  private static func isRawString(_ bytes: [UInt8], _ start: Int) -> Bool {
    var index = start
    while index < bytes.count, bytes[index] == UInt8(ascii: "#") { index += 1 }
    return index < bytes.count && bytes[index] == UInt8(ascii: "\"")
  }

  /// Identifiers and keywords, in order.
  var words: [Substring] {
    code.split { !($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// The modules that are imported.
  var imports: [Substring] {
    code.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let keyword = words.firstIndex(of: "import"), keyword <= 1, words.count > keyword + 1
      else { return nil }
      return words[keyword + 1]
    }
  }
}
