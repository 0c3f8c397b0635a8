import Languages
import Testing

@Suite struct PythonSourceTests {
  @Test(arguments: [
    ("# coding: latin-1\nx = '\u{E9}'", PythonEncoding.Kind.singleByte, "latin_1", "é"),
    ("#!/usr/bin/python\n# -*- coding: cp1252 -*-\nx = '\u{80}'", .singleByte, "cp1252", "€"),
    ("# vim: set fileencoding=koi8-r :\nx = '\u{C1}'", .singleByte, "koi8_r", "а"),
    ("\n\n# coding: latin-1\nx = 'a'", .utf8, "utf_8", "a"),
    ("x = 'a'\n# coding: latin-1", .utf8, "utf_8", "a"),
    ("# coding: UTF_8\rx = 'a'", .utf8, "utf_8", "a"),
    ("# encoding: cp932\nx = '\u{83}\\'", .multiByte, "cp932", "\u{FFFD}"),
    ("# coding: utf_7\nx = 'a'", .transforming, "utf_7", "a"),
    ("# coding: unicode-escape\nx = 'a'", .transforming, "unicode_escape", "a"),
    ("# coding: raw_unicode_escape\nx = 'a'", .transforming, "raw_unicode_escape", "a"),
    ("# coding: ROT13\nx = 'a'", .transforming, "rot_13", "n"),
    ("# coding: utf_7\nx = '+AGE-+-'", .transforming, "utf_7", "a+"),
    ("# coding: unicode_escape\nx \\x3d '\\141\\u0062'", .transforming, "unicode_escape", "ab"),
    (
      "# coding: raw_unicode_escape\nx = '\u{E9}\\U00000061'", .transforming,
      "raw_unicode_escape", "éa"
    ),
    ("# coding: utf-16\nx = 'a'", .refused, "utf_16", "a"),
    ("# -*- coding: future_fstrings -*-\nx = 'a'", .unknown, "future_fstrings", "a"),
  ])
  func `declared encodings are those of CPython`(
    _ source: String, _ kind: PythonEncoding.Kind, _ codec: String, _ value: String
  ) {
    // Each scalar of the argument is one byte of the file.
    let file = source.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let tree = PythonSyntaxTree.parse(file: file)
    #expect(tree.encoding.kind == kind)
    #expect(tree.encoding.codec == codec)
    let strings = tree.allNodes.filter { tree.kind($0) == .string }.map(tree.stringValue)
    #expect(strings == [value])
    let isSound = kind != .refused && kind != .unknown
    #expect(tree.damages.isEmpty == isSound)
    if let range = tree.encoding.range {
      #expect(String(decoding: file[range], as: UTF8.self) == tree.encoding.name)
    }
  }

  @Test(arguments: [
    ([0x78, 0xFF], "text that is not UTF-8"),
    ([0xFF, 0xFE, 0x78, 0x00], "UTF-16, which Python does not read"),
    (
      [0xEF, 0xBB, 0xBF] + Array("# coding: latin-1\n".utf8),
      "byte-order mark of UTF-8 in a file of another encoding"
    ),
    (Array("# coding: ascii\n'".utf8) + [0xE9, 0x27], "byte outside of the encoding"),
  ])
  func `what CPython cannot decode is damage`(_ file: [UInt8], _ reason: String) {
    #expect(PythonSyntaxTree.parse(file: file).damage?.reason == reason)
  }

  @Test(arguments: [
    (#"'a\tb\x41\u00e9\U0001F600\101\0'"#, "a\tbAé😀A\0"),
    (#"'\q\'\"\\'"#, #"\q'"\"#),
    ("'a\\\nb'", "ab"),
    ("'''a\r\nb'''", "a\nb"),
    (#"'\N{LATIN SMALL LETTER E}\N{nothing such}'"#, #"e\N{nothing such}"#),
    (#"r'\n\''"#, #"\n\'"#),
    (#"'\ud800'"#, "\u{FFFD}"),
    (#"'\x4' 'b'"#, #"\x4b"#),
    (#"u'a' R"b""#, "ab"),
    (#"''"#, ""),
  ])
  func `literals have the values of Python`(_ source: String, _ value: String) {
    let tree = PythonSyntaxTree.parse(Array("\(source)\n".utf8))
    guard let statement = tree.body.first, case .expression(let node) = tree.statement(statement)
    else {
      Issue.record("no expression")
      return
    }
    #expect(tree.stringValue(node) == value)
    #expect(tree.bytesValue(node) == nil)
  }

  @Test(arguments: [
    ("b'a\\x00\\u1234\\377'", [0x61, 0, 0x5C, 0x75, 0x31, 0x32, 0x33, 0x34, 0xFF] as [UInt8]),
    ("Rb'\\n' b'c'", [0x5C, 0x6E, 0x63]),
  ])
  func `bytes have the values of Python`(_ source: String, _ value: [UInt8]) {
    let tree = PythonSyntaxTree.parse(Array(source.utf8))
    let node = tree.allNodes.last { tree.kind($0).isExpression }
    #expect(node.flatMap(tree.bytesValue) == value)
  }

  @Test(
    arguments: [
      ("0x1F", 31), ("1_000", 1000), ("0b101", 5), ("0o17", 15), ("0777", 511), ("12L", 12),
      ("00", 0), ("1.5", nil), ("99999999999999999999", nil), ("1j", nil),
    ] as [(String, Int?)])
  func `numbers have the values of Python`(_ source: String, _ value: Int?) {
    let tree = PythonSyntaxTree.parse(Array(source.utf8))
    let node = tree.allNodes.first { tree.kind($0) == .number }
    #expect(node.flatMap(tree.integerValue) == value)
  }

  @Test func `pieces of a literal cover its source`() {
    let tree = PythonSyntaxTree.parse(Array("'a\\tb\\\nc'".utf8))
    let node = tree.allNodes.first { tree.kind($0) == .string }
    #expect(
      node.map(tree.literalPieces) == [
        .verbatim(1..<2), .escape(2..<4, [9]), .verbatim(4..<5), .escape(5..<7, []),
        .verbatim(7..<8),
      ])
  }
}
