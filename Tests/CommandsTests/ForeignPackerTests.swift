import Foundation
import TestSupport
import Testing

/// Marks of packers for which some readers of archives start a program. Whoever publishes a model
/// chooses its bytes, so nothing may ever be started for them.
struct ForeignPackerTests {
  /// What an unpacking library or a careless shell line might start.
  private static let programs = [
    "lrzip", "lzop", "grzip", "gzip", "bzip2", "xz", "lzma", "lz4", "zstd", "compress",
    "uncompress", "uudecode", "unzip", "7z", "unrar", "tar", "sh",
  ]

  static let marks: [(name: String, bytes: [UInt8])] = [
    ("x.lrz", Array("LRZI\0\u{6}".utf8)),
    ("x.lzo", [0x89, 0x4C, 0x5A, 0x4F, 0, 0x0D, 0x0A, 0x1A, 0x0A, 0x10, 0x40, 0x20, 0xA0]),
    ("x.grz", Array("GRZipII\0\u{2}\u{4}:)".utf8)),
    ("x.Z", [0x1F, 0x9D, 0x90]),
    ("x.uu", Array("begin 644 x\n#86)C\n`\nend\n".utf8)),
    ("x.rar", Array("Rar!\u{1A}\u{7}\0".utf8)),
  ]

  @Test(arguments: marks)
  func `no mark starts a program`(mark: (name: String, bytes: [UInt8])) throws {
    let folder = try TemporaryFolder()
    for program in Self.programs {
      try folder.write(
        "#!/bin/bash\necho started > \"\(folder.path("started"))-${0##*/}\"\n",
        to: "bin/\(program)", isExecutable: true)
    }
    let environment = ["PATH": folder.path("bin")]
    // The trap works, or the test would say nothing.
    let trap = try Subprocess.run([folder.path("bin/lrzip")])
    #expect(trap.status == 0)
    #expect(folder.exists("started-lrzip"))
    try folder.remove("started-lrzip")

    let bytes = mark.bytes + [UInt8](repeating: 0, count: 2048)
    try folder.write(bytes, to: "tree/\(mark.name)")
    // Inside of what is unpacked in the tree, too.
    try folder.write(storedGzip(bytes), to: "tree/\(mark.name).gz")
    try folder.write(bytes, to: "\(mark.name).tar")
    func run(_ words: String...) throws -> Int32 {
      try BuiltProgram.run(words, in: folder.path, environment: environment).status
    }
    #expect(try run("lock", "tree") == 0)
    #expect(try run("verify", "tree") == 0)
    #expect(try [0, 1].contains(run("scan", "tree")))
    for name in ["\(mark.name).tar", "tree/\(mark.name)"] {
      for reading in ["file", "archive"] {
        let status = try run("lock", name, "--output", "\(reading).lock", "--as", reading)
        // As an archive it cannot be read; as a file it is one like any other.
        #expect(status == (reading == "file" ? 0 : 3))
        if reading == "file" { try folder.remove("file.lock") }
      }
    }
    _ = try run("lock", "\(mark.name).tar", "--output", "undecided.lock")
    _ = try run("inspect", "\(mark.name).tar")
    let started = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasPrefix("started")
    }
    #expect(started == [])
  }
}
