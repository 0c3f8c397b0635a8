package import Core
import Languages

/// Flags programs that let whoever connects to them run code.
package struct RemoteControl: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/remote-control",
    severity: .high,
    summary: "The program runs what whoever connects to it sends.",
    why: """
      logging.config.listen builds the objects that the configurations name which it is sent, by \
      whatever class and arguments they say, and does not ask who sends them.
      """,
    fix:
      "Read the configuration from a file, or check each message with verify= before it is used.",
    example: (
      "logging.config.listen(9999).start()", "logging.config.fileConfig(\"logging.ini\")"
    )
  )

  package init() {}

  /// What opens such a port.
  static let listeners: Set<String> = [
    "logging.config.listen"
  ]

  package func findings(in subject: Subject) -> [Finding] {
    subject.python.calls.compactMap { call in
      guard call.wrapped == nil, call.guards.allSatisfy({ $0 != .typeChecking }),
        let callee = call.callees.first(where: { Self.listeners.contains($0.name) }),
        // Messages that are checked first are as good as what checks them.
        call.argument("verify", at: 1).map(\.isNone) ?? true
      else { return nil }
      return Finding(
        Self.id, call.context.adjusting(Self.documentation.severity), at: call.location,
        "\(callee.name) runs what whoever connects sends", fix: Self.documentation.fix,
        construct: call.construct)
    }
  }
}
