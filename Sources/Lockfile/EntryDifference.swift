package import Core

/// One way in which a tree's entries differ from those expected.
///
/// A file whose bytes and executable bit both differ gives two differences.
package struct EntryDifference: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A file's bytes differ.
    case content(expected: FileRecord, found: FileRecord)
    /// Expected, and not there.
    case missing(Entry.Content)
    /// There, and not expected.
    case extra(Entry.Content)
    /// A link where a file is expected, or the other way round.
    case type(expected: Entry.Content, found: Entry.Content)
    /// The executable bit differs; `found` is what it is.
    case executable(found: Bool)
    /// A link leads elsewhere.
    case target(expected: [UInt8], found: [UInt8])
    /// The same content under another path: the only one missing and the only one extra of its
    /// digest or target text.
    case renamed(from: RelativePath, Entry.Content)
  }

  /// The entry; for a renamed one where it is found.
  package let path: RelativePath
  package let kind: Kind

  package init(_ path: RelativePath, _ kind: Kind) {
    self.path = path
    self.kind = kind
  }
}

extension EntryDifference {
  /// Every difference between two lists of entries that are in path byte order; in path byte order
  /// too. Takes linear time.
  package static func between(
    expected: some RandomAccessCollection<Entry>, found: some RandomAccessCollection<Entry>
  ) -> [EntryDifference] {
    var differences: [EntryDifference] = []
    var missing: [Entry] = []
    var extra: [Entry] = []
    var left = expected.startIndex
    var right = found.startIndex
    while left < expected.endIndex, right < found.endIndex {
      let old = expected[left]
      let new = found[right]
      if old.path == new.path {
        compare(old, new, into: &differences)
        left = expected.index(after: left)
        right = found.index(after: right)
      } else if old.path < new.path {
        missing.append(old)
        left = expected.index(after: left)
      } else {
        extra.append(new)
        right = found.index(after: right)
      }
    }
    missing.append(contentsOf: expected[left...])
    extra.append(contentsOf: found[right...])
    pair(missing, extra, into: &differences)
    return differences.sorted { $0.path < $1.path }
  }

  private static func compare(
    _ old: Entry, _ new: Entry, into differences: inout [EntryDifference]
  ) {
    switch (old.content, new.content) {
    case (.file(let expected), .file(let found)):
      if expected.digest != found.digest || expected.size != found.size {
        differences.append(
          EntryDifference(new.path, .content(expected: expected, found: found)))
      }
      if expected.isExecutable != found.isExecutable {
        differences.append(EntryDifference(new.path, .executable(found: found.isExecutable)))
      }
    case (.link(let expected), .link(let found)):
      if expected != found {
        differences.append(EntryDifference(new.path, .target(expected: expected, found: found)))
      }
    default:
      differences.append(
        EntryDifference(new.path, .type(expected: old.content, found: new.content)))
    }
  }

  /// What makes two entries the same content.
  private enum Identity: Hashable {
    case file(SHA256Digest)
    case link([UInt8])

    init(_ content: Entry.Content) {
      switch content {
      case .file(let record): self = .file(record.digest)
      case .link(let target): self = .link(target)
      }
    }
  }

  private static func pair(
    _ missing: [Entry], _ extra: [Entry], into differences: inout [EntryDifference]
  ) {
    // Where an identity stands; nil once it stands twice.
    var gone: [Identity: Int?] = [:]
    for (place, entry) in missing.enumerated() {
      let identity = Identity(entry.content)
      gone[identity] = gone[identity] == nil ? .some(place) : .some(nil)
    }
    var come: [Identity: Int?] = [:]
    for (place, entry) in extra.enumerated() {
      let identity = Identity(entry.content)
      come[identity] = come[identity] == nil ? .some(place) : .some(nil)
    }
    var isPaired = [Bool](repeating: false, count: missing.count)
    for (place, entry) in extra.enumerated() {
      let identity = Identity(entry.content)
      if case .some(.some(place)) = come[identity], case .some(.some(let origin)) = gone[identity] {
        isPaired[origin] = true
        let old = missing[origin]
        differences.append(EntryDifference(entry.path, .renamed(from: old.path, entry.content)))
        if let before = old.content.record, let after = entry.content.record,
          before.isExecutable != after.isExecutable
        {
          differences.append(EntryDifference(entry.path, .executable(found: after.isExecutable)))
        }
      } else {
        differences.append(EntryDifference(entry.path, .extra(entry.content)))
      }
    }
    for (place, entry) in missing.enumerated() where !isPaired[place] {
      differences.append(EntryDifference(entry.path, .missing(entry.content)))
    }
  }
}

extension Entry.Content {
  /// The file's record; nil for a link.
  package var record: FileRecord? {
    if case .file(let record) = self { record } else { nil }
  }
}
