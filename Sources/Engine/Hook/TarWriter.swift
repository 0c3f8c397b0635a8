import Core
import FileSystem

/// Writes a tar into a temporary file that has no name (POSIX.1-2001: ustar headers, and a pax
/// header where a name or a size does not fit).
struct TarWriter: ~Copyable {
  private let spool: SpoolFile
  private var buffer: [UInt8] = []

  init() throws(EngineError) {
    do {
      spool = try SpoolFile.create()
    } catch {
      throw .file(error)
    }
  }

  /// Begins a regular file; exactly `size` bytes have to follow by `append`, then `endFile`.
  mutating func beginFile(
    _ path: RelativePath, size: UInt64, isExecutable: Bool
  ) throws(EngineError) {
    let isLong = path.bytes.count > 100
    let isLarge = size > 0o77_777_777_777
    if isLong || isLarge {
      try pax(
        (isLong ? [("path", path.bytes)] : []) + (isLarge ? [("size", Array("\(size)".utf8))] : []))
    }
    try header(
      path.bytes, type: "0", size: isLarge ? 0 : size, mode: isExecutable ? 0o755 : 0o644)
  }

  /// Appends some of a file's bytes.
  mutating func append(_ bytes: ArraySlice<UInt8>) throws(EngineError) {
    buffer += bytes
    if buffer.count >= 1 << 18 { try flush() }
  }

  /// Fills up to whole blocks.
  mutating func endFile(size: UInt64) throws(EngineError) {
    let rest = Int(size % 512)
    if rest > 0 { buffer += repeatElement(0, count: 512 - rest) }
    try flush()
  }

  /// Writes a symbolic link.
  mutating func link(_ path: RelativePath, target: [UInt8]) throws(EngineError) {
    if path.bytes.count > 100 || target.count > 100 {
      try pax([("path", path.bytes), ("linkpath", target)])
    }
    try header(path.bytes, type: "2", size: 0, mode: 0o777, target: target)
  }

  /// Ends the archive and hands it over for reading.
  consuming func reading() throws(EngineError) -> OpenFile {
    buffer += repeatElement(0, count: 1024)
    try flush()
    do {
      return try spool.reading()
    } catch {
      throw .file(error)
    }
  }

  private mutating func flush() throws(EngineError) {
    if buffer.isEmpty { return }
    do {
      try spool.write(buffer)
    } catch {
      throw .file(error)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func pax(_ records: [(key: String, value: [UInt8])]) throws(EngineError) {
    var body: [UInt8] = []
    for (key, value) in records {
      let rest = [UInt8(ascii: " ")] + Array(key.utf8) + [UInt8(ascii: "=")] + value
      // The length counts its own digits too.
      var length = rest.count + 1
      while String(length).utf8.count + rest.count + 1 != length { length += 1 }
      body += Array(String(length).utf8) + rest + [UInt8(ascii: "\n")]
    }
    try header(Array("pax".utf8), type: "x", size: UInt64(body.count), mode: 0o644)
    buffer += body
    try endFile(size: UInt64(body.count))
  }

  private mutating func header(
    _ name: [UInt8], type: Unicode.Scalar, size: UInt64, mode: Int, target: [UInt8] = []
  ) throws(EngineError) {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ bytes: some Collection<UInt8>, at offset: Int, limit: Int) {
      for (index, byte) in bytes.prefix(limit).enumerated() { block[offset + index] = byte }
    }
    func octal(_ value: UInt64, at offset: Int, digits: Int) {
      let text = String(value, radix: 8)
      put(
        Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8),
        at: offset, limit: digits)
    }
    put(name, at: 0, limit: 100)
    octal(UInt64(mode), at: 100, digits: 7)
    octal(0, at: 108, digits: 7)
    octal(0, at: 116, digits: 7)
    octal(size, at: 124, digits: 11)
    octal(0, at: 136, digits: 11)
    put(Array("        ".utf8), at: 148, limit: 8)
    block[156] = UInt8(truncatingIfNeeded: type.value)
    put(target, at: 157, limit: 100)
    put(Array("ustar\u{0}00".utf8), at: 257, limit: 8)
    let sum = block.reduce(UInt64(0)) { $0 + UInt64($1) }
    octal(sum, at: 148, digits: 6)
    block[154] = 0
    block[155] = UInt8(ascii: " ")
    buffer += block
  }
}
