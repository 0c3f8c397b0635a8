/// The options of every command.
extension OptionDeclaration {
  package static let configuration = OptionDeclaration(
    "--config", value: .file("FILE"),
    "Read this configuration; without it, the one that MODELPIN_CONFIG names, else none")
  package static let jobs = OptionDeclaration(
    "--jobs", value: .count("N"), "Use N threads; without it, one a core")
  package static let progress = OptionDeclaration(
    "--progress", value: .choice("WHEN", ["auto", "always", "never"]),
    "Show progress on standard error; auto does so for long runs")
  package static let color = OptionDeclaration(
    "--color", value: .choice("WHEN", ["auto", "always", "never"]),
    "Colour the output; auto does so on a terminal unless NO_COLOR is set")
  package static let quiet = OptionDeclaration(
    "--quiet", short: "-q", "Print results and errors only, no remarks and no progress")
  package static let help = OptionDeclaration("--help", short: "-h", "Print help")
  package static let version = OptionDeclaration("--version", "Print the version")

  /// Those that every command takes, in the order of help.
  package static let common: [OptionDeclaration] = [
    configuration, jobs, progress, color, quiet, help, version,
  ]

  /// The formats of results.
  package static func format(_ words: String...) -> OptionDeclaration {
    OptionDeclaration(
      "--format", value: .choice("FORMAT", words), "Print results in this format; text unless given"
    )
  }
}
