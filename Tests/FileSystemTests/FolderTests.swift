import FileSystem
import Glibc
import TestSupport
import Testing

@Suite struct FolderTests {
  @Test func `entries come in byte order with their kinds`() throws {
    let tree = try TemporaryFolder()
    for name in ["b", "B", "a.txt", ".hidden", "é", "a"] { try tree.write("x", to: name) }
    try tree.folder("c")
    try tree.link("link", to: "nowhere")
    tree.fifo("fifo")
    let entries = try tree.opened().entries()
    #expect(
      entries.map { String(decoding: $0.name, as: UTF8.self) } == [
        ".hidden", "B", "a", "a.txt", "b", "c", "fifo", "link", "é",
      ])
    let kinds = Dictionary(grouping: entries, by: \.kind).mapValues(\.count)
    #expect(kinds == [.file: 6, .folder: 1, .fifo: 1, .link: 1])
  }

  @Test func `names of any bytes are listed and opened`() throws {
    let tree = try TemporaryFolder()
    let names: [[UInt8]] = [
      [0xFF, 0xFE], Array("two\nlines".utf8), [0x1B, 0x5B, 0x33, 0x31, 0x6D],
    ]
    for name in names {
      let path = Array(tree.path.utf8) + [UInt8(ascii: "/")] + name + [0]
      let number = unsafe path.withUnsafeBytes {
        unsafe open($0.bindMemory(to: CChar.self).baseAddress!, O_CREAT | O_WRONLY, 0o644)
      }
      #expect(number >= 0)
      close(number)
    }
    let folder = try tree.opened()
    #expect(Set(try folder.entries().map(\.name)) == Set(names))
    for name in names { #expect(try folder.openFile(name[...]).facts.size == 0) }
  }

  @Test func `a link is never followed`() throws {
    let tree = try TemporaryFolder()
    try tree.write("secret", to: "outside/secret")
    try tree.link("file", to: "outside/secret")
    try tree.link("folder", to: "outside")
    let folder = try tree.opened()
    let file = #expect(throws: FileSystemError.self) { _ = try folder.openFile("file".name) }
    guard case .unexpectedKind(_, .file, .link) = file else { throw try #require(file) }
    let inner = #expect(throws: FileSystemError.self) { _ = try folder.openFolder("folder".name) }
    guard case .unexpectedKind(_, .folder, .link) = inner else { throw try #require(inner) }
    #expect(try folder.facts(of: "file".name)?.kind == .link)
    #expect(try folder.linkTarget("file".name) == Array("outside/secret".utf8))
  }

  @Test func `what would block or act when opened is refused`() throws {
    let tree = try TemporaryFolder()
    tree.fifo("fifo")
    tree.socket("socket")
    try tree.folder("folder")
    let folder = try tree.opened()
    let fifo = #expect(throws: FileSystemError.self) { _ = try folder.openFile("fifo".name) }
    guard case .special(_, .fifo) = fifo else { throw try #require(fifo) }
    let socket = #expect(throws: FileSystemError.self) { _ = try folder.openFile("socket".name) }
    guard case .special(_, .socket) = socket else { throw try #require(socket) }
    let inner = #expect(throws: FileSystemError.self) { _ = try folder.openFile("folder".name) }
    guard case .unexpectedKind(_, .file, .folder) = inner else { throw try #require(inner) }
  }

  @Test(arguments: ["", ".", "..", "a/b", "/etc/passwd", "a\0b"])
  func `a name that is no plain component is refused`(name: String) throws {
    let tree = try TemporaryFolder()
    let folder = try tree.opened()
    #expect(throws: FileSystemError.self) { _ = try folder.openFile(name.name) }
    #expect(throws: FileSystemError.self) { _ = try folder.openFolder(name.name) }
  }

  @Test func `what is missing is told from what is denied`() throws {
    let tree = try TemporaryFolder()
    let folder = try tree.opened()
    let error = #expect(throws: FileSystemError.self) { _ = try folder.openFile("none".name) }
    #expect(error?.isMissing == true)
    #expect(error?.isDenied == false)
    #expect(try folder.facts(of: "none".name) == nil)
    #expect(throws: FileSystemError.self) { _ = try Folder.open(try tree.systemPath("none")) }
  }

  @Test func `facts tell every change`() throws {
    let tree = try TemporaryFolder()
    try tree.write("abc", to: "file")
    let folder = try tree.opened()
    let before = try #require(try folder.facts(of: "file".name))
    #expect(before.size == 3 && !before.isExecutable)
    #expect(before.change(to: before) == nil)
    unsafe chmod(tree.path("file"), 0o755)
    let executable = try #require(try folder.facts(of: "file".name))
    #expect(executable.isExecutable)
    #expect(before.change(to: executable) == .modified)
    try tree.write("abcd", to: "other")
    try tree.remove("file")
    try tree.move("other", to: "file")
    let replaced = try #require(try folder.facts(of: "file".name))
    #expect(before.change(to: replaced) == .replaced)
  }
}
