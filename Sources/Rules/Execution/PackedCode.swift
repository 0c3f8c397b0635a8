package import Core
import Languages

/// Flags code that stands packed in a file and is run once it is unpacked.
package struct PackedCode: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/packed-code",
    severity: .high,
    summary: "Code that nobody can read is unpacked and run.",
    why: """
      What is compressed, encrypted, marshalled or pickled in a literal cannot be reviewed. Code that \
      has nothing to hide is written as code.
      """,
    fix: "Replace the packed bytes by the code or the data that they hold.",
    example: (
      "exec(lzma.decompress(base64.b85decode(\"{Wp48S^xk9…\")))", "from model import patch"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    let fetched = Set(subject.pythonFetches.map(\.call.reference))
    return subject.python.calls.compactMap { call in
      guard call.wrapped == nil, !call.guards.contains(.typeChecking),
        let message = Self.message(call, subject.python, fetched)
      else { return nil }
      return Finding(
        Self.id, call.context.adjusting(Self.documentation.severity), at: call.location, message,
        fix: Self.documentation.fix, construct: call.construct)
    }
  }

  private static func message(
    _ call: CallSite, _ program: PythonProgram, _ fetched: Set<CallReference>
  ) -> String? {
    guard let callee = call.callees.first(where: { !$0.isLocal }),
      let first = call.positional.first ?? call.keywords.first?.value
    else { return nil }
    if let what = unpicklers[callee.name] {
      return first.alternatives.contains(where: isLiteral)
        ? "\(what) bytes written in the code" : nil
    }
    guard runners.contains(callee.name) else { return nil }
    // What was fetched is reported where it is fetched.
    if first.sources.contains(where: fetched.contains) { return nil }
    for source in first.sources {
      guard
        let packer = program.call(at: source)?.callees.first(where: { packers.contains($0.name) })
      else { continue }
      return "runs what `\(packer.name)` unpacks"
    }
    return nil
  }

  private static func isLiteral(_ alternative: PythonValue.Alternative) -> Bool {
    switch alternative.atom {
    case .bytes(let bytes): bytes.count >= 8
    case .text(let text): text.utf8.count >= 8
    default: false
    }
  }

  private static let runners: Set<String> = [
    "exec", "eval", "compile", "execfile", "builtins.exec", "builtins.eval", "builtins.compile",
    "types.FunctionType",
  ]

  private static let unpicklers = [
    "pickle.loads": "unpickles", "cPickle.loads": "unpickles", "_pickle.loads": "unpickles",
    "dill.loads": "unpickles", "cloudpickle.loads": "unpickles", "marshal.loads": "unmarshals",
  ]

  /// Functions whose results nobody reads before they run.
  static let packers: Set<String> = [
    "zlib.decompress", "gzip.decompress", "bz2.decompress", "lzma.decompress", "brotli.decompress",
    "zstandard.decompress", "zlib.decompressobj().decompress", "marshal.loads",
    "cryptography.fernet.Fernet.decrypt", "Crypto.Cipher.AES.new().decrypt",
    "Cryptodome.Cipher.AES.new().decrypt",
  ]
}
