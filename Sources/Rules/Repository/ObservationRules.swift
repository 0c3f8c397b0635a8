package import Core

/// Flags bytes that disagree with the digests that the tree's own metadata records.
package struct ProvenanceMismatch: Rule {
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

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.findings(Self.documentation, from: .provenanceMismatch)
  }
}

/// Flags a Hugging Face folder whose files come from several commits.
package struct MixedCommits: Rule {
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

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.findings(Self.documentation, from: .mixedCommits)
  }
}

/// Flags downloads that did not finish.
package struct InterruptedDownload: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/interrupted-download",
    severity: .high,
    summary: "A download into this folder did not finish.",
    why: "The tree lacks files that the commit has, or holds part of one.",
    fix: "Run the download again until it completes, then lock."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.findings(Self.documentation, from: .interruptedDownload)
  }
}

/// Lists files that the recorded provenance does not know.
package struct AddedLocally: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/added-locally",
    severity: .low,
    summary: "A file is not part of the commit that the folder was downloaded from.",
    why: "It came from somewhere else than the rest of the model.",
    fix: "Check where the file comes from, or remove it."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.findings(Self.documentation, from: .addedLocally)
  }
}

/// Reports what could not be examined: silence means "looked and found nothing".
package struct NotExamined: Rule {
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

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.findings(Self.documentation, from: .notExamined)
  }
}

extension Subject {
  /// One finding for each observation of this kind that the crawl made.
  fileprivate func findings(
    _ documentation: RuleDocumentation, from kind: Observation.Kind
  ) -> [Finding] {
    repository.observations.filter { $0.kind == kind }.map { observation in
      Finding(
        documentation.id, documentation.severity, at: Location(observation.path),
        observation.detail, fix: documentation.fix, construct: observation.detail)
    }
  }
}
