import Foundation
import TestSupport

/// The runs that a page shows: fenced blocks of the language `console`, in which a line that begins
/// with `$ ` is a command and what follows is what it prints.
enum ConsoleBlocks {
  /// The page with the commands run again, one after the other in one folder, and their output in
  /// place of what was there.
  ///
  /// The folder is laid out as a fresh clone, with the built program in place of `Scripts/modelpin`
  /// and in the shell's path.
  static func rerun(in page: String) throws -> String {
    let folder = try TemporaryFolder()
    try folder.copy(project: "Fixtures/models", to: "Fixtures/models")
    try folder.folder("Scripts")
    try folder.folder("models")
    try folder.folder("bin")
    try folder.link("Scripts/modelpin", to: BuiltProgram.path)
    try folder.link("bin/modelpin", to: BuiltProgram.path)
    var lines: [String] = []
    var isInBlock = false
    for line in page.components(separatedBy: "\n") {
      if isInBlock {
        if line == "```" {
          isInBlock = false
          lines.append(line)
        } else if line.hasPrefix("$ ") {
          lines.append(line)
          lines += try output(of: String(line.dropFirst(2)), in: folder)
        }
      } else {
        isInBlock = line == "```console"
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func output(of command: String, in folder: TemporaryFolder) throws -> [String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let run = try Subprocess.run(
      ["bash", "-c", "{ \(command)\n} 2>&1"], in: folder.path,
      environment: [
        "PATH": "\(folder.path("bin")):\(path)", "MODELPIN_CONFIG": "", "LC_ALL": "C.UTF-8",
      ])
    var lines = run.output.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
