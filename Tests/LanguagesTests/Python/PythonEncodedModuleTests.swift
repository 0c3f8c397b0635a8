import Core
import Languages
import Testing

/// Places in files whose text is not their bytes.
@Suite struct PythonEncodedModuleTests {
  /// Each scalar of `file` is one byte.
  private static func program(_ file: String) throws -> PythonProgram {
    let path = try RelativePath("load.py")
    let bytes = file.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    return PythonProgram(
      Repository(
        entries: [],
        sources: [
          SourceFile(
            path: path, entry: path, role: .code, format: nil, isExecutable: false, bytes: bytes,
            isWhole: true)
        ]))
  }

  @Test(arguments: [
    ("# coding: latin-1\nx = 'a'; exec(x)\n", 2, 10),
    ("# coding: latin-1\n# \u{E9}\nx = '\u{E9}\u{E8}a'; exec(x)\n", 3, 12),
    ("# coding: gbk\nx = '\u{C4}\u{E3}a'\ny = '\u{BA}\u{C3}'; exec(x)\n", 3, 11),
    ("# coding: utf_7\nx = '+AGE-'; exec(x)\n", 2, 14),
    ("# coding: utf_7\n# +AAo-exec(b)\n", 2, 8),
    ("# coding: unicode_escape\n# \\n\\nexec(b)\nx = 1\nexec(c)", 2, 7),
    ("# coding: unicode_escape\n# \\x41\nx = 1\nexec(c)", 4, 1),
  ])
  func `places are those of the file`(_ file: String, _ line: Int, _ column: Int) throws {
    let call = try #require(Self.program(file).calls.first)
    #expect(call.location.start == TextPosition(line: line, column: column))
  }

  @Test(arguments: [
    "# coding: utf_7\nx = '+", "# coding: utf_7\n+AAoA", "# coding: utf_7\n+2D0-\n+////-",
    "# coding: unicode_escape\n\\", "# coding: unicode_escape\n\\u12",
    "# coding: unicode_escape\n\\x",
    "# coding: unicode_escape\n\\U00110000 \\ud800 \\777", "# coding: raw_unicode_escape\n\\\\u\\u",
    "# coding: utf_7\n\u{FF}\u{FE}", "# coding: rot13\n\\u0041",
  ])
  func `a broken escape harms nothing`(_ file: String) throws {
    _ = try Self.program(file).damage
  }
}
