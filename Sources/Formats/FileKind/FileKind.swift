package import Core

/// What a file is: by content first, by name second.
package struct FileKind: Hashable, Sendable {
  package var role: Role
  /// What the content shows; the name's word where the format has no mark of its own.
  package var format: FileFormat?
  /// Everything that content and name claim, each to be analysed.
  package var claims: FileClaims

  package init(_ role: Role, _ format: FileFormat?, _ claims: FileClaims = []) {
    self.role = role
    self.format = format
    self.claims = claims
  }

  /// How many bytes of a file's beginning `identify` can make use of.
  package static let headSize = 4096

  /// Tells what a file is.
  ///
  /// - Parameters:
  ///   - path: the path below the root; folders count for some names (`.github/workflows`).
  ///   - head: the file's beginning: all of it, or at least `headSize` bytes.
  ///   - size: bytes of the whole file.
  package static func identify(path: [UInt8], head: Span<UInt8>, size: UInt64) -> FileKind {
    let named = NamedKind.find(path: path)
    let content = ContentKind.find(in: head, size: size, suffix: named.suffix)
    switch content {
    case .known(var kind):
      kind.claims.formUnion(named.kind?.claims ?? [])
      if kind.format == .hdf5 || kind.format == .zip || kind.format == .tar {
        kind = specific(kind, by: named)
      }
      return kind
    case .text(let shown):
      return text(named, shown)
    case .empty:
      guard var kind = named.kind else { return FileKind(.other, nil) }
      if named.needsMagic { kind.format = nil }
      return kind
    case .binary:
      guard var kind = named.kind else { return FileKind(.other, nil) }
      // Known texts that hold binary bytes are still analysed as what their name says. Where that
      // is no more than "data", nothing that reads texts takes a NUL.
      if named.needsMagic { kind.format = nil }
      if named.isVague, kind.role == .data, head.holdsNUL { kind.claims.remove(.text) }
      return kind
    }
  }

  /// What the name alone says: for files that are left out of a tree.
  package static func named(_ path: [UInt8]) -> FileKind? {
    NamedKind.find(path: path).kind
  }

  /// A container whose content does not tell what it is for takes the name's word.
  private static func specific(_ kind: FileKind, by named: NamedKind) -> FileKind {
    guard let wanted = named.kind else { return kind }
    var kind = kind
    switch (kind.format, wanted.format) {
    case (.zip?, .wheel?), (.zip?, .torchServe?), (.zip?, .keras?), (.zip?, .skops?),
      (.zip?, .numpyZip?), (.zip?, .jar?), (.zip?, .pytorchExport?), (.tar?, .nemo?),
      (.zip?, .nemo?):
      kind.role = wanted.role
      kind.format = wanted.format
    default: break
    }
    return kind
  }

  /// A text: the name decides unless the content shows more.
  private static func text(_ named: NamedKind, _ shown: FileKind?) -> FileKind {
    guard var kind = named.kind else { return shown ?? FileKind(.other, .text, [.text]) }
    guard let shown else {
      if kind.claims.contains(.pathLines) {
        // `x.pth` is weights or lines that `site` executes; a text can only be the latter.
        return FileKind(.code, .pathLines, [.pathLines, .pickle, .text])
      }
      if named.needsMagic {
        kind.format = .text
        kind.claims.insert(.text)
      }
      return kind
    }
    let claims = kind.claims.union(shown.claims)
    switch shown.format {
    case .lfsPointer?:
      // It stands for what the name says, which was never fetched.
      return FileKind(kind.role, .lfsPointer, claims)
    case .openVINO?, .pmml?: return FileKind(shown.role, shown.format, claims)
    default: break
    }
    // `run` says nothing, `run.txt` little; a shebang or a pickle's opcodes say more.
    if named.needsMagic || named.isVague || named.isBinary {
      kind = shown
    }
    kind.claims = claims
    return kind
  }

  /// What a zip is, by the names of all its members; `kind` is what is known so far.
  package func refined(zipMembers names: some Sequence<[UInt8]>, path: [UInt8]) -> FileKind {
    var traits = ZipTraits()
    for name in names { traits.add(name.span) }
    guard var kind = traits.kind else { return self }
    kind.claims.formUnion(claims)
    return FileKind.specific(kind, by: NamedKind.find(path: path))
  }
}

extension Span<UInt8> {
  /// Whether one of the first `FileKind.headSize` bytes is NUL.
  fileprivate var holdsNUL: Bool {
    for index in 0..<Swift.min(count, FileKind.headSize) where self[index] == 0 { return true }
    return false
  }
}
