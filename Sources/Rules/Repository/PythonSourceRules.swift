package import Core
import Languages

/// Reports Python that could not be understood.
package struct UnparsedPython: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/unparsed-python",
    severity: .medium,
    summary: "Part of a Python file could not be understood, or takes too long to work out.",
    why: "What such lines would fetch or run is unknown.",
    fix: "Mend the file, or remove it if nothing uses it."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.python.damage.map { damage in
      Finding(
        Self.id, Self.documentation.severity, at: damage.location,
        damage.isBound ? .notFollowed(damage.reason) : .notUnderstood(damage.reason),
        fix: damage.isBound
          ? "Read what the file calls from here on, or split it into simpler ones."
          : Self.documentation.fix, construct: damage.reason)
    }
  }
}

/// Flags settings that send downloads somewhere else, or switch their checks off.
package struct RedirectedDownloads: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/redirected-downloads",
    severity: .high,
    summary: "Code redirects downloads, or switches their checks off.",
    why: """
      Another endpoint serves what it likes under the same names, and without certificate checks \
      anyone on the way can. Assignments to functions of a library replace its own checks.
      """,
    fix: "Remove the setting; a mirror belongs into the deployment's configuration."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.python.events.compactMap { event in
      guard let message = Self.message(event) else { return nil }
      return Finding(
        Self.id, event.context.adjusting(Self.documentation.severity), at: event.location, message,
        fix: Self.documentation.fix, construct: event.construct)
    }
  }

  private static func message(_ event: PythonEvent) -> String? {
    switch event.kind {
    case .environment(let name, let value, _):
      let text = value.texts.first ?? "a computed value"
      if endpoints.contains(name) { return "sends downloads to \(text) by \(name)" }
      if let off = switches[name], value.texts.contains(off) {
        return "switches certificate checks off by \(name)"
      }
      return nil
    case .patch(let target, _):
      if target == "ssl._create_default_https_context" {
        return "switches certificate checks off for every HTTPS connection"
      }
      let isFetcher = FetcherIndex.all.deciding(PythonCallee(target)) != nil
      return patched.contains(target) || isFetcher ? "replaces \(target) at run time" : nil
    case .importPath, .importing, .loading:
      return nil
    }
  }

  private static let endpoints: Set<String> = ["HF_ENDPOINT", "PIP_INDEX_URL"]
  private static let switches = [
    "CURL_CA_BUNDLE": "", "REQUESTS_CA_BUNDLE": "", "PYTHONHTTPSVERIFY": "0",
    "GIT_SSL_NO_VERIFY": "1", "NODE_TLS_REJECT_UNAUTHORIZED": "0",
  ]
  private static let patched: Set<String> = [
    "huggingface_hub.constants.ENDPOINT", "huggingface_hub.constants.HF_ENDPOINT",
    "requests.Session.request", "requests.get", "torch.hub._validate_not_a_forked_repo",
    "torch.load", "transformers.utils.import_utils.check_torch_load_is_safe",
    "transformers.modeling_utils.check_torch_load_is_safe",
  ]
}

extension String {
  fileprivate static func notUnderstood(_ reason: String) -> String {
    "could not be understood as Python: \(reason)"
  }

  fileprivate static func notFollowed(_ reason: String) -> String {
    "is worked out in part only: \(reason)"
  }
}
