package import Core

/// A rule that has one finding for each observation of one kind that the crawl made.
package protocol ObservationRule: Rule {
  static var kind: Observation.Kind { get }
}

extension ObservationRule {
  package func findings(in subject: Subject) -> [Finding] {
    subject.repository.observations.filter { $0.kind == Self.kind }.map { observation in
      Finding(
        Self.id, Self.documentation.severity, at: Location(observation.path),
        observation.detail, fix: Self.documentation.fix, construct: observation.detail)
    }
  }
}

/// Flags bytes that disagree with the digests that the tree's own metadata records.
package struct ProvenanceMismatch: ObservationRule {
  package static let documentation = RuleDocumentation(
    id: "repository/provenance-mismatch",
    severity: .critical,
    summary: "A file's bytes differ from the digest that its provenance records.",
    why: """
      Git LFS pointers, Hugging Face cache names and the client's metadata say what was downloaded. \
      The bytes on disk are something else: damaged, or changed since.
      """,
    fix: "Download the file again and compare; if the change is yours, remove the stale metadata."
  )

  package static let kind = Observation.Kind.provenanceMismatch

  package init() {}
}

/// Flags a Hugging Face folder whose files come from several commits.
package struct MixedCommits: ObservationRule {
  package static let documentation = RuleDocumentation(
    id: "repository/mixed-commits",
    severity: .high,
    summary: "Files of one downloaded folder come from different commits.",
    why: """
      A partial update leaves weights, code and configuration of different revisions together, a \
      combination that nobody published or reviewed.
      """,
    fix: "Download the whole repository again at one commit, into an empty folder."
  )

  package static let kind = Observation.Kind.mixedCommits

  package init() {}
}

/// Flags downloads that did not finish.
package struct InterruptedDownload: ObservationRule {
  package static let documentation = RuleDocumentation(
    id: "repository/interrupted-download",
    severity: .high,
    summary: "A download into this folder did not finish.",
    why: "The tree lacks files that the commit has, or holds part of one.",
    fix: "Run the download again until it completes, then lock."
  )

  package static let kind = Observation.Kind.interruptedDownload

  package init() {}
}

/// Lists files that the recorded provenance does not know.
package struct AddedLocally: ObservationRule {
  package static let documentation = RuleDocumentation(
    id: "repository/added-locally",
    severity: .low,
    summary: "A file is not part of the commit that the folder was downloaded from.",
    why: "It came from somewhere else than the rest of the model.",
    fix: "Check where the file comes from, or remove it."
  )

  package static let kind = Observation.Kind.addedLocally

  package init() {}
}

/// Reports what could not be examined: silence means "looked and found nothing".
package struct NotExamined: ObservationRule {
  package static let documentation = RuleDocumentation(
    id: "repository/not-examined",
    severity: .high,
    summary: "Something in the tree could not be examined.",
    why: """
      A limit was reached, a member is encrypted, or a file is damaged. Its bytes are hashed, but \
      what it would fetch or run is unknown.
      """,
    fix: "Unpack or replace the file so that it can be examined, or remove it."
  )

  package static let kind = Observation.Kind.notExamined

  package init() {}
}
