import Foundation

/// The `modelpin` executable that was built together with the tests.
package enum BuiltProgram {
  /// Its absolute path: it lies beside the tests' own executable.
  package static let path: String = {
    let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appending(path: "modelpin")
      .path(percentEncoded: false)
  }()

  /// Runs it and waits for its end.
  package static func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
    input: String = ""
  ) throws -> Subprocess.Outcome {
    try Subprocess.run([path] + arguments, in: folder, environment: environment, input: input)
  }
}
