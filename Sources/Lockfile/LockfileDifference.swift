package import Core

/// How one lockfile, or a tree, differs from another.
package struct LockfileDifference: Hashable, Sendable {
  /// Records of one list that only one side has, in the order of the list.
  package struct Records<Record: LockfileRecord>: Hashable, Sendable {
    package let added: [Record]
    package let removed: [Record]

    package var isEmpty: Bool { added.isEmpty && removed.isEmpty }
  }

  /// Two values of one thing.
  package struct Change<Value: Hashable & Sendable>: Hashable, Sendable {
    package let old: Value
    package let new: Value
  }

  /// The files and links, in path byte order.
  package let entries: [EntryDifference]
  package let excludeAdded: [String]
  package let excludeRemoved: [String]
  /// Where the trees came from, when that differs.
  package let source: Change<Provenance?>?
  package let dependencies: Records<LockedDependency>
  package let downloads: Records<LockedDownload>
  package let licenses: Records<LockedLicense>
  package let findings: Records<LockedFinding>

  /// Compares two lockfiles; a tree is compared by locking it.
  package init(from old: Lockfile, to new: Lockfile) {
    entries = EntryDifference.between(expected: old.entries, found: new.entries)
    excludeAdded = new.exclude.missing(from: old.exclude)
    excludeRemoved = old.exclude.missing(from: new.exclude)
    source = old.source == new.source ? nil : Change(old: old.source, new: new.source)
    dependencies = Self.records(old.dependencies, new.dependencies)
    downloads = Self.records(old.downloads, new.downloads)
    licenses = Self.records(old.licenses, new.licenses)
    findings = Self.records(old.findings, new.findings)
  }

  /// Whether the bytes that the pin names are the same: entries and exclude patterns.
  package var isSameContent: Bool {
    entries.isEmpty && excludeAdded.isEmpty && excludeRemoved.isEmpty
  }

  /// Whether nothing differs at all.
  package var isEmpty: Bool {
    isSameContent && source == nil && dependencies.isEmpty && downloads.isEmpty && licenses.isEmpty
      && findings.isEmpty
  }

  private static func records<Record: LockfileRecord>(
    _ old: [Record], _ new: [Record]
  ) -> Records<Record> {
    // By bytes: two normalisations of one name are two names.
    let before = Set<[UInt8]>(old.map(\.line))
    let after = Set<[UInt8]>(new.map(\.line))
    return Records(
      added: new.filter { !before.contains($0.line) },
      removed: old.filter { !after.contains($0.line) })
  }
}

extension [String] {
  fileprivate func missing(from other: [String]) -> [String] {
    let known = Set<[UInt8]>(other.map { [UInt8]($0.utf8) })
    return filter { !known.contains([UInt8]($0.utf8)) }
  }
}
