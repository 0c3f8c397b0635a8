import Commands
import Core
import Foundation
import Reporting
import Rules
import TestSupport
import Testing

/// What is written about the program is what the program does.
struct DocumentationConventionTests {
  private static let rules = RuleCatalogue.all.map { $0.documentation }

  @Test func `the rules page is up to date`() throws {
    try expectGolden(
      Array(RulesMarkdown.page(Self.rules).utf8), inProject: "Documentation/Rules.md")
  }

  /// Replaces what stands between `<!-- begin NAME -->` and `<!-- end NAME -->`.
  private func replacing(_ name: String, with new: String, in text: String) throws -> String {
    let begin = "<!-- begin \(name) -->\n"
    let start = try #require(text.range(of: begin))
    let end = try #require(text.range(of: "<!-- end \(name) -->"))
    return text[..<start.upperBound] + new + text[end.lowerBound...]
  }

  @Test func `the README shows what the program says`() throws {
    var text = try ProjectFolder.text("README.md")
    text = try replacing("rules", with: RulesMarkdown.table(Self.rules), in: text)
    var commands = "```text\n"
    for command in Program.declarations {
      commands += "modelpin \(command.name)"
      commands += String(repeating: " ", count: max(1, 13 - command.name.count))
      commands += command.summary + "\n"
    }
    commands += "```\n"
    text = try replacing("commands", with: commands, in: text)
    var statuses = "| Status | Meaning |\n|---|---|\n"
    for status in ExitStatus.allCases {
      statuses += "| \(status.rawValue) | \(status.meaning) |\n"
    }
    text = try replacing("statuses", with: statuses, in: text)
    text = try ConsoleBlocks.rerun(in: text)
    try expectGolden(Array(text.utf8), inProject: "README.md")
  }

  @Test func `the README's script computes the pin`() throws {
    let readme = try ProjectFolder.text("README.md")
    let script = try #require(
      readme.components(separatedBy: "```sh\n").first { $0.hasPrefix("# pin.sh") }?
        .components(separatedBy: "```").first)
    let folder = try TemporaryFolder()
    try folder.write(script, to: "pin.sh")
    try folder.write("weights", to: "model/weights.bin")
    try folder.write("#!/bin/sh\n", to: "model/a folder/run it.sh", isExecutable: true)
    try folder.write("", to: "model/a folder/-x")
    try folder.write("ü", to: "model/a folder.txt")
    try folder.write("ü", to: "model/a-folder/Größe")
    try folder.link("model/latest", to: "weights.bin")
    try folder.link("model/-n", to: "a folder/run it.sh")
    for shell in ["bash", "sh"] {
      let lock = try BuiltProgram.run(["lock", "model"], in: folder.path)
      #expect(lock.status == 0, "\(lock.errors)")
      let pin = try Subprocess.run([shell, folder.path("pin.sh"), "model"], in: folder.path)
      #expect(lock.output.contains("pin \(pin.output)"), "\(pin.output)\(pin.errors)")
    }
  }

  @Test func `the README's configuration is valid`() throws {
    let readme = try ProjectFolder.text("README.md")
    let text = try #require(
      readme.components(separatedBy: "```toml\n").dropFirst().first?
        .components(separatedBy: "```").first)
    let folder = try TemporaryFolder()
    try folder.write(text, to: "modelpin.toml")
    try folder.write("weights", to: "model/weights.bin")
    let run = try BuiltProgram.run(
      ["scan", "--config", "modelpin.toml", "model"], in: folder.path)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func `links in the documentation lead somewhere`() throws {
    let pages =
      ["README.md"] + ProjectFolder.files(below: "Documentation").map { "Documentation/\($0)" }
    for page in pages {
      let folder = URL(filePath: page).deletingLastPathComponent()
      for part in try ProjectFolder.text(page).components(separatedBy: "](").dropFirst() {
        let target = part.prefix { $0 != ")" && $0 != "#" }
        if target.isEmpty || target.contains(":") { continue }
        let file = ProjectFolder.root.appending(path: folder.relativePath).appending(
          path: String(target))
        #expect(
          FileManager.default.fileExists(atPath: file.standardized.path(percentEncoded: false)),
          "\(page): \(target)")
      }
    }
  }

  @Test func `help and completions are recorded`() throws {
    try expectGolden(Help.overview(Program.declarations), at: "help/modelpin.txt")
    for command in Program.declarations {
      try expectGolden(Help.page(command), at: "help/\(command.name).txt")
    }
  }

  @Test func `the hooks are what pre-commit needs`() throws {
    let text = try ProjectFolder.text(".pre-commit-hooks.yaml")
    let hooks = text.components(separatedBy: "\n- id: ").dropFirst()
    #expect(hooks.count == 4)
    for hook in hooks {
      for line in ["pass_filenames: false", "always_run: true", "require_serial: true"] {
        #expect(hook.contains("\n  \(line)\n"))
      }
      let isSystem = hook.prefix { $0 != "\n" }.hasSuffix("-system")
      #expect(hook.contains("language: \(isSystem ? "system" : "swift")"))
      let entry = try #require(
        hook.split(separator: "\n").first { $0.hasPrefix("  entry: ") }?.dropFirst(9))
      let words = entry.split(separator: " ").map(String.init)
      #expect(words.first == "modelpin")
      // The command line is valid: asked for help, it is explained.
      let run = try BuiltProgram.run(Array(words.dropFirst()) + ["--help"])
      #expect(run.status == 0)
    }
  }

  @Test(arguments: ["Scripts/modelpin", "Scripts/test", "Scripts/package", ".ci/run"])
  func `scripts can be run and bash understands them`(path: String) throws {
    let file = ProjectFolder.root.appending(path: path).path(percentEncoded: false)
    #expect(FileManager.default.isExecutableFile(atPath: file))
    #expect(try Subprocess.run(["bash", "-n", file]).status == 0)
  }
}
