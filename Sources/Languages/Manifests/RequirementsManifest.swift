import Core

/// Requirements and constraints files of pip.
enum RequirementsManifest {
  /// Adds what a requirements file asks for, and the files it takes in.
  static func read(
    _ context: ManifestContext, isConstraint: Bool, group: String?,
    into collector: inout ManifestCollector
  ) {
    let file = RequirementsFile(context.bytes)
    for entry in file.entries {
      let location = context.location(entry.start, entry.end)
      let purpose: Dependency.Purpose = isConstraint ? .constraint : .run
      switch entry.target {
      case .requirement(let requirement):
        collector.dependencies.append(
          PythonDependencies.dependency(
            requirement, text: entry.text, at: location, group: group, purpose: purpose,
            hashes: entry.hashes))
      case .reference(let reference):
        collector.dependencies.append(
          PythonDependencies.dependency(
            reference, text: entry.text, at: location, group: group, purpose: purpose,
            hashes: entry.hashes))
      case .malformed:
        malformed(entry, location, group, purpose, into: &collector)
      }
    }
    for option in file.options { source(option, context, into: &collector) }
    for include in file.includes {
      let place = context.location(include.option.start, include.option.end)
      if include.path.contains("://") {
        collector.dependencies.append(
          Dependency(
            .pypi, include.path, "", .nothing, at: place,
            group: group, construct: "--\(include.option.name) \(include.path)"))
      } else {
        collector.include(
          include.path, isConstraint: isConstraint || include.isConstraint, group: group,
          at: place, from: context)
      }
    }
  }

  /// `conda list --export` writes `name=1.2=build`; several requirements on one line are a mistake
  /// that still says what is wanted.
  private static func malformed(
    _ entry: RequirementsFile.Entry, _ location: Location, _ group: String?,
    _ purpose: Dependency.Purpose, into collector: inout ManifestCollector
  ) {
    if let dependency = PythonDependencies.dependency(
      entry.text, at: location, group: group, purpose: purpose, hashes: entry.hashes)
    {
      collector.dependencies.append(dependency)
      return
    }
    if !entry.text.contains(" "), entry.text.contains("="), let spec = CondaSpec(entry.text) {
      collector.dependencies.append(
        CondaManifest.dependency(spec, text: entry.text, at: location, group: group))
      return
    }
    let words = entry.text.split(separator: " ")
    let parsed = words.compactMap { PythonRequirement.parse($0) }
    if parsed.count == words.count {
      for (word, requirement) in zip(words, parsed) {
        collector.dependencies.append(
          PythonDependencies.dependency(
            requirement, text: String(word), at: location, group: group, purpose: purpose,
            hashes: []))
      }
    } else {
      collector.problems.append(
        ManifestProblem(location: location, reason: "`\(entry.text)` is no requirement"))
      if let dependency = intended(entry.text, location, group, purpose) {
        collector.dependencies.append(dependency)
      }
    }
  }

  /// What a line means that pip itself refuses: a name, and what follows the sign behind it.
  private static func intended(
    _ text: String, _ location: Location, _ group: String?, _ purpose: Dependency.Purpose
  ) -> Dependency? {
    let head = text.prefix { !"=<>~!@; ".contains($0) }
    let rest = text[head.endIndex...].drop { $0 == " " }
    guard let requirement = PythonRequirement.parse(String(head)), let sign = rest.first,
      "=<>~!@;".contains(sign)
    else { return nil }
    var level: Dependency.Level = sign == ";" ? .nothing : .range
    if sign == "@" {
      let address = rest.dropFirst().drop { $0 == " " }.prefix { $0 != " " && $0 != ";" }
      level =
        DirectReference.parse(String(address)).map { Dependency.Level($0.pinning) } ?? .nothing
    }
    let written = sign == ";" ? "" : String(rest)
    return Dependency(
      .pypi, requirement.normalizedName, written, level, at: location, group: group,
      purpose: purpose, construct: Construct.normalised(text))
  }

  private static func source(
    _ option: RequirementsFile.Option, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    let kind: PackageSource.Kind
    switch option.name {
    case "index-url": kind = .index
    case "extra-index-url": kind = .extraIndex
    case "find-links": kind = .findLinks
    case "trusted-host": kind = .trustedHost
    default: return
    }
    collector.sources.append(
      PackageSource(
        kind: kind, ecosystem: .pypi, address: option.value,
        location: context.location(option.start, option.end),
        construct: "--\(option.name) \(option.value)"))
  }

  // MARK: Which files

  /// Whether a file of this name is one by custom.
  static func isNamed(_ path: RelativePath) -> Bool {
    let name = path.name.lowercased()
    let isText = name.hasSuffix(".txt") || name.hasSuffix(".in") || name.hasSuffix(".pip")
    guard isText else { return name == "requirements" }
    if name.hasSuffix(".in"), name == "manifest.in" || name.hasSuffix(".h.in") { return false }
    let stem = name.split(separator: ".").dropLast().joined(separator: ".")
    if ["requirement", "constraint"].contains(where: stem.contains) { return true }
    if ["reqs", "req", "pip-deps", "pip_deps", "pip-packages"].contains(stem) { return true }
    for part in stem.split(whereSeparator: { "-_.".contains($0) })
    where part == "reqs" || part == "req" {
      return true
    }
    guard let folder = path.parent?.name.lowercased() else { return false }
    return folder == "requirements" || folder == "reqs" || folder == "constraints"
  }

  static func isConstraints(_ path: RelativePath) -> Bool {
    path.name.lowercased().contains("constraint")
  }

  /// Whether the lines of a text are requirements beyond doubt: all of them read as such, and most
  /// name a version.
  static func isRequirements(_ bytes: [UInt8]) -> Bool {
    guard bytes.count < 100_000, bytes.contains(UInt8(ascii: "=")) else { return false }
    let file = RequirementsFile(bytes)
    guard file.entries.count >= 2 else { return false }
    var versions = 0
    for entry in file.entries {
      switch entry.target {
      case .requirement(let requirement):
        if !requirement.specifier.isEmpty || requirement.address != nil { versions += 1 }
      case .reference(let reference):
        if case .repository = reference.kind { versions += 1 }
      case .malformed: return false
      }
    }
    return versions * 2 > file.entries.count
  }
}
