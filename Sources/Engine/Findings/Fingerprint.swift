package import Core
import Hashing

/// A finding's identity: the same when lines move, another when the meaning changes.
///
/// The SHA-256 of these fields, each preceded by its length in bytes and a colon so that no two
/// lists of fields give the same bytes: rule, path, normalised construct, what is referred to (three
/// fields), pinning, every step of the trace, and the number of findings before it that agree in all
/// of these.
package enum Fingerprint {
  /// The fingerprints of `findings`, which are in report order.
  ///
  /// - Throws: `EngineError.file` is never thrown; libcrypto's refusal is `.argument`.
  package static func of(_ findings: [Finding]) throws(EngineError) -> [String] {
    var occurrences: [[UInt8]: Int] = [:]
    var result: [String] = []
    result.reserveCapacity(findings.count)
    for finding in findings {
      var fields = fields(of: finding)
      let occurrence = occurrences[fields, default: 0]
      occurrences[fields] = occurrence + 1
      append("\(occurrence)", to: &fields)
      do {
        result.append(try SHA256Stream.digest(of: fields.span).hex)
      } catch {
        throw .argument(error.description)
      }
    }
    return result
  }

  private static func fields(of finding: Finding) -> [UInt8] {
    var bytes: [UInt8] = []
    append(finding.rule.text, to: &bytes)
    append(finding.location.path.bytes, to: &bytes)
    append(finding.construct, to: &bytes)
    switch finding.reference {
    case .download(let target, let revision):
      append("download", to: &bytes)
      append(target, to: &bytes)
      append(revision ?? "", to: &bytes)
    case .dependency(let ecosystem, let name, let requirement):
      append(ecosystem, to: &bytes)
      append(name, to: &bytes)
      append(requirement, to: &bytes)
    case nil:
      for _ in 0..<3 { append("", to: &bytes) }
    }
    append(finding.pinning?.rawValue ?? "", to: &bytes)
    for step in finding.trace {
      append(step.location.path.bytes, to: &bytes)
      append(step.note, to: &bytes)
    }
    return bytes
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    append(Array(text.utf8), to: &bytes)
  }

  private static func append(_ field: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "\(field.count):".utf8)
    bytes.append(contentsOf: field)
  }
}
