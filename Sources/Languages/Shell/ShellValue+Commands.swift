extension ShellValue {
  /// Whether an unknown part stands where a command begins: in `cd x && ${command}`, not in
  /// `wget ${address}`.
  package var hasOpenCommand: Bool {
    var isAtStart = true
    var word: [UInt8] = []
    for byte in bytes {
      switch byte {
      case Self.unknownStart:
        if isAtStart, word.isEmpty { return true }
        word.append(byte)
      case 0x20, 0x09:
        if !word.isEmpty {
          isAtStart = isAtStart && Self.passesOn(word) || word == Array("-c".utf8)
        }
        word = []
      case 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("),
        UInt8(ascii: "`"):
        isAtStart = true
        word = []
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        // The text that an interpreter is given begins like any other.
        if !word.isEmpty { word.append(byte) }
      default: word.append(byte)
      }
    }
    return false
  }

  /// Whether a command runs the one behind it.
  private static func passesOn(_ word: [UInt8]) -> Bool {
    word.contains(UInt8(ascii: "="))
      || ["sudo", "env", "exec", "nohup", "time", "nice", "eval", "then", "do", "else", "!"]
        .contains { word.elementsEqual($0.utf8) }
  }
}
