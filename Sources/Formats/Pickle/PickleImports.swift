/// What a pickle imports when it is loaded.
///
/// Walks the opcodes of protocols 0 to 5 (CPython's `pickletools`) with a symbolic stack and memo,
/// so that names put together by STACK_GLOBAL are found wherever their texts were pushed. Nothing is
/// executed. Work is linear in the input.
package struct PickleImports: Sendable {
  /// `module name`, joined by a dot; parts that are no constant texts are written `?`.
  package let names: [String]
  /// Bytes read up to the end of the last STOP.
  package let end: Int
  /// What stopped the walk before a STOP, if anything did.
  package let problem: HeaderError?
  /// Whether that was the end of the bytes: with more of them the walk may go on.
  package let isCutShort: Bool

  /// Reads one pickle after the other from `start`, as legacy PyTorch files hold them.
  package init(_ bytes: [UInt8], from start: Int = 0) {
    var machine = PickleMachine(bytes: bytes, offset: max(0, start))
    var problem: HeaderError?
    var end = machine.offset
    while machine.offset < bytes.count {
      do {
        try machine.runOne()
        end = machine.offset
      } catch {
        // Bytes behind a complete pickle need not be one.
        if end == max(0, start) { problem = error }
        break
      }
    }
    names = machine.names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.end = end
    self.problem = problem
    isCutShort = problem != nil && machine.ranOut
  }
}

private struct PickleMachine {
  private enum Value {
    case text(String)
    case mark
    case other
  }

  let bytes: [UInt8]
  var offset: Int
  private(set) var names: Set<String> = []
  /// Whether the walk came to the end of the bytes before a STOP.
  private(set) var ranOut = false
  private var stack: [Value] = []
  private var memo: [UInt64: Value] = [:]

  init(bytes: [UInt8], offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  private func error(_ reason: String) -> HeaderError { HeaderError(reason, at: UInt64(offset)) }

  private mutating func endOfBytes(_ reason: String) -> HeaderError {
    ranOut = true
    return error(reason)
  }

  private mutating func skip(_ count: UInt64) throws(HeaderError) -> ArraySlice<UInt8> {
    guard count <= UInt64(bytes.count - offset) else { throw endOfBytes("the pickle is cut short") }
    let start = offset
    offset += Int(count)
    return bytes[start..<offset]
  }

  private mutating func integer(_ size: Int) throws(HeaderError) -> UInt64 {
    var value: UInt64 = 0
    for byte in try skip(UInt64(size)).reversed() { value = value << 8 | UInt64(byte) }
    return value
  }

  private mutating func line() throws(HeaderError) -> String {
    guard let end = bytes[offset...].firstIndex(of: 0x0A) else {
      throw endOfBytes("a line of the pickle does not end")
    }
    defer { offset = end + 1 }
    return String(decoding: bytes[offset..<end], as: UTF8.self)
  }

  private mutating func text(lengthSize: Int) throws(HeaderError) {
    let length = try integer(lengthSize)
    stack.append(.text(String(decoding: try skip(length), as: UTF8.self)))
  }

  private mutating func data(lengthSize: Int) throws(HeaderError) {
    let length = try integer(lengthSize)
    _ = try skip(length)
    stack.append(.other)
  }

  private mutating func popToMark() {
    while let value = stack.popLast() {
      if case .mark = value { return }
    }
  }

  private mutating func pop(_ count: Int) { stack.removeLast(min(count, stack.count)) }

  private mutating func add(_ module: String, _ name: String) {
    names.insert("\(module).\(name)")
  }

  /// Runs to the next STOP.
  mutating func runOne() throws(HeaderError) {
    stack.removeAll(keepingCapacity: true)
    memo.removeAll(keepingCapacity: true)
    while offset < bytes.count {
      let opcode = bytes[offset]
      offset += 1
      switch opcode {
      case UInt8(ascii: "."): return
      case UInt8(ascii: "("): stack.append(.mark)
      case UInt8(ascii: "0"): pop(1)
      case UInt8(ascii: "1"): popToMark()
      case UInt8(ascii: "2"): stack.append(stack.last ?? .other)
      case UInt8(ascii: "F"), UInt8(ascii: "I"), UInt8(ascii: "L"), UInt8(ascii: "P"):
        _ = try line()
        stack.append(.other)
      case UInt8(ascii: "S"):
        let quoted = try line()
        stack.append(.text(String(quoted.dropFirst().dropLast())))
      case UInt8(ascii: "V"): stack.append(.text(try line()))
      case UInt8(ascii: "J"): _ = try skip(4); stack.append(.other)
      case UInt8(ascii: "K"): _ = try skip(1); stack.append(.other)
      case UInt8(ascii: "M"): _ = try skip(2); stack.append(.other)
      case UInt8(ascii: "G"): _ = try skip(8); stack.append(.other)
      case UInt8(ascii: "N"), UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "}"),
        0x88, 0x89, 0x8F, 0x97:
        stack.append(.other)
      case UInt8(ascii: "T"): try text(lengthSize: 4)
      case UInt8(ascii: "U"): try text(lengthSize: 1)
      case UInt8(ascii: "X"): try text(lengthSize: 4)
      case 0x8C: try text(lengthSize: 1)
      case 0x8D: try text(lengthSize: 8)
      case UInt8(ascii: "B"): try data(lengthSize: 4)
      case UInt8(ascii: "C"): try data(lengthSize: 1)
      case 0x8E, 0x96: try data(lengthSize: 8)
      case 0x8A: try data(lengthSize: 1)
      case 0x8B: try data(lengthSize: 4)
      case UInt8(ascii: "c"):
        let module = try line()
        add(module, try line())
        stack.append(.other)
      case UInt8(ascii: "i"):
        let module = try line()
        add(module, try line())
        popToMark()
        stack.append(.other)
      case 0x93:
        let name = stack.popLast()
        let module = stack.popLast()
        add(Self.text(of: module), Self.text(of: name))
        stack.append(.other)
      case UInt8(ascii: "a"), UInt8(ascii: "b"): pop(1)
      case UInt8(ascii: "s"): pop(2)
      case UInt8(ascii: "R"), 0x81: pop(2); stack.append(.other)
      case 0x92: pop(3); stack.append(.other)
      case UInt8(ascii: "Q"): pop(1); stack.append(.other)
      case UInt8(ascii: "d"), UInt8(ascii: "l"), UInt8(ascii: "t"), UInt8(ascii: "o"), 0x91:
        popToMark()
        stack.append(.other)
      case UInt8(ascii: "e"), UInt8(ascii: "u"), 0x90: popToMark()
      case 0x85: pop(1); stack.append(.other)
      case 0x86: pop(2); stack.append(.other)
      case 0x87: pop(3); stack.append(.other)
      case UInt8(ascii: "g"):
        let key = try line()
        stack.append(UInt64(key).flatMap { memo[$0] } ?? .other)
      case UInt8(ascii: "h"): stack.append(memo[try integer(1)] ?? .other)
      case UInt8(ascii: "j"): stack.append(memo[try integer(4)] ?? .other)
      case UInt8(ascii: "p"):
        let key = try line()
        if let number = UInt64(key), let value = stack.last { memo[number] = value }
      case UInt8(ascii: "q"): memorize(try integer(1))
      case UInt8(ascii: "r"): memorize(try integer(4))
      case 0x94: memorize(UInt64(memo.count))
      case 0x80: _ = try skip(1)
      case 0x82: addExtension(try integer(1))
      case 0x83: addExtension(try integer(2))
      case 0x84: addExtension(try integer(4))
      case 0x95: _ = try skip(8)
      case 0x98: break
      default:
        offset -= 1
        throw error("0x\(String(opcode, radix: 16)) is no opcode of a pickle")
      }
    }
    throw endOfBytes("the pickle has no STOP")
  }

  private mutating func memorize(_ key: UInt64) {
    if let value = stack.last { memo[key] = value }
  }

  /// Codes of `copyreg`'s registry stand for globals that only the process knows.
  private mutating func addExtension(_ code: UInt64) {
    add("copyreg", "extension \(code)")
    stack.append(.other)
  }

  private static func text(of value: Value?) -> String {
    if case .text(let text)? = value { text } else { "?" }
  }
}
