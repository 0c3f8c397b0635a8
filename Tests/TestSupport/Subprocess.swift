import Foundation

/// Runs another program from a test.
package enum Subprocess {
  /// How a program ended and what it wrote.
  package struct Outcome: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
  }

  /// Runs the program that `PATH` or an absolute path names, and waits for its end.
  package static func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
    input: String = ""
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files rather than pipes: whatever the order in which a program reads and writes, nothing
    // fills up.
    let scratch = try TemporaryFolder()
    try scratch.write(input, to: "input")
    try scratch.write("", to: "output")
    try scratch.write("", to: "errors")
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: scratch.path("input")))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: scratch.path("output")))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: scratch.path("errors")))
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit
        ? process.terminationStatus : 128 + process.terminationStatus,
      output: try scratch.text("output"), errors: try scratch.text("errors"))
  }
}
