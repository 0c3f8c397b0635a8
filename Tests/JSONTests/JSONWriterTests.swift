import JSON
import Testing

@Suite struct JSONWriterTests {
  private func example(indent: Int?) -> String {
    var writer = JSONWriter(indent: indent)
    writer.beginObject()
    writer.member("name", "a\"b\\c\n")
    writer.member("size", UInt64.max)
    writer.member("good", true)
    writer.key("list")
    writer.beginArray()
    writer.null()
    writer.number(JSONNumber("1.50"))
    writer.beginObject()
    writer.endObject()
    writer.endArray()
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func `compact text stands on one line`() {
    #expect(
      example(indent: nil)
        == #"{"name":"a\"b\\c\n","size":18446744073709551615,"good":true,"list":[null,1.50,{}]}"#)
  }

  @Test func `indented text has a line for every member`() {
    #expect(
      example(indent: 2) == #"""
        {
          "name": "a\"b\\c\n",
          "size": 18446744073709551615,
          "good": true,
          "list": [
            null,
            1.50,
            {}
          ]
        }
        """#)
  }

  @Test(arguments: [
    ("é漢😀", "\"é漢😀\""),
    ("\u{0}\u{1B}[31m", #""\u0000\u001b[31m""#),
    ("\u{202E}evil\u{2066}", #""\u202eevil\u2066""#),
    ("\u{7F}\u{85}\u{FEFF}\u{200B}", #""\u007f\u0085\ufeff\u200b""#),
  ])
  func `text that could deceive a reader is escaped`(text: String, expected: String) throws {
    var bytes: [UInt8] = []
    JSONWriter.append(text, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
    #expect(try JSONParser.parse(bytes).string == text)
  }
}
