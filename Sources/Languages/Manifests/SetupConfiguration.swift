import Core

/// setup.cfg of setuptools, and the environments of tox.
enum SetupConfiguration {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let file = INIFile(context.bytes)
    for section in file.sections {
      switch section.name {
      case "options":
        list(section["install_requires"], nil, .run, context, into: &collector)
        list(section["setup_requires"], "setup", .build, context, into: &collector)
        for line in section["dependency_links"]?.lines ?? [] {
          SetupScript.link(
            line.text, at: context.location(line.start, line.end), into: &collector)
        }
        list(section["tests_require"], "test", .development, context, into: &collector)
      case "options.extras_require":
        for option in section.options {
          list(option, option.name, .run, context, into: &collector)
        }
      default:
        if section.name.hasPrefix("testenv") || section.name == "tox" {
          environment(section, context, into: &collector)
        }
      }
    }
  }

  private static func list(
    _ option: INIFile.Option?, _ group: String?, _ purpose: Dependency.Purpose,
    _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    guard let option else { return }
    for line in option.lines {
      if line.text.hasPrefix("file:") {
        for name in line.text.dropFirst(5).split(separator: ",") {
          let trimmed = name.split { $0 == " " }.joined(separator: " ")
          collector.include(
            trimmed, group: group, at: context.location(line.start, line.end), from: context)
        }
        continue
      }
      let location = context.location(line.start, line.end)
      // On a single line, semicolons separate requirements; on several, they begin markers.
      let texts =
        option.lines.count == 1 && option.start.line == line.start.line
        ? line.text.split(separator: ";").map(String.init) : [line.text]
      for text in texts {
        let bare = text.firstRange(of: " #").map { String(text[..<$0.lowerBound]) } ?? text
        PythonDependencies.requirement(
          bare, at: location, group: group, purpose: purpose, into: &collector)
      }
    }
  }

  // MARK: tox

  private static func environment(
    _ section: INIFile.Section, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    for line in section["deps"]?.lines ?? [] {
      dependency(line, section.name, context, into: &collector)
    }
    for line in section["requires"]?.lines ?? [] where section.name == "tox" {
      dependency(line, section.name, context, into: &collector)
    }
    for key in ["commands_pre", "commands", "commands_post"] {
      var builder = ShellTextBuilder()
      for line in section[key]?.lines ?? [] {
        // A dash before a command ignores its failure.
        let text = line.text.hasPrefix("- ") ? String(line.text.dropFirst(2)) : line.text
        builder.append(decoded: text.utf8, at: line.start)
        builder.append(decoded: [UInt8(ascii: "\n")], at: line.end)
      }
      if builder.bytes.isEmpty { continue }
      collector.fragments.append(
        ShellFragment(
          path: context.path, place: .configuration(key: key), text: builder,
          sequence: section.name))
    }
  }

  private static func dependency(
    _ line: INIFile.Line, _ group: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    dependency(
      line.text, at: context.location(line.start, line.end), group, context, into: &collector)
  }

  /// One line of `deps` of tox.
  static func dependency(
    _ written: String, at location: Location, _ group: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    var text = written
    // `py310: pytest` holds for some environments only.
    if let colon = text.firstRange(of: ": "), !text[..<colon.lowerBound].contains(" ") {
      text = String(text[colon.upperBound...])
    }
    text.replace("{toxinidir}/", with: "")
    if text.hasPrefix("{[") || text.hasPrefix("#") { return }
    if text.hasPrefix("-") {
      let words = text.split(separator: " ").map(String.init)
      for option in RequirementsReader.options(words)
      where option.name == "requirement" || option.name == "constraint" {
        collector.include(
          option.value, isConstraint: option.name == "constraint", group: group,
          at: location, from: context)
      }
      return
    }
    PythonDependencies.requirement(
      text, at: location, group: group, purpose: .development, into: &collector)
  }
}

/// tox in TOML: tox.toml, or `tool.tox` of pyproject.toml.
enum ToxSettings {
  static func readFile(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = collector.toml(context) else { return }
    read(root, context, into: &collector)
  }

  static func read(
    _ root: TOMLValue, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    if let legacy = root["legacy_tox_ini"], let text = legacy.string {
      let start = legacy.start
      let line =
        context.bytes.split(
          separator: 0x0A, maxSplits: start.line, omittingEmptySubsequences: false
        ).dropFirst(start.line - 1).first ?? []
      // A line break right behind the quotes does not count.
      let isBelow =
        line.trimmed.suffix(3).elementsEqual("\"\"\"".utf8)
        || line.trimmed.suffix(3).elementsEqual("'''".utf8)
      let blank = [UInt8](repeating: 0x0A, count: start.line - 1 + (isBelow ? 1 : 0))
      SetupConfiguration.read(
        ManifestContext(path: context.path, bytes: blank + Array(text.utf8)), into: &collector)
    }
    dependencies(root["requires"], "tox", context, into: &collector)
    var environments = root["env"]?.table?.entries.map { ($0.key, $0.value) } ?? []
    for key in ["env_run_base", "env_pkg_base"] {
      if let value = root[key] { environments.append((key, value)) }
    }
    for (name, environment) in environments {
      dependencies(environment["deps"], name, context, into: &collector)
      for key in ["commands_pre", "commands", "commands_post"] {
        for command in environment[key]?.array ?? [] {
          let words = (command.array ?? []).compactMap { word in
            word.string.map { ShellArgument(ShellValue($0), at: word.start) }
          }
          if words.isEmpty { continue }
          collector.fragments.append(
            ShellFragment(
              path: context.path, place: .configuration(key: key), body: .arguments(words),
              sequence: name))
        }
      }
    }
  }

  private static func dependencies(
    _ list: TOMLValue?, _ group: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    for item in list?.array ?? [] {
      guard let text = item.string else { continue }
      SetupConfiguration.dependency(
        text, at: context.location(item.start, item.end), group, context, into: &collector)
    }
  }
}
