extension TextDecoding {
  /// Python's `base64.b85decode`.
  static func base85(_ input: some Collection<UInt8>) -> [UInt8]? {
    let alphabet = Array(
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~".utf8)
    var values = [UInt8: UInt64]()
    for (place, byte) in alphabet.enumerated() { values[byte] = UInt64(place) }
    return grouped(input) { values[$0] }
  }

  /// Python's `base64.a85decode` without its framing.
  static func ascii85(_ input: some Collection<UInt8>) -> [UInt8]? {
    var plain: [UInt8] = []
    for byte in input where byte > 0x20 {
      if byte == UInt8(ascii: "z") {
        plain += [UInt8](repeating: UInt8(ascii: "!"), count: 5)
      } else {
        plain.append(byte)
      }
    }
    return grouped(plain) { byte in
      (UInt8(ascii: "!")...UInt8(ascii: "u")).contains(byte)
        ? UInt64(byte - UInt8(ascii: "!")) : nil
    }
  }

  /// Five digits of base 85 to four bytes; the last group may be shorter.
  private static func grouped(
    _ input: some Collection<UInt8>, _ value: (UInt8) -> UInt64?
  ) -> [UInt8]? {
    var result: [UInt8] = []
    var group: [UInt64] = []
    func flush() -> Bool {
      let missing = 5 - group.count
      let number = (group + [UInt64](repeating: 84, count: missing)).reduce(0) { $0 * 85 + $1 }
      guard number <= UInt64(UInt32.max) else { return false }
      let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
      result += bytes.prefix(4 - missing)
      group = []
      return true
    }
    for byte in input {
      guard let digit = value(byte) else { return nil }
      group.append(digit)
      if group.count == 5, !flush() { return nil }
    }
    return group.isEmpty || flush() ? result : nil
  }

  /// Python's `shlex.split` for text without escapes beyond quotes and backslashes; nil for open
  /// quotes.
  static func words(_ text: String) -> [String]? {
    var words: [String] = []
    var current: [UInt8]?
    var quote: UInt8 = 0
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        current = (current ?? []) + [byte]
        isEscaped = false
      } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        isEscaped = true
      } else if quote != 0 {
        if byte == quote { quote = 0 } else { current = (current ?? []) + [byte] }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
        current = current ?? []
      } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
        if let word = current { words.append(String(decoding: word, as: UTF8.self)) }
        current = nil
      } else {
        current = (current ?? []) + [byte]
      }
    }
    guard quote == 0 else { return nil }
    if let word = current { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }
}
