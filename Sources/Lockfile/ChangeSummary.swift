package import Core

/// What a difference amounts to, in the words of somebody who reviews it.
package struct ChangeSummary: Hashable, Sendable {
  /// What happened to files of one kind.
  package enum Verb: String, CaseIterable, Sendable {
    case changed, added, removed, renamed
  }

  /// Kinds of files as a reviewer thinks of them; the most consequential first.
  package enum Subject: String, CaseIterable, Sendable {
    case weights, code, configuration, tokenizer, dependencies, archives, links, data
    case licenses, documentation, others

    /// The subject that files of a role belong to.
    package init(_ role: Role) {
      switch role {
      case .weights: self = .weights
      case .code, .script, .notebook: self = .code
      case .configuration: self = .configuration
      case .tokenizer: self = .tokenizer
      case .data: self = .data
      case .dependencyManifest: self = .dependencies
      case .documentation: self = .documentation
      case .license: self = .licenses
      case .archive: self = .archives
      case .other: self = .others
      }
    }
  }

  /// So many files of a kind: `weights changed: 2 files`.
  package struct Item: Hashable, Sendable {
    package let subject: Subject
    package let verb: Verb
    /// Files or links; at least 1.
    package let count: Int
  }

  /// By subject, then by verb.
  package let items: [Item]
  /// Whether nothing but documentation and licenses is touched, and something is.
  package let isOnlyDocumentation: Bool

  /// Sums up the differences.
  package init(_ differences: [EntryDifference]) {
    var counts: [Subject: [Verb: Int]] = [:]
    for difference in differences {
      let subject: Subject
      let verb: Verb
      switch difference.kind {
      case .content(let expected, let found):
        // Whatever it was or is: the more consequential of the two.
        subject = Self.worse(Subject(expected.role), Subject(found.role))
        verb = .changed
      case .missing(let content):
        subject = Self.subject(of: content)
        verb = .removed
      case .extra(let content):
        subject = Self.subject(of: content)
        verb = .added
      case .type(let expected, let found):
        subject = Self.worse(Self.subject(of: expected), Self.subject(of: found))
        verb = .changed
      case .executable:
        // A file that can be run is code to whoever reviews it.
        subject = .code
        verb = .changed
      case .target:
        subject = .links
        verb = .changed
      case .renamed(_, let content):
        subject = Self.subject(of: content)
        verb = .renamed
      }
      counts[subject, default: [:]][verb, default: 0] += 1
    }
    items = Subject.allCases.flatMap { subject in
      Verb.allCases.compactMap { verb in
        counts[subject]?[verb].map { Item(subject: subject, verb: verb, count: $0) }
      }
    }
    isOnlyDocumentation =
      !items.isEmpty
      && items.allSatisfy { $0.subject == .documentation || $0.subject == .licenses }
  }

  private static func subject(of content: Entry.Content) -> Subject {
    content.record.map { Subject($0.role) } ?? .links
  }

  private static func worse(_ left: Subject, _ right: Subject) -> Subject {
    Subject.allCases.first { $0 == left || $0 == right } ?? left
  }
}

extension ChangeSummary: CustomStringConvertible {
  /// One line: `weights changed: 2 files; code added: 1 file`.
  package var description: String {
    if items.isEmpty { return "no file differs" }
    let list = items.map { item in
      "\(item.subject.rawValue) \(item.verb.rawValue): \(item.count) "
        + (item.count == 1 ? item.subject.singular : item.subject.plural)
    }.joined(separator: "; ")
    return isOnlyDocumentation ? "only documentation differs (\(list))" : list
  }
}

extension ChangeSummary.Subject {
  fileprivate var singular: String { self == .links ? "link" : "file" }
  fileprivate var plural: String { self == .links ? "links" : "files" }
}
