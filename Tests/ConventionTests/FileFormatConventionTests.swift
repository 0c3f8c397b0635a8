import TestSupport
import Testing

/// Names of formats stand in lockfiles, whose reader takes lower-case letters, digits and dashes.
@Suite struct FileFormatConventionTests {
  @Test func `a lockfile can hold the name of every format`() throws {
    let source = try ProjectFolder.text("Sources/Formats/FileKind/FileFormats.swift")
    let names = source.split(separator: "FileFormat(\"").dropFirst().compactMap {
      $0.split(separator: "\"", omittingEmptySubsequences: false).first
    }
    #expect(names.count > 50)
    for name in names {
      let isPlain = name.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
      }
      #expect(isPlain && !name.isEmpty, "\(name)")
    }
  }
}
