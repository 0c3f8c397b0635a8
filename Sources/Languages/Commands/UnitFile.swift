import Core

/// Files that tell a service manager, a desktop or a scheduler which commands to run.
enum UnitFile {
  static func isNamed(_ path: RelativePath) -> Bool {
    switch path.suffix {
    case "service", "socket", "timer", "desktop", "cron", "crontab": true
    case "container", "image", "pod", "kube", "build": true
    case "conf" where isDropIn(path.parent?.name ?? ""): true
    default:
      path.name == "crontab" || path.parent?.name == "cron.d"
        || path.name.hasPrefix("supervisord") && path.suffix == "conf"
    }
  }

  /// Folders of additions to a unit: `model.service.d`.
  private static func isDropIn(_ folder: String) -> Bool {
    [".service.d", ".socket.d", ".timer.d", ".container.d"].contains(where: folder.hasSuffix)
      || folder == "service.d"
  }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let path = context.path
    if path.suffix == "cron" || path.suffix == "crontab" || path.name == "crontab"
      || path.parent?.name == "cron.d"
    {
      table(context, into: &collector)
      return
    }
    // Options are told apart by case elsewhere; lower case is all that is kept here.
    for section in INIFile(context.bytes).sections {
      for option in section.options {
        let name = option.name
        // Units that podman makes services of.
        if name == "image", ["container", "image", "volume"].contains(section.name.lowercased()),
          let line = option.lines.first
        {
          let end = TextPosition(
            line: line.start.line, column: line.start.column + line.text.utf8.count)
          if !line.text.hasSuffix(".image"), !line.text.hasSuffix(".build"),
            let dependency = ImageReference.dependency(
              line.text, at: context.location(line.start, end), group: section.name)
          {
            collector.dependencies.append(dependency)
          }
        }
        guard
          name.hasPrefix("exec") || name == "command" && section.name.hasPrefix("program:")
            || name == "tryexec"
        else { continue }
        command(option, section.name, context, into: &collector)
      }
    }
  }

  private static func command(
    _ option: INIFile.Option, _ section: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    var builder = ShellTextBuilder()
    var goesOn = false
    for (index, line) in option.lines.enumerated() {
      var text = Array(line.text.utf8)[...]
      var column = line.start.column
      if index == 0 {
        // `-` lets a failure pass; the other signs say as whom and how it is called.
        while let sign = text.first, "-@:+!|".utf8.contains(sign) {
          goesOn = goesOn || sign == UInt8(ascii: "-")
          text = text.dropFirst()
          column += 1
        }
      }
      builder.append(
        verbatim: text, at: TextPosition(line: line.start.line, column: column))
      builder.append(decoded: [0x0A], at: line.end)
    }
    guard builder.bytes.count > 1 else { return }
    var fragment = ShellFragment(
      path: context.path, place: .foreign(language: "unit"), text: builder, sequence: section)
    fragment.isFailureIgnored = goesOn
    collector.fragments.append(fragment)
  }

  private static func table(_ context: ManifestContext, into collector: inout ManifestCollector) {
    var number = 0
    for line in context.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      var rest = line.trimmed
      guard let first = rest.first, first != UInt8(ascii: "#"),
        first == UInt8(ascii: "@") || first == UInt8(ascii: "*") || first.isDigit
      else { continue }
      for _ in 0..<(first == UInt8(ascii: "@") ? 1 : 5) {
        rest = rest.drop { !$0.isBlank }.trimmed
      }
      // The system's own tables name a user before the command.
      if context.path.name == "crontab" || context.path.parent?.name == "cron.d" {
        rest = rest.drop { !$0.isBlank }.trimmed
      }
      guard !rest.isEmpty else { continue }
      var builder = ShellTextBuilder()
      builder.append(
        verbatim: rest,
        at: TextPosition(line: number, column: rest.startIndex - line.startIndex + 1))
      collector.fragments.append(
        ShellFragment(path: context.path, place: .foreign(language: "cron"), text: builder))
    }
  }
}

/// Settings of git that hold commands: filters, aliases, hooks on the file system.
enum GitCommands {
  static func isNamed(_ path: RelativePath) -> Bool {
    path.name == ".gitconfig" || path.name == "gitconfig"
      || path.name == "config" && path.parent?.name == ".git"
  }

  private static let keys: Set<String> = [
    "smudge", "clean", "process", "command", "textconv", "driver", "cmd", "sshcommand",
    "fsmonitor", "pager", "editor", "askpass", "helper", "program",
  ]

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for option in GitConfigurationFile(context.bytes).options {
      let parts = option.name.lowercased().split(separator: ".")
      var text = option.value
      if parts.first == "alias" {
        guard text.hasPrefix("!") else { continue }
        text.removeFirst()
      } else if !keys.contains(parts.last.map(String.init) ?? "") {
        continue
      }
      var builder = ShellTextBuilder()
      builder.append(decoded: text.utf8, at: option.start)
      collector.fragments.append(
        ShellFragment(path: context.path, place: .foreign(language: "git"), text: builder))
    }
  }
}
