package import Core

/// What `modelpin.lock` says: a tree's entries, what it refers to, and the pin that names it all.
package struct Lockfile: Hashable, Sendable {
  /// The only version of the format that there is.
  package static let version = 1
  /// The file's usual name.
  package static let name = "modelpin.lock"
  /// The name of the temporary file that stands beside it while it is written.
  package static let temporaryName = ".modelpin.lock.tmp"
  /// Bytes between two checkpoints of a file.
  package static let checkpointInterval: UInt64 = 64 << 20

  /// The program that wrote it: `modelpin 0.1.0`.
  package var generator: String
  /// The digest that names the whole content, see `Pin`.
  package let pin: SHA256Digest
  /// Where the tree came from.
  package var source: Provenance?
  /// Patterns of what was left out, in byte order, each once.
  package let exclude: [String]
  /// Every file and link, in path byte order.
  package let entries: [Entry]
  /// What the tree depends on; as the lists below sorted by the bytes of the records, each once.
  package let dependencies: [LockedDependency]
  /// What the tree fetches when it runs.
  package let downloads: [LockedDownload]
  /// The licenses that the tree declares.
  package let licenses: [LockedLicense]
  /// The findings above `info`.
  package let findings: [LockedFinding]

  /// Puts everything in order and computes the pin.
  package init(
    generator: String, source: Provenance?, exclude: [String], entries: [Entry],
    dependencies: [LockedDependency] = [], downloads: [LockedDownload] = [],
    licenses: [LockedLicense] = [], findings: [LockedFinding] = []
  ) throws(LockfileError) {
    let exclude = exclude.inByteOrder
    let entries = Self.sorted(entries)
    self.init(
      pin: try Pin.compute(exclude: exclude, entries: entries), generator: generator,
      source: source, exclude: exclude, entries: entries, dependencies: dependencies.inRecordOrder,
      downloads: downloads.inRecordOrder, licenses: licenses.inRecordOrder,
      findings: findings.inRecordOrder)
  }

  /// Takes what is in order already, as the reader has checked.
  init(
    pin: SHA256Digest, generator: String, source: Provenance?, exclude: [String],
    entries: [Entry], dependencies: [LockedDependency], downloads: [LockedDownload],
    licenses: [LockedLicense], findings: [LockedFinding]
  ) {
    self.pin = pin
    self.generator = generator
    self.source = source
    self.exclude = exclude
    self.entries = entries
    self.dependencies = dependencies
    self.downloads = downloads
    self.licenses = licenses
    self.findings = findings
  }

  /// Sorting is skipped where the crawl has done it.
  private static func sorted(_ entries: [Entry]) -> [Entry] {
    for index in entries.indices.dropFirst() where !(entries[index - 1].path < entries[index].path)
    {
      return entries.sorted { $0.path < $1.path }
    }
    return entries
  }
}

extension [String] {
  /// The elements by the bytes of their UTF-8, each once.
  var inByteOrder: [String] {
    var result: [String] = []
    for text in sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    where result.last.map({ $0.utf8.elementsEqual(text.utf8) }) != true {
      result.append(text)
    }
    return result
  }
}
