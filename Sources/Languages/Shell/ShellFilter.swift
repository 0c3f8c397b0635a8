/// A command that turns text into other text, as far as it can be done here: what scripts use to
/// spell commands in another way.
enum ShellFilter {
  case base64
  case hexadecimal
  case reversal
  /// Each byte of the first list becomes the one at the same place of the second.
  case translation([UInt8], [UInt8])
  case deletion([UInt8])

  /// The filter that a command is; nil for all others.
  init?(_ command: ShellCommand) {
    let words = command.arguments.map(\.display)
    switch command.name {
    case "base64", "gbase64":
      guard words.contains(where: Self.decodes), Self.hasNoFile(words) else { return nil }
      self = .base64
    case "openssl":
      guard words.first == "base64" || words.first == "enc" && words.contains("-base64"),
        words.contains("-d"), !words.contains("-in"), !words.contains("-k")
      else { return nil }
      self = .base64
    case "xxd":
      let letters = words.filter { $0.hasPrefix("-") }.joined()
      guard letters.contains("r"), letters.contains("p"), Self.hasNoFile(words) else { return nil }
      self = .hexadecimal
    case "rev":
      guard words.isEmpty else { return nil }
      self = .reversal
    case "tr":
      if words.count == 2, words[0] == "-d" {
        self = .deletion(Self.set(words[1]))
      } else if words.count == 2 {
        let (from, to) = (Self.set(words[0]), Self.set(words[1]))
        guard !to.isEmpty else { return nil }
        self = .translation(from, to)
      } else {
        return nil
      }
    default: return nil
    }
  }

  static func decodes(_ word: String) -> Bool {
    word == "--decode" || word == "-D"
      || word.hasPrefix("-") && !word.hasPrefix("--") && word.contains("d")
  }

  private static func hasNoFile(_ words: [String]) -> Bool {
    words.allSatisfy { $0.hasPrefix("-") }
  }

  /// The bytes of `a-zA-Z`; 256 at most.
  private static func set(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count, result.count < 256 {
      var byte = bytes[index]
      if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
        index += 1
        byte =
          switch bytes[index] {
          case UInt8(ascii: "n"): 0x0A
          case UInt8(ascii: "r"): 0x0D
          case UInt8(ascii: "t"): 0x09
          default: bytes[index]
          }
      }
      if index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "-"), bytes[index + 2] >= byte {
        result += byte...bytes[index + 2]
        index += 3
      } else {
        result.append(byte)
        index += 1
      }
    }
    return result
  }

  /// What it makes of `input`; nil when that is not well formed.
  func output(_ input: [UInt8]) -> [UInt8]? {
    guard input.count <= ShellEvaluator.maximumLength else { return nil }
    let output: [UInt8]?
    switch self {
    case .base64: output = TextDecoding.base64(input, isURLSafe: false)
    case .hexadecimal:
      let digits = input.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
      output = stride(from: 0, to: digits.count - digits.count % 2, by: 2).map {
        UInt8(truncatingIfNeeded: digits[$0] << 4 | digits[$0 + 1])
      }
    case .reversal:
      var lines = input.split(separator: 0x0A, omittingEmptySubsequences: false)
      for index in lines.indices { lines[index] = ArraySlice(lines[index].reversed()) }
      output = Array(lines.joined(separator: [0x0A]))
    case .translation(let from, let to):
      var table = Array(UInt8.min...UInt8.max)
      for (index, byte) in from.enumerated() { table[Int(byte)] = to[min(index, to.count - 1)] }
      output = input.map { table[Int($0)] }
    case .deletion(let set): output = input.filter { !set.contains($0) }
    }
    // What does not read as text is no text for a shell.
    return output.flatMap { bytes in
      bytes.contains { $0 >= ShellValue.unknownEnd || $0 == 0 } ? nil : bytes
    }
  }
}

extension ShellCommand {
  /// Whether it turns stored text into other text, so that what comes out cannot be read
  /// where it is stored: decoding, decompressing, decrypting.
  package var decodesInput: Bool {
    let words = arguments.map(\.display)
    switch name {
    case "base64", "gbase64", "base32", "basenc": return words.contains(where: ShellFilter.decodes)
    case "openssl":
      return words.contains("-d") && ["base64", "enc"].contains(words.first)
        || words.first == "cms" && words.contains("-decrypt")
    case "xxd": return words.contains { $0.hasPrefix("-") && $0.contains("r") }
    case "gpg", "gpg2": return words.contains { $0 == "-d" || $0 == "--decrypt" }
    case "gzip", "xz", "bzip2", "zstd", "lz4", "pigz", "brotli":
      return words.contains(where: ShellFilter.decodes) || words.contains("--decompress")
    case "uudecode", "gunzip", "zcat", "gzcat", "xzcat", "bzcat", "zstdcat", "unzstd", "funzip",
      "rev", "age", "sops":
      return true
    default: return false
    }
  }
}
