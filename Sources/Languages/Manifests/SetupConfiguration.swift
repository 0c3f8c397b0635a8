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
    var text = line.text
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
          at: context.location(line.start, line.end), from: context)
      }
      return
    }
    PythonDependencies.requirement(
      text, at: context.location(line.start, line.end), group: group, purpose: .development,
      into: &collector)
  }
}
