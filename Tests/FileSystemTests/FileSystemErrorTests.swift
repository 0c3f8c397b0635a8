import FileSystem
import Glibc
import TestSupport
import Testing

@Suite struct FileSystemErrorTests {
  @Test func `messages name the path, the reason and the way out`() throws {
    let path = "model/weights.bin"
    let codes = [ENOENT, EACCES, ENOSPC, EROFS, EFBIG, EIO, EMFILE, ENAMETOOLONG, 4095]
    let changes: [FileChange] = [.grew, .shrank, .vanished, .replaced, .modified]
    let kinds: [EntryKind] = [
      .fifo, .socket, .characterDevice, .blockDevice, .unknown,
    ]
    let errors: [FileSystemError] =
      codes.map { .system(operation: "open", path: path, code: $0) }
      + kinds.map { .special(path: path, kind: $0) }
      + changes.map { .changedWhileRead(path: path, what: $0) } + [
        .unexpectedKind(path: path, expected: .file, found: .link),
        .unexpectedKind(path: path, expected: .folder, found: .file),
        .tooLarge(path: path, limit: 1000), .busy(path: path), .noProgram(name: "git"),
        .childOutputTooLarge(program: "git", limit: 1000),
      ]
    let text = errors.map { "error: \($0)\nhint: \($0.hint ?? "-")\n" }.joined()
    try expectGolden(text, at: "messages/filesystem-errors.txt")
  }
}
