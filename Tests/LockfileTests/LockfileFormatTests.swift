import Core
import Lockfile
import TestSupport
import Testing

@Suite struct LockfileFormatTests {
  @Test func `the layout is the golden one`() throws {
    try expectGolden(
      LockfileWriter.write(SampleLockfile.make()), at: "lockfiles/samples/everything.lock")
    let empty = try Lockfile(generator: "modelpin 0.1.0", source: nil, exclude: [], entries: [])
    try expectGolden(LockfileWriter.write(empty), at: "lockfiles/samples/empty.lock")
  }

  @Test func `what was written reads the same and writes the same`() throws {
    let lockfile = try SampleLockfile.make()
    let bytes = LockfileWriter.write(lockfile)
    let read = try LockfileReader.read(bytes)
    #expect(read == lockfile)
    #expect(LockfileWriter.write(read) == bytes)
  }

  @Test func `every stored lockfile reads and writes the same bytes`() throws {
    var count = 0
    for folder in ["Fixtures/lockfiles", "Lockfiles"] {
      for file in ProjectFolder.files(below: folder) where file.hasSuffix(".lock") {
        let bytes = try ProjectFolder.bytes("\(folder)/\(file)")
        #expect(try LockfileWriter.write(LockfileReader.read(bytes)) == bytes, "\(folder)/\(file)")
        count += 1
      }
    }
    #expect(count >= 2)
  }

  @Test func `the pin is the digest of its documented lines`() throws {
    let zeros = String(repeating: "03", count: 32)
    let lockfile = try Lockfile(
      generator: "any", source: nil, exclude: ["b/**", "a"],
      entries: [
        try SampleLockfile.file("z.sh", 3, executable: true),
        try SampleLockfile.file("a b/é.py", 3),
        try SampleLockfile.link("a-link", to: "z.sh"),
      ])
    // `printf z.sh | sha256sum`
    let target = "47ef1d8f8272adeb3f521e0793186f9ccacaf15666444cbfead3d470c81fd298"
    let lines = """
      exclude a
      exclude b/**
      file \(zeros) a b/é.py
      link \(target) a-link
      exec \(zeros) z.sh

      """
    let sum = try Subprocess.run(["sha256sum"], input: lines).output.prefix(64)
    #expect(lockfile.pin.hex == sum)
  }

  @Test func `the pin does not depend on roles, formats or the program's version`() throws {
    let one = try Lockfile(
      generator: "modelpin 1", source: nil, exclude: [],
      entries: [try SampleLockfile.file("a", 1, role: .code, format: "python")])
    let two = try Lockfile(
      generator: "modelpin 2", source: nil, exclude: [],
      entries: [try SampleLockfile.file("a", 1, role: .other, format: nil)])
    #expect(one.pin == two.pin)
  }

  @Test func `a lockfile without checkpoints is the same but for them`() throws {
    let text = String(decoding: LockfileWriter.write(try SampleLockfile.make()), as: UTF8.self)
    let cut = try #require(text.firstRange(of: ",\n  \"checkpoints\""))
    let read = try LockfileReader.read(Array((text[..<cut.lowerBound] + "\n}\n").utf8))
    #expect(read.entries.allSatisfy { $0.file?.checkpoints.isEmpty ?? true })
    #expect(try read.pin == SampleLockfile.make().pin)
  }

  @Test func `white space and the order of keys are free`() throws {
    let text = String(decoding: LockfileWriter.write(try SampleLockfile.make()), as: UTF8.self)
      .replacing("\n", with: "\r\n").replacing(
        "\"type\":\"file\",\"executable\":true", with: "\"executable\" : true ,\t\"type\":\"file\"")
    #expect(try LockfileReader.read(Array(text.utf8)) == SampleLockfile.make())
  }
}
