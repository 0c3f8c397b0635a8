package import Core

/// Something in a Python file that makes it run as other text than a reader sees.
package struct PythonDeception: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The declared codec turns other text into code; `changes` tells whether it does so here, nil
    /// where it could not be followed.
    case transformingCodec(String, changes: Bool?)
    /// The declared codec is none of Python's: code that a package registers decodes the file.
    case foreignCodec(String)
    /// The declared codec is one that Python refuses for source.
    case refusedCodec(String)
    /// Control characters of bidirectional text that are not ended where they began: editors show
    /// what follows in another order than it runs.
    case reordered(String)
    /// A name in compatibility characters that Python reads as a plain one.
    case disguisedName(written: String, read: String)
    /// A name in which letters of another script pass for Latin ones.
    case mixedScripts(String)
  }

  package let kind: Kind
  package let location: Location

  package init(kind: Kind, location: Location) {
    self.kind = kind
    self.location = location
  }
}

extension PythonDeception {
  /// How many of them one module reports.
  private static let limit = 32

  /// What in a module deceives.
  static func all(in module: PythonModuleModel, _ interest: PythonInterest) -> [PythonDeception] {
    guard module.source.kind != .documentation else { return [] }
    var found = codec(of: module.source)
    let text = module.tree.text
    let suspects = Suspects(text)
    guard suspects.hasOrder || suspects.hasLetters else { return found }
    let tokens = PythonSyntaxTree.tokenRanges(of: text)
    func add(_ kind: Kind, _ range: Range<Int>) {
      guard found.count < limit, !found.contains(where: { $0.kind == kind }) else { return }
      found.append(PythonDeception(kind: kind, location: module.location(range)))
    }
    if suspects.hasOrder {
      for place in BidirectionalText.unended(in: text, tokens) {
        add(.reordered(place.name), place.range)
      }
    }
    if suspects.hasLetters {
      for range in tokens where isName(text[range]) {
        let written = String(decoding: text[range], as: UTF8.self)
        let read = String(
          decoding: PythonIdentifier.normalised(written.unicodeScalars), as: UTF8.self)
        if read != written, read.utf8.allSatisfy({ $0 < 0x80 }), matters(read, interest) {
          add(.disguisedName(written: written, read: read), range)
        } else if LookalikeLetters.mix(in: written) {
          add(.mixedScripts(written), range)
        }
      }
    }
    return found
  }

  private static func codec(of source: PythonModuleSource) -> [PythonDeception] {
    guard let name = source.encoding.name else { return [] }
    let kind: Kind
    switch source.encoding.kind {
    case .transforming:
      kind = .transformingCodec(
        name,
        changes: PythonTransformingCodec(source.encoding.codec).map { _ in source.map != nil })
    case .unknown: kind = .foreignCodec(name)
    case .refused: kind = .refusedCodec(name)
    case .utf8, .singleByte, .multiByte: return []
    }
    let end = source.encodingPlace.map {
      TextPosition(line: $0.line, column: $0.column + name.utf8.count)
    }
    return [
      PythonDeception(
        kind: kind, location: Location(source.path, start: source.encodingPlace, end: end))
    ]
  }

  /// Whether a token is a name with characters beyond ASCII.
  private static func isName(_ token: ArraySlice<UInt8>) -> Bool {
    guard let first = token.first, first >= 0x80 || first == UInt8(ascii: "_") || isLetter(first)
    else { return false }
    return token.contains { $0 >= 0x80 }
      && token.allSatisfy { $0 >= 0x80 || $0 == UInt8(ascii: "_") || isLetter($0) || isDigit($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Whether the plain name is one that rules or readers look for; `ℓ` and `x₁` are mathematics.
  private static func matters(_ name: String, _ interest: PythonInterest) -> Bool {
    name.utf8.count > 2
      && (PythonBuiltins.names.contains(name) || interest.names.contains(name)
        || interest.modules.contains(name) || PythonModuleInterest.methods.contains(name)
        || PythonModuleInterest.genericNames.contains(name) || name.hasPrefix("__"))
      || name == "os"
  }
}

/// Whether a text has bytes that the characters in question begin with.
private struct Suspects {
  var hasOrder = false
  var hasLetters = false

  init(_ text: [UInt8]) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      guard byte >= 0x80 else { continue }
      switch byte {
      case 0xE2:
        hasLetters = true
        guard index + 1 < text.count else { continue }
        let (second, third) = (text[index], text[index + 1])
        if second == 0x80, (0xAA...0xAE).contains(third) { hasOrder = true }
        if second == 0x81, (0xA6...0xA9).contains(third) { hasOrder = true }
      case 0xC2, 0xC5, 0xC4, 0xC7, 0xCA, 0xCB, 0xD0...0xD4, 0xCE, 0xCF, 0xE1, 0xEA, 0xEF, 0xF0:
        hasLetters = true
      default: break
      }
    }
  }
}

/// Control characters that change the order in which text is shown.
private enum BidirectionalText {
  struct Place {
    let name: String
    let range: Range<Int>
  }

  /// Those that are still open where the comment, the literal or the line around them ends.
  static func unended(in text: [UInt8], _ tokens: [Range<Int>]) -> [Place] {
    var found: [Place] = []
    var open: [(isIsolate: Bool, place: Place)] = []
    var token = 0
    var index = 0
    func close() {
      if let first = open.first { found.append(first.place) }
      open = []
    }
    while index < text.count {
      while token < tokens.count, tokens[token].upperBound <= index {
        if tokens[token].upperBound == index { close() }
        token += 1
      }
      let byte = text[index]
      if byte == 0x0A { close() }
      guard byte == 0xE2, index + 2 < text.count else {
        index += 1
        continue
      }
      let range = index..<index + 3
      index += 3
      switch (text[range.lowerBound + 1], text[range.lowerBound + 2]) {
      case (0x80, 0xAA): open.append((false, Place(name: "U+202A", range: range)))
      case (0x80, 0xAB): open.append((false, Place(name: "U+202B", range: range)))
      case (0x80, 0xAD): open.append((false, Place(name: "U+202D", range: range)))
      case (0x80, 0xAE): open.append((false, Place(name: "U+202E", range: range)))
      case (0x81, 0xA6): open.append((true, Place(name: "U+2066", range: range)))
      case (0x81, 0xA7): open.append((true, Place(name: "U+2067", range: range)))
      case (0x81, 0xA8): open.append((true, Place(name: "U+2068", range: range)))
      case (0x80, 0xAC):
        if open.last?.isIsolate == false { open.removeLast() }
      case (0x81, 0xA9):
        if let last = open.lastIndex(where: \.isIsolate) { open.removeSubrange(last...) }
      default: break
      }
    }
    close()
    return found
  }
}

/// Letters of other scripts that look like Latin ones.
private enum LookalikeLetters {
  /// Cyrillic, Armenian and Cherokee letters whose usual shape is that of a Latin letter.
  private static let letters: Set<UInt32> = Set(
    "асеорхуѕіјһԁԛԝѵАВЕКМНОРСТХУЅІЈԌԚԜցոսօհզԱՍՏᎪᏴᏟᎠᎬᎻᎫᎷᏢᏚᎢᏙᎳᏃ".unicodeScalars.map(\.value))

  /// Whether a name has plain letters, and besides them only letters that pass for such.
  static func mix(in name: String) -> Bool {
    var hasLatin = false
    var hasOther = false
    for scalar in name.unicodeScalars {
      if scalar.isASCII {
        if scalar.properties.isAlphabetic { hasLatin = true }
      } else if letters.contains(scalar.value) {
        hasOther = true
      } else {
        return false
      }
    }
    return hasLatin && hasOther
  }
}
