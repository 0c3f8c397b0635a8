/// Reads versions of PEP 440 from the beginning of a text, as much of it as belongs to one.
struct PythonVersionScanner {
  private let bytes: ArraySlice<UInt8>
  private(set) var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  var isAtEnd: Bool { index == bytes.endIndex }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    index + ahead < bytes.endIndex ? bytes[index + ahead] : nil
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private static func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private mutating func digits() -> VersionNumber? {
    let start = index
    while Self.isDigit(peek()) { index += 1 }
    return index > start ? VersionNumber(digits: bytes[start..<index]) : nil
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard index + length <= bytes.endIndex else { return false }
    let text = "\(word)"
    for (offset, byte) in text.utf8.enumerated() where Self.lower(bytes[index + offset]) != byte {
      return false
    }
    index += length
    return true
  }

  private mutating func takeSeparator() {
    if let byte = peek(),
      byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    {
      index += 1
    }
  }

  /// The longest version that begins here; nothing is consumed when there is none.
  mutating func version(allowsLocal: Bool) -> PythonVersion? {
    let start = index
    guard var version = base() else {
      index = start
      return nil
    }
    version.prerelease = prerelease()
    version.post = post()
    version.development = development()
    if allowsLocal { version.local = local() }
    return version
  }

  /// Epoch and release alone.
  mutating func base() -> PythonVersion? {
    let start = index
    if let byte = peek(), Self.lower(byte) == UInt8(ascii: "v") { index += 1 }
    guard var first = digits() else {
      index = start
      return nil
    }
    var epoch: VersionNumber = 0
    if peek() == UInt8(ascii: "!"), Self.isDigit(peek(1)) {
      index += 1
      epoch = first
      first = digits() ?? 0
    }
    var release = [first]
    while peek() == UInt8(ascii: "."), Self.isDigit(peek(1)) {
      index += 1
      if let number = digits() { release.append(number) }
    }
    var version = PythonVersion(release: release)
    version.epoch = epoch
    return version
  }

  private mutating func prerelease() -> PythonVersion.Prerelease? {
    let start = index
    takeSeparator()
    let stage: PythonVersion.Stage
    if take("alpha") || take("a") {
      stage = .alpha
    } else if take("beta") || take("b") {
      stage = .beta
    } else if take("preview") || take("pre") || take("c") || take("rc") {
      stage = .candidate
    } else {
      index = start
      return nil
    }
    takeSeparator()
    return PythonVersion.Prerelease(stage: stage, number: digits() ?? 0)
  }

  private mutating func post() -> VersionNumber? {
    let start = index
    if peek() == UInt8(ascii: "-"), Self.isDigit(peek(1)) {
      index += 1
      return digits()
    }
    takeSeparator()
    guard take("post") || take("rev") || take("r") else {
      index = start
      return nil
    }
    takeSeparator()
    return digits() ?? 0
  }

  private mutating func development() -> VersionNumber? {
    let start = index
    takeSeparator()
    guard take("dev") else {
      index = start
      return nil
    }
    takeSeparator()
    return digits() ?? 0
  }

  private mutating func local() -> [PythonVersion.LocalPart] {
    guard peek() == UInt8(ascii: "+") else { return [] }
    func isLabel(_ byte: UInt8?) -> Bool {
      guard let byte else { return false }
      return Self.isDigit(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(Self.lower(byte))
    }
    guard isLabel(peek(1)) else { return [] }
    var parts: [PythonVersion.LocalPart] = []
    repeat {
      index += 1
      let start = index
      while isLabel(peek()) { index += 1 }
      let part = bytes[start..<index]
      if part.allSatisfy({ Self.isDigit($0) }) {
        parts.append(.number(VersionNumber(digits: part)))
      } else {
        parts.append(.text(String(decoding: part.map(Self.lower), as: UTF8.self)))
      }
    } while (peek() == UInt8(ascii: ".") || peek() == UInt8(ascii: "-")
      || peek() == UInt8(ascii: "_"))
      && isLabel(peek(1))
    return parts
  }
}
