package import Core

/// Every rule that modelpin has.
package enum RuleCatalogue {
  /// The rules, sorted by name; a test compares the list with the files under Rules/.
  package static let all: [any Rule.Type] = []

  /// The rule of this name.
  package static func rule(_ id: RuleID) -> (any Rule.Type)? {
    all.first { $0.documentation.id == id }
  }
}
