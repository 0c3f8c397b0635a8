/// Everything that a file's content or name claims it to be: each claim has it analysed that way.
///
/// A file has one role and one format for the lockfile, but a hostile one may be two things at
/// once: a zip whose first bytes are a pickle, a shell script called `model.bin`.
package struct FileClaims: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// A pickle stream, by its first opcodes or by a name that loaders unpickle.
  package static let pickle = FileClaims(rawValue: 1 << 0)
  /// A zip: local headers at the start, or a name that says so.
  package static let zip = FileClaims(rawValue: 1 << 1)
  package static let tar = FileClaims(rawValue: 1 << 2)
  package static let sevenZip = FileClaims(rawValue: 1 << 3)
  /// A stream compressed by gzip, bzip2, xz, lzma, zstd, lz4 or zlib.
  package static let compressed = FileClaims(rawValue: 1 << 4)
  package static let python = FileClaims(rawValue: 1 << 5)
  /// A POSIX shell or bash script.
  package static let shell = FileClaims(rawValue: 1 << 6)
  /// Source or a script in a language other than Python and shell.
  package static let foreignCode = FileClaims(rawValue: 1 << 7)
  package static let notebook = FileClaims(rawValue: 1 << 8)
  package static let json = FileClaims(rawValue: 1 << 9)
  package static let yaml = FileClaims(rawValue: 1 << 10)
  package static let toml = FileClaims(rawValue: 1 << 11)
  package static let markdown = FileClaims(rawValue: 1 << 12)
  /// Declares dependencies, images, actions or hooks.
  package static let manifest = FileClaims(rawValue: 1 << 13)
  /// A text template such as Jinja.
  package static let template = FileClaims(rawValue: 1 << 14)
  /// Weights of a format whose header is worth reading.
  package static let weights = FileClaims(rawValue: 1 << 15)
  /// Byte code of CPython, the JVM or WebAssembly.
  package static let byteCode = FileClaims(rawValue: 1 << 16)
  /// An executable or library of an operating system.
  package static let native = FileClaims(rawValue: 1 << 17)
  /// A Git LFS pointer.
  package static let pointer = FileClaims(rawValue: 1 << 18)
  /// An archive that has no reader here (RAR, cabinet, cpio, …).
  package static let unreadableArchive = FileClaims(rawValue: 1 << 19)
  package static let xml = FileClaims(rawValue: 1 << 20)
  /// Other text worth reading whole: INI, properties, licenses, `.pth` lines, templates.
  package static let text = FileClaims(rawValue: 1 << 21)
  /// Lines that `site` executes at interpreter start (`.pth` in a Python path).
  package static let pathLines = FileClaims(rawValue: 1 << 22)

  /// What some loader would execute or turn into code.
  package static let loadable: FileClaims = [
    .pickle, .python, .shell, .foreignCode, .byteCode, .native, .notebook, .pathLines,
  ]
}
