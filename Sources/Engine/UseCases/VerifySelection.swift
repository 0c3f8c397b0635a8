import Core
import Lockfile

extension Verify {
  /// What `only` leaves of a tree: the files recorded with its roles, and those that are recorded
  /// with none, since only their bytes tell what they are.
  struct Selected {
    private let roles: Set<Role>
    /// Recorded files of other roles: neither read nor compared.
    private let others: Set<RelativePath>
    /// Those that the crawl need not look at. The rules of a policy see all of the tree.
    let passedOver: Set<RelativePath>
    /// Nil when everything is looked at.
    let skipped: Skipped?

    init(_ options: Options, _ lockfile: Lockfile?) {
      roles = options.only
      guard !options.only.isEmpty else {
        (others, passedOver, skipped) = ([], [], nil)
        return
      }
      var others: Set<RelativePath> = []
      var left: [Entry] = []
      for entry in lockfile?.entries ?? [] {
        if let file = entry.file {
          if options.only.contains(file.role) { continue }
          others.insert(entry.path)
        }
        left.append(entry)
      }
      let found = Set(left.compactMap { $0.file?.role })
      self.others = others
      passedOver = options.policy ? [] : others
      skipped = Skipped(
        roles: Role.allCases.filter(found.contains), entries: left.count,
        bytes: TreeTotals(left).bytes)
    }

    /// The entries that are compared.
    func of(_ entries: [Entry]) -> [Entry] {
      others.isEmpty ? entries : entries.filter { !others.contains($0.path) }
    }

    /// The differences that are asked for.
    func of(_ differences: [EntryDifference]) -> [EntryDifference] {
      roles.isEmpty ? differences : differences.filter { $0.touches(roles) }
    }

    /// What a yes is about.
    func totals(_ entries: [Entry]) -> TreeTotals {
      if roles.isEmpty { return TreeTotals(entries) }
      return TreeTotals(entries.filter { $0.file.map { roles.contains($0.role) } ?? false })
    }
  }
}

extension EntryDifference {
  /// Whether the difference is about a file of one of `roles`, as expected or as found.
  fileprivate func touches(_ roles: Set<Role>) -> Bool {
    switch kind {
    case .content(let expected, let found):
      roles.contains(expected.role) || roles.contains(found.role)
    case .missing(let content), .extra(let content), .renamed(_, let content):
      content.record.map { roles.contains($0.role) } ?? false
    case .type(let expected, let found):
      [expected.record, found.record].contains { $0.map { roles.contains($0.role) } ?? false }
    case .executable: true
    case .target: false
    }
  }
}
