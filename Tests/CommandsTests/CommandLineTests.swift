import Foundation
import TestSupport
import Testing

/// The whole program as a user sees it: every folder below Fixtures/cli is a case.
///
/// `script` is run by a shell in a folder with copies of the fixture models and `modelpin` in its
/// path; what it prints on standard output and standard error, and its status, are recorded.
struct CommandLineTests {
  private static let cases = ProjectFolder.files(below: "Fixtures/cli")
    .filter { $0.hasSuffix("/script") }.map { String($0.dropLast("/script".count)) }

  @Test(arguments: cases)
  func `a case prints what is recorded`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.copy(project: "Fixtures/models", to: "models")
    try folder.folder("bin")
    try folder.link("bin/modelpin", to: BuiltProgram.path)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let script = ProjectFolder.fixtures.appending(path: "cli/\(name)/script")
    let run = try Subprocess.run(
      ["bash", script.path(percentEncoded: false)], in: folder.path,
      environment: [
        "PATH": "\(folder.path("bin")):\(path)", "MODELPIN_CONFIG": "", "LC_ALL": "C.UTF-8",
      ])
    try expectGolden(run.output, at: "cli/\(name)/stdout")
    try expectGolden(run.errors, at: "cli/\(name)/stderr")
    try expectGolden("\(run.status)\n", at: "cli/\(name)/status")
  }

  @Test func `there are cases`() {
    #expect(Self.cases.count >= 10)
  }
}
