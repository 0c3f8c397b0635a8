/// Decompresses DEFLATE data (RFC 1951) with the wrappings of zlib (RFC 1950) and gzip (RFC 1952):
/// literals that code unpacks before it runs them. Checksums are not compared.
struct Inflate {
  private let input: [UInt8]
  private var offset: Int
  private var bits: UInt32 = 0
  private var count = 0
  private var output: [UInt8] = []

  /// How many bytes are unpacked at most.
  private static let limit = 1 << 20

  enum Wrapping {
    case zlib, gzip, none
  }

  /// The unpacked bytes; nil when the data is damaged or unpacks to more than the limit.
  static func bytes(_ input: [UInt8], _ wrapping: Wrapping) -> [UInt8]? {
    let start: Int
    switch wrapping {
    case .none: start = 0
    case .zlib:
      guard input.count > 6, input[0] & 0x0F == 8, input[1] & 0x20 == 0 else { return nil }
      start = 2
    case .gzip:
      guard let body = gzipBody(input) else { return nil }
      start = body
    }
    var inflate = Inflate(input, from: start)
    return inflate.run() ? inflate.output : nil
  }

  private init(_ input: [UInt8], from offset: Int) {
    self.input = input
    self.offset = offset
  }

  private static func gzipBody(_ input: [UInt8]) -> Int? {
    guard input.count > 18, input.starts(with: [0x1F, 0x8B, 8]) else { return nil }
    let flags = input[3]
    var index = 10
    if flags & 4 != 0 {
      guard index + 2 <= input.count else { return nil }
      index += 2 + Int(input[index]) + Int(input[index + 1]) << 8
    }
    // The name and the comment end in a zero.
    for flag in [8, 16] as [UInt8] where flags & flag != 0 {
      guard index < input.count, let end = input[index...].firstIndex(of: 0) else { return nil }
      index = end + 1
    }
    if flags & 2 != 0 { index += 2 }
    return index < input.count ? index : nil
  }

  private mutating func run() -> Bool {
    while true {
      guard let isLast = read(1), let kind = read(2) else { return false }
      switch kind {
      case 0: guard stored() else { return false }
      case 1:
        guard let codes = Self.fixed, block(codes.literals, codes.distances) else { return false }
      case 2:
        guard let (literals, distances) = tables(), block(literals, distances) else { return false }
      default: return false
      }
      if isLast == 1 { return true }
    }
  }

  private mutating func read(_ width: Int) -> Int? {
    while count < width {
      guard offset < input.count else { return nil }
      bits |= UInt32(input[offset]) << UInt32(count)
      offset += 1
      count += 8
    }
    let value = bits & ((1 << UInt32(width)) - 1)
    bits >>= UInt32(width)
    count -= width
    return Int(value)
  }

  private mutating func stored() -> Bool {
    bits = 0
    count = 0
    guard offset + 4 <= input.count else { return false }
    let length = Int(input[offset]) | Int(input[offset + 1]) << 8
    offset += 4
    guard offset + length <= input.count, output.count + length <= Self.limit else { return false }
    output += input[offset..<offset + length]
    offset += length
    return true
  }

  // MARK: Huffman codes

  /// How many codes there are of each length, and the symbols in the order of their codes.
  private struct Codes {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    /// Nil when more codes are wanted than there are.
    init?(lengths: some Collection<Int>) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      var left = 1
      for length in 1..<16 {
        left = left * 2 - counts[length]
        if left < 0 { return nil }
      }
      var places = [Int](repeating: 0, count: 17)
      for length in 1..<16 { places[length + 1] = places[length] + counts[length] }
      symbols = [Int](repeating: 0, count: places[16])
      for (symbol, length) in lengths.enumerated() where length > 0 {
        symbols[places[length]] = symbol
        places[length] += 1
      }
    }
  }

  private static let fixed: (literals: Codes, distances: Codes)? = {
    let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    guard let literals = Codes(lengths: lengths),
      let distances = Codes(lengths: [Int](repeating: 5, count: 30))
    else { return nil }
    return (literals, distances)
  }()

  private mutating func symbol(_ codes: Codes) -> Int? {
    var code = 0
    var first = 0
    var index = 0
    for length in 1..<16 {
      guard let bit = read(1) else { return nil }
      code |= bit
      let count = codes.counts[length]
      if code - count < first {
        let place = index + code - first
        return codes.symbols.indices.contains(place) ? codes.symbols[place] : nil
      }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return nil
  }

  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private mutating func tables() -> (Codes, Codes)? {
    guard let literals = read(5), let distances = read(5), let codes = read(4) else { return nil }
    let total = literals + 257 + distances + 1
    var lengths = [Int](repeating: 0, count: 19)
    for place in Self.order.prefix(codes + 4) {
      guard let length = read(3) else { return nil }
      lengths[place] = length
    }
    guard let lengthCodes = Codes(lengths: lengths) else { return nil }
    var all: [Int] = []
    while all.count < total {
      guard let symbol = symbol(lengthCodes) else { return nil }
      switch symbol {
      case 0..<16: all.append(symbol)
      case 16:
        guard let last = all.last, let more = read(2) else { return nil }
        all += repeatElement(last, count: more + 3)
      case 17:
        guard let more = read(3) else { return nil }
        all += repeatElement(0, count: more + 3)
      default:
        guard let more = read(7) else { return nil }
        all += repeatElement(0, count: more + 11)
      }
    }
    guard all.count == total, let first = Codes(lengths: all[..<(literals + 257)]),
      let second = Codes(lengths: all[(literals + 257)...])
    else { return nil }
    return (first, second)
  }

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537,
    2_049, 3_073, 4_097, 6_145, 8_193, 12_289, 16_385, 24_577,
  ]

  private mutating func block(_ literals: Codes, _ distances: Codes) -> Bool {
    while true {
      guard let symbol = symbol(literals) else { return false }
      if symbol == 256 { return true }
      if symbol < 256 {
        guard output.count < Self.limit else { return false }
        output.append(UInt8(truncatingIfNeeded: symbol))
        continue
      }
      let place = symbol - 257
      guard Self.lengthBases.indices.contains(place), let more = read(Self.lengthBits[place]),
        let code = self.symbol(distances), Self.distanceBases.indices.contains(code),
        let further = read(code < 4 ? 0 : code / 2 - 1)
      else { return false }
      let length = Self.lengthBases[place] + more
      let distance = Self.distanceBases[code] + further
      guard distance <= output.count, output.count + length <= Self.limit else { return false }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }
}
