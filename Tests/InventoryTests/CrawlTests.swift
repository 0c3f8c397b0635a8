import Core
import Inventory
import TestSupport
import Testing

/// One line an entry: kind, digest's beginning or target, role and format, path.
func lines(_ result: CrawlResult) -> [String] {
  result.repository.entries.map { entry in
    switch entry.content {
    case .link(let target): "link \(String(decoding: target, as: UTF8.self)) \(entry.path)"
    case .file(let file):
      "\(file.isExecutable ? "exec" : "file") \(file.digest.hex.prefix(8)) \(file.role.rawValue) "
        + "\(file.format?.name ?? "-") \(entry.path)"
    }
  }
}

/// The crawl's error as text, or its entries.
func outcome(_ source: TreeSource, _ options: CrawlOptions = CrawlOptions()) -> String {
  do throws(CrawlError) {
    return lines(try crawl(source, options: options)).joined(separator: "\n")
  } catch {
    return "error: \(error)"
  }
}

@Suite struct CrawlTests {
  /// A small model with one of everything that has a role.
  static func model() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(safetensors(), to: "model.safetensors")
    try folder.write("{\"architectures\": [\"X\"]}", to: "config.json")
    try folder.write("{}", to: "tokenizer.json")
    try folder.write("import os\n", to: "modeling/model.py")
    try folder.write("#!/bin/sh\necho\n", to: "run", isExecutable: true)
    try folder.write("# Model\n", to: "README.md")
    try folder.write("MIT License\n", to: "LICENSE")
    try folder.write("torch==2.3.0\n", to: "requirements.txt")
    try folder.write("a,b\n", to: "data/table.csv")
    try folder.write([0x80, 4, 0x4E, 0x2E], to: "state.pkl")
    try folder.write("", to: ".hidden/empty")
    try folder.link("latest", to: "model.safetensors")
    return folder
  }

  static func safetensors() -> [UInt8] {
    let header = Array(#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#.utf8)
    return [UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header + [1, 2, 3, 4]
  }

  @Test func `a folder is listed in byte order with roles and formats`() throws {
    let folder = try Self.model()
    let result = try crawl(.directory(folder.path))
    #expect(
      lines(result).map { $0.split(separator: " ").dropFirst(2).joined(separator: " ") } == [
        "other - .hidden/empty", "license text LICENSE", "documentation markdown README.md",
        "configuration json config.json", "data csv data/table.csv", "latest",
        "weights safetensors model.safetensors", "code python modeling/model.py",
        "dependency-manifest requirements requirements.txt", "script shell run",
        "weights pickle state.pkl", "tokenizer json tokenizer.json",
      ])
    let sources = result.repository.sources.map(\.path.description)
    #expect(
      sources == [
        "LICENSE", "README.md", "config.json", "model.safetensors", "modeling/model.py",
        "requirements.txt", "run", "state.pkl", "tokenizer.json",
      ])
    #expect(result.repository.observations.isEmpty)
    #expect(result.repository.exclusions.isEmpty)
  }

  @Test(arguments: [1, 7])
  func `the number of workers changes nothing`(jobs: Int) throws {
    let folder = try Self.model()
    for index in 0..<300 { try folder.write("text \(index)", to: "many/\(index % 17)/f\(index)") }
    let one = outcome(.directory(folder.path), CrawlOptions(jobs: 1))
    #expect(outcome(.directory(folder.path), CrawlOptions(jobs: jobs)) == one)
  }

  @Test func `the root's git folder and the lockfile in use are left out, others are not`() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: ".git/HEAD")
    try folder.write("x", to: "sub/.git/HEAD")
    try folder.write("x", to: "modelpin.lock")
    try folder.write("x", to: ".modelpin.lock.tmp")
    try folder.write("x", to: "sub/modelpin.lock")
    let options = CrawlOptions(lockfile: try RelativePath("modelpin.lock"))
    let result = try crawl(.directory(folder.path), options: options)
    #expect(
      result.repository.entries.map(\.path.description) == ["sub/.git/HEAD", "sub/modelpin.lock"])
    #expect(
      result.repository.exclusions == [
        Exclusion(
          path: try RelativePath(".git"), isFolder: true, reason: .versionControl, role: nil),
        Exclusion(
          path: try RelativePath(".modelpin.lock.tmp"), isFolder: false, reason: .lockfile,
          role: nil),
        Exclusion(
          path: try RelativePath("modelpin.lock"), isFolder: false, reason: .lockfile,
          role: .configuration),
      ])
  }

  @Test func `patterns leave out files and folders, and say what was in them`() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "docs/a/guide.md")
    try folder.write("x", to: "docs/evil.py")
    try folder.write("x", to: "keep.py")
    let options = CrawlOptions(exclude: [try Glob("docs")])
    let result = try crawl(.directory(folder.path), options: options)
    #expect(result.repository.entries.map(\.path.description) == ["keep.py"])
    let left = result.repository.exclusions.map { "\($0.path) \($0.role?.rawValue ?? "-")" }
    #expect(left == ["docs -", "docs/a -", "docs/a/guide.md documentation", "docs/evil.py code"])
  }

  @Test func `everything that cannot be locked is named at once`() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "fine")
    let script = #"mkfifo a.pipe b.pipe && touch "$(printf 'a\nb')" "$(printf 'bad\377')""#
    #expect(try Subprocess.run(["sh", "-c", script], in: folder.path).status == 0)
    let text = outcome(.directory(folder.path))
    #expect(
      text == """
        error: a\\x0ab: the path holds a control character
        a.pipe: a FIFO, which cannot be hashed
        b.pipe: a FIFO, which cannot be hashed
        bad\\xff: the path is not UTF-8
        """)
  }

  @Test func `links are recorded, never followed, also in cycles and out of the tree`() throws {
    let folder = try TemporaryFolder()
    try folder.link("loop", to: ".")
    try folder.link("deep/up", to: "../deep")
    try folder.link("passwd", to: "/etc/passwd")
    #expect(
      outcome(.directory(folder.path)) == """
        link ../deep deep/up
        link . loop
        link /etc/passwd passwd
        """)
  }

  @Test func `300 levels are no trouble`() throws {
    let folder = try TemporaryFolder()
    let deep = Array(repeating: "d", count: 300).joined(separator: "/")
    try folder.write("x", to: "\(deep)/file")
    let result = try crawl(.directory(folder.path), options: CrawlOptions(jobs: 2))
    #expect(result.repository.entries.map(\.path.description) == ["\(deep)/file"])
    var options = CrawlOptions()
    options.limits.depth = 100
    #expect(outcome(.directory(folder.path), options).contains("more than 100 folders deep"))
  }

  @Test func `what names nothing says so`() throws {
    let folder = try TemporaryFolder()
    #expect(outcome(.directory(folder.path("gone"))).contains("no such file"))
    #expect(outcome(.file(folder.path("gone"))).contains("no such file"))
    #expect(throws: CrawlError.self) { try TreeSource.detect(folder.path("gone")) }
  }

  @Test func `a single file is a tree of one, also through a link`() throws {
    let folder = try Self.model()
    #expect(outcome(.file(folder.path("model.safetensors"))).hasSuffix(" model.safetensors"))
    let linked = outcome(.file(folder.path("latest")))
    #expect(linked.hasPrefix("file ") && linked.hasSuffix(" weights safetensors latest"))
  }
}
