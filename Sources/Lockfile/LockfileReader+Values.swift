import Core
import JSON

/// The keys that an object has shown so far.
struct KeySet {
  let place: String
  private var seen: [String] = []

  init(_ place: String) {
    self.place = place
  }

  /// Whether the key stood.
  func contains(_ key: String) -> Bool { seen.contains(key) }

  /// False when the key stood before. Unknown keys end the reading, so there are never many.
  mutating func insert(_ key: String) -> Bool {
    if seen.contains(key) { return false }
    seen.append(key)
    return true
  }

  /// Fails for the first of `keys` that did not stand.
  func require(_ keys: [String], line: Int) throws(LockfileError) {
    for key in keys where !seen.contains(key) {
      throw LockfileError(.missingKey(key, in: place), line: line)
    }
  }
}

extension LockfileReader {
  /// The line of the last event.
  var line: Int { reader.position.line }

  func failure(_ reason: LockfileError.Reason) -> LockfileError {
    LockfileError(reason, line: line)
  }

  mutating func next() throws(LockfileError) -> JSONEvent {
    do {
      return try reader.next()
    } catch {
      throw LockfileError(.syntax(error.reason), line: error.position.line)
    }
  }

  mutating func beginObject(_ key: String) throws(LockfileError) {
    guard try next() == .beginObject else { throw failure(.expected("an object", for: key)) }
  }

  mutating func beginArray(_ key: String) throws(LockfileError) {
    guard try next() == .beginArray else { throw failure(.expected("a list", for: key)) }
  }

  /// The next key of the object being read; nil at its end.
  mutating func key(_ keys: inout KeySet) throws(LockfileError) -> String? {
    guard case .key(let text) = try next() else { return nil }
    let key = Self.clipped(text.string(in: reader.bytes))
    guard keys.insert(key) else { throw failure(.duplicateKey(key, in: keys.place)) }
    return key
  }

  mutating func string(_ key: String) throws(LockfileError) -> String {
    guard case .string(let text) = try next() else {
      throw failure(.expected("a string", for: key))
    }
    return try checked(text, key)
  }

  mutating func optionalString(_ key: String) throws(LockfileError) -> String? {
    switch try next() {
    case .null: return nil
    case .string(let text): return try checked(text, key)
    default: throw failure(.expected("a string or null", for: key))
    }
  }

  mutating func bool(_ key: String) throws(LockfileError) -> Bool {
    guard case .bool(let value) = try next() else {
      throw failure(.expected("true or false", for: key))
    }
    return value
  }

  mutating func unsigned(_ key: String) throws(LockfileError) -> UInt64 {
    guard case .number(let range) = try next(), range.count <= 20,
      let value = UInt64(String(decoding: reader.bytes[range], as: UTF8.self))
    else { throw failure(.expected("a whole number", for: key)) }
    return value
  }

  mutating func digest(_ key: String, prefix: StaticString) throws(LockfileError) -> SHA256Digest {
    guard case .string(let text) = try next(), let digest = digest(text, prefix: prefix) else {
      let start = prefix.utf8CodeUnitCount > 0 ? "`\(prefix)` and " : ""
      throw failure(.expected("\(start)64 lower-case hexadecimal digits", for: key))
    }
    return digest
  }

  /// The digest that a string spells; nil when it is none.
  func digest(_ text: JSONText, prefix: StaticString) -> SHA256Digest? {
    let start = text.range.lowerBound + prefix.utf8CodeUnitCount
    guard text.isPlain, text.range.upperBound - start == 64,
      reader.bytes[text.range.lowerBound..<start].elementsEqual(prefix.description.utf8)
    else { return nil }
    return SHA256Digest(hexBytes: reader.bytes[start..<start + 64])
  }

  /// The string, unless it is absurdly long.
  func checked(_ text: JSONText, _ key: String) throws(LockfileError) -> String {
    if text.range.count > Self.stringLimit { throw failure(.tooLong(limit: Self.stringLimit)) }
    return text.string(in: reader.bytes)
  }

  func path(_ text: JSONText, _ key: String) throws(LockfileError) -> RelativePath {
    if text.range.count > Self.stringLimit { throw failure(.tooLong(limit: Self.stringLimit)) }
    let bytes = text.utf8(in: reader.bytes)
    do {
      return try RelativePath(bytes: bytes)
    } catch {
      throw failure(.unsafePath(Self.clipped(String(decoding: bytes, as: UTF8.self)), error))
    }
  }

  /// Text from the file for a message: at most 120 characters, nothing that drives a terminal.
  static func clipped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(120) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return text.unicodeScalars.count > 120 ? result + "…" : result
  }
}
