import Core
import JSON
import TestSupport
import Testing

@Suite struct JSONParserTests {
  /// Renders a value with its places left out.
  private func compact(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    write(value, to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func write(_ value: JSONValue, to writer: inout JSONWriter) {
    switch value.kind {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .number(let number): writer.number(number)
    case .string(let text): writer.string(text)
    case .array(let elements):
      writer.beginArray()
      for element in elements { write(element, to: &writer) }
      writer.endArray()
    case .object(let object):
      writer.beginObject()
      for member in object.members {
        writer.key(member.key)
        write(member.value, to: &writer)
      }
      writer.endObject()
    }
  }

  @Test(arguments: [
    ("{}", "{}"),
    ("[]", "[]"),
    (" [ 1 , 2 ] \n", "[1,2]"),
    ("0", "0"),
    ("-0", "-0"),
    ("1e400", "1e400"),
    ("-12.50E+07", "-12.50E+07"),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
    ("true", "true"),
    ("null", "null"),
    (#""a\/b""#, #""a/b""#),
    (#""\u0041\u00e9\ud83d\ude00""#, #""Aé😀""#),
    (#""tab\tquote\"""#, #""tab\tquote\"""#),
    (#"{"a":{"b":[null,{"c":false}]},"d":""}"#, #"{"a":{"b":[null,{"c":false}]},"d":""}"#),
    ("{\"\u{E9}\":1,\"e\u{301}\":2}", "{\"\u{E9}\":1,\"e\u{301}\":2}"),
  ])
  func `valid documents keep their content`(text: String, expected: String) throws {
    #expect(try compact(JSONParser.parse(Array(text.utf8))) == expected)
  }

  @Test(arguments: [
    ("", "line 1, column 1: the text ends where a value has to follow"),
    ("   \n", "line 2, column 1: the text ends where a value has to follow"),
    ("{", "line 1, column 2: the text ends where a key in quotes has to follow"),
    ("[1,]", "line 1, column 4: `]` stands where a value has to"),
    ("[1 2]", "line 1, column 4: `2` stands where `,` or `]` has to"),
    ("[,1]", "line 1, column 2: `,` stands where a value has to"),
    (#"{"a":1,}"#, "line 1, column 8: `}` stands where a key in quotes has to"),
    (#"{"a" 1}"#, "line 1, column 6: `1` stands where `:` has to"),
    (#"{"a":1]"#, "line 1, column 7: `]` stands where `,` or `}` has to"),
    (#"{a:1}"#, "line 1, column 2: `a` stands where a key in quotes has to"),
    ("{'a':1}", "line 1, column 2: `'` stands where a key in quotes has to"),
    ("01", "line 1, column 1: a number is malformed"),
    ("1.", "line 1, column 1: a number is malformed"),
    (".5", "line 1, column 1: `.` stands where a value has to"),
    ("+1", "line 1, column 1: `+` stands where a value has to"),
    ("1e", "line 1, column 1: a number is malformed"),
    ("0x10", "line 1, column 1: a number is malformed"),
    ("-", "line 1, column 1: a number is malformed"),
    ("NaN", "line 1, column 1: `N` stands where a value has to"),
    ("-Infinity", "line 1, column 1: a number is malformed"),
    ("tru", "line 1, column 4: the text ends where `true` has to follow"),
    ("nul!", "line 1, column 4: `!` stands where `null` has to"),
    (#""abc"#, "line 1, column 1: the text ends where the closing quote of a string has to follow"),
    ("\"a\nb\"", "line 1, column 3: a string holds a raw control character"),
    (#""\x""#, "line 1, column 2: a backslash is followed by no known escape"),
    (#""\u12g4""#, "line 1, column 2: a backslash is followed by no known escape"),
    (#""\ud800""#, "line 1, column 2: an escape names half of a surrogate pair"),
    (#""\udc00\ud800""#, "line 1, column 2: an escape names half of a surrogate pair"),
    (#""\ud800\u0041""#, "line 1, column 2: an escape names half of a surrogate pair"),
    ("1 1", "line 1, column 3: something follows the end of the document"),
    ("{}\n\n]", "line 3, column 1: something follows the end of the document"),
    (#"{"a":1,"b":2,"a":3}"#, "line 1, column 14: the key `a` stands twice in one object"),
    (#"{"a":1,"\u0061":3}"#, "line 1, column 8: the key `a` stands twice in one object"),
    ("\u{FEFF}{}", "line 1, column 1: byte 239 stands where a value has to"),
    ("// c\n1", "line 1, column 1: `/` stands where a value has to"),
  ])
  func `malformed documents name place and reason`(text: String, message: String) {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8)) }
    #expect(error?.description == message)
  }

  @Test(
    arguments: [
      [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
      [0x22, 0xE2, 0x82, 0x22], [0x22, 0xFF, 0x22], [0x22, 0x80, 0x22], [0x22, 0xC3],
    ] as [[UInt8]])
  func `malformed UTF-8 is refused`(bytes: [UInt8]) {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(bytes) }
    #expect(error?.reason == .notUTF8)
  }

  @Test func `the lenient reader takes what Python writes`() throws {
    let text = "\u{FEFF}" + #"{"a": NaN, "b": [Infinity, -Infinity], "c": "\ud800x", "a": 1}"#
    let value = try JSONParser.parse(Array(text.utf8), .lenient)
    let object = try #require(value.object)
    #expect(object.members.count == 4)
    #expect(object.duplicates == [3])
    #expect(object["a"]?.number?.integer == 1)
    #expect(object["b"]?.array?.last?.number?.double == -.infinity)
    #expect(object["c"]?.string == "\u{FFFD}x")
    #expect(object["d"] == nil)
  }

  @Test func `large objects find the last of two keys`() throws {
    let members = (0..<100).map { #""k\#($0 % 90)":\#($0)"# }.joined(separator: ",")
    let object = try #require(JSONParser.parse(Array("{\(members)}".utf8), .lenient).object)
    #expect(object.duplicates == Array(90..<100))
    #expect(object["k3"]?.number?.integer == 93)
    #expect(object["k50"]?.number?.integer == 50)
  }

  @Test func `values know their place`() throws {
    let text = "{\n  \"a\": [1,\n    \"x\\ny\"]\n}"
    let bytes = Array(text.utf8)
    let value = try JSONParser.parse(bytes)
    let string = try #require(value["a"]?.array?.last)
    #expect(string.position == TextPosition(line: 3, column: 5))
    #expect(String(decoding: bytes[string.range], as: UTF8.self) == #""x\ny""#)
    let member = try #require(value.object?.members.first)
    #expect(member.keyPosition == TextPosition(line: 2, column: 3))
    #expect(value["a"]?.position == TextPosition(line: 2, column: 8))
    #expect(value.range == 0..<bytes.count)
  }

  @Test func `escapes map decoded offsets back to the document`() throws {
    let bytes = Array(#"["a\nb\u00e9\ud83d\ude00c"]"#.utf8)
    let value = try #require(JSONParser.parse(bytes).array?.first)
    let text = try #require(value.text(in: bytes))
    #expect(text.string(in: bytes) == "a\nbé😀c")
    #expect(
      text.escapes(in: bytes) == [
        JSONEscape(source: 3, sourceLength: 2, decoded: 1, decodedLength: 1),
        JSONEscape(source: 6, sourceLength: 6, decoded: 3, decodedLength: 2),
        JSONEscape(source: 12, sourceLength: 12, decoded: 5, decodedLength: 4),
      ])
  }

  @Test func `depth is limited and a deep document does no harm`() throws {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(deep) }
    #expect(error?.reason == .tooDeep(limit: 200))
    let fits = Array((String(repeating: "[", count: 200) + String(repeating: "]", count: 200)).utf8)
    _ = try JSONParser.parse(fits)
  }

  @Test func `size is limited`() {
    var options = JSONOptions.strict
    options.sizeLimit = 3
    let error = #expect(throws: JSONError.self) {
      try JSONParser.parse(Array("1234".utf8), options)
    }
    #expect(error?.reason == .tooLarge(limit: 3))
  }

  @Test func `a skipped value leaves the reader behind it`() throws {
    var reader = try JSONReader(Array(#"{"a":[{"b":[1]},2],"c":3}"#.utf8), .strict)
    #expect(try reader.next() == .beginObject)
    guard case .key = try reader.next() else { throw CancellationError() }
    let value = try reader.next()
    try reader.skip(value)
    guard case .key(let key) = try reader.next() else { throw CancellationError() }
    #expect(key.equals(Array("c".utf8), in: reader.bytes))
  }

  @Test func `mutated documents are read or refused, never more`() throws {
    let seed = Array(
      #"{"a":[1,-2.5e3,true,null,"x\u00e9\ud83d\ude00\n"],"b":{"c":{},"d":[[],[[]]]}}"#.utf8)
    var random = TestRandom(seed: 7)
    var accepted = 0
    for _ in 0..<4000 {
      var bytes = seed
      for _ in 0...Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
        }
        if bytes.isEmpty { bytes = [0] }
      }
      for options in [JSONOptions.strict, .lenient] {
        guard let value = try? JSONParser.parse(bytes, options) else { continue }
        accepted += 1
        // What was read can be written, and reads the same again.
        let text = compact(value)
        #expect(try compact(JSONParser.parse(Array(text.utf8), .lenient)) == text)
      }
    }
    #expect(accepted > 100)
  }
}
