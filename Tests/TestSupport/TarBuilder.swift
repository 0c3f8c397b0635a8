/// Writes tar archives byte by byte, hostile ones too.
package struct TarBuilder {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// A member with a header of its own; every field can be lied about.
  package mutating func add(
    _ name: String, type: Character = "0", _ content: [UInt8] = [], link: String = "",
    mode: Int = 0o644, size: Int? = nil, magic: String = "ustar\0" + "00",
    prefix: String = ""
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, _ offset: Int) {
      for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
    }
    put(String(name.prefix(100)), 0)
    put(octal(mode, 7), 100)
    put(octal(0, 7), 108)
    put(octal(0, 7), 116)
    put(octal(size ?? content.count, 11), 124)
    put(octal(0, 11), 136)
    header[156] = type.asciiValue ?? 0
    put(String(link.prefix(100)), 157)
    put(magic, 257)
    put(String(prefix.prefix(155)), 345)
    put("        ", 148)
    let sum = header.reduce(0) { $0 + Int($1) }
    put(octal(sum, 6) + "\0 ", 148)
    bytes += header
    bytes += content
    pad()
  }

  /// A pax extended header with these records.
  package mutating func pax(_ records: [(String, String)], type: Character = "x") {
    var body: [UInt8] = []
    for (key, value) in records {
      let rest = " \(key)=\(value)\n"
      var length = rest.utf8.count + 1
      while "\(length)".utf8.count + rest.utf8.count != length { length += 1 }
      body += Array("\(length)\(rest)".utf8)
    }
    add("pax", type: type, body)
  }

  /// The two empty blocks that end an archive.
  package mutating func end() {
    bytes += [UInt8](repeating: 0, count: 1024)
  }

  package mutating func append(_ more: [UInt8]) {
    bytes += more
  }

  private mutating func pad() {
    while bytes.count % 512 != 0 { bytes.append(0) }
  }

  private func octal(_ value: Int, _ digits: Int) -> String {
    let text = String(value, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
