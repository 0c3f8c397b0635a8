import TestSupport
import Testing

/// Promises about the sources of the shipped program.
struct SourceConventionTests {
  private static let files = ProjectFolder.files(below: "Sources").filter { $0.hasSuffix(".swift") }

  private func texts() throws -> [(path: String, text: SwiftText)] {
    try Self.files.map { ($0, SwiftText(try ProjectFolder.text("Sources/\($0)"))) }
  }

  @Test func `unsafe stands in few small places`() throws {
    let allowed = ["FileSystem/", "Hashing/", "Archives/", "Languages/YAML/"]
    for (path, text) in try texts() where !allowed.contains(where: path.hasPrefix) {
      #expect(!text.words.contains("unsafe"), "\(path)")
    }
  }

  @Test func `Foundation stays out, and the C library stands where the system is called`() throws {
    let allowed = ["FileSystem/", "Hashing/", "Archives/", "modelpin/"]
    for (path, text) in try texts() {
      #expect(!text.imports.contains("Foundation"), "\(path)")
      if text.imports.contains("Glibc") {
        #expect(allowed.contains(where: path.hasPrefix), "\(path)")
      }
    }
  }

  @Test func `nothing ends the process or prints behind a command's back`() throws {
    for (path, text) in try texts() {
      for call in ["fatalError(", "preconditionFailure(", "print(", "debugPrint(", "try!", "as!"] {
        // A method may be called `print` or the like.
        let found = text.code.split(separator: call, omittingEmptySubsequences: false).dropLast()
          .contains { before in
            guard let last = before.last else { return true }
            return !(last.isLetter || last.isNumber || last == "." || last == "_")
          }
        #expect(!found, "\(path): \(call)")
      }
    }
  }

  @Test func `nothing is left to do`() throws {
    for file in Self.files {
      let text = try ProjectFolder.text("Sources/\(file)")
      #expect(!text.contains("TODO") && !text.contains("FIXME"), "\(file)")
    }
  }

  /// Which modules a target may import; what is not listed here is not restricted.
  private static let arrows: [(folder: String, modules: Set<Substring>)] = [
    ("Core", []),
    ("JSON", ["Core"]),
    ("Languages", ["Core", "JSON", "CYAML"]),
    ("Formats", ["Core", "JSON", "Languages"]),
    ("Rules", ["Core", "JSON", "Languages", "Formats"]),
    ("Lockfile", ["Core", "JSON", "Hashing"]),
    ("Reporting", ["Core", "JSON", "Rules", "Lockfile", "Engine"]),
  ]

  @Test func `imports go down only`() throws {
    let own: Set<Substring> = [
      "Core", "JSON", "FileSystem", "Hashing", "Archives", "Languages", "Formats", "Inventory",
      "Rules", "Lockfile", "Engine", "Reporting", "Commands", "COpenSSL", "CArchive", "CYAML",
    ]
    for (path, text) in try texts() {
      let folder = path.prefix { $0 != "/" }
      guard let arrow = Self.arrows.first(where: { $0.folder == folder }) else { continue }
      for module in text.imports where own.contains(module) {
        #expect(arrow.modules.contains(module), "\(path) imports \(module)")
      }
    }
  }

  @Test func `a C library is imported by one target`() throws {
    let homes = ["COpenSSL": "Hashing/", "CArchive": "Archives/", "CYAML": "Languages/YAML/"]
    for (path, text) in try texts() {
      for (library, home) in homes where text.imports.contains(library[...]) {
        #expect(path.hasPrefix(home), "\(path) imports \(library)")
      }
    }
  }
}
