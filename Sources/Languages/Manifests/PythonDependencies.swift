import Core

/// Requirements of Python packages as dependencies, whatever file they stand in.
enum PythonDependencies {
  /// A requirement of PEP 508 written as a string, in pyproject.toml, setup.py and the like.
  static func requirement(
    _ text: String, at location: Location, group: String? = nil,
    purpose: Dependency.Purpose = .run, into collector: inout ManifestCollector
  ) {
    if let dependency = dependency(text, at: location, group: group, purpose: purpose) {
      collector.dependencies.append(dependency)
    }
  }

  /// The dependency that a line means; nil for text that names no package.
  static func dependency(
    _ text: String, at location: Location, group: String? = nil,
    purpose: Dependency.Purpose = .run, hashes: [String] = []
  ) -> Dependency? {
    switch RequirementsReader.target(Construct.normalised(text)) {
    case .requirement(let requirement):
      return dependency(
        requirement, text: text, at: location, group: group, purpose: purpose, hashes: hashes)
    case .reference(let reference):
      return dependency(
        reference, text: text, at: location, group: group, purpose: purpose, hashes: hashes)
    case .malformed:
      return templated(text, at: location, group: group, purpose: purpose)
    }
  }

  static func dependency(
    _ requirement: PythonRequirement, text: String, at location: Location, group: String?,
    purpose: Dependency.Purpose, hashes: [String]
  ) -> Dependency {
    let level: Dependency.Level
    var written = requirement.specifier.description
    var isPlaintext = false
    var hasRepository = false
    if let address = requirement.address {
      written = "@ " + address
      if let reference = DirectReference.parse(address) {
        level = strongest(Dependency.Level(reference.pinning), hashes)
        isPlaintext = reference.isPlaintext
        if case .repository = reference.kind { hasRepository = true }
      } else {
        level = .dynamic
      }
    } else {
      level = strongest(self.level(of: requirement.specifier), hashes)
    }
    var dependency = Dependency(
      .pypi, requirement.normalizedName, written, level, at: location, group: group,
      purpose: purpose, construct: Construct.normalised(text))
    dependency.isPlaintext = isPlaintext
    dependency.hasRepository = hasRepository
    dependency.condition = requirement.marker
    return dependency
  }

  static func dependency(
    _ reference: DirectReference, text: String, at location: Location, group: String?,
    purpose: Dependency.Purpose, hashes: [String]
  ) -> Dependency {
    let isRepository = if case .repository = reference.kind { true } else { false }
    let name = reference.name.map { PythonRequirement.normalize($0) } ?? reference.target
    var dependency = Dependency(
      isRepository ? .git : .pypi, isRepository ? reference.target : name, "@ " + text,
      strongest(Dependency.Level(reference.pinning), hashes), at: location, group: group,
      purpose: purpose, construct: Construct.normalised(text))
    if case .repository(let revision) = reference.kind { dependency.requirement = revision ?? "" }
    dependency.isPlaintext = reference.isPlaintext
    return dependency
  }

  /// The level of a version specifier alone.
  static func level(of specifier: PythonSpecifierSet) -> Dependency.Level {
    if specifier.isEmpty { return .nothing }
    return specifier.exactVersion == nil ? .range : .version
  }

  private static func strongest(_ level: Dependency.Level, _ hashes: [String]) -> Dependency.Level {
    !hashes.isEmpty && hashes.allSatisfy(isDigest) && level != .local ? .content : level
  }

  /// Whether a value of `--hash` is a whole digest of an algorithm that pip takes.
  static func isDigest(_ text: String) -> Bool {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[1].utf8.allSatisfy({ (TOMLParser.digit($0) ?? 99) < 16 }) else {
      return false
    }
    return ["sha256": 64, "sha384": 96, "sha512": 128][String(parts[0])] == parts[1].utf8.count
  }

  /// `torch==${VERSION}`, `torch=={{ version }}`, `torch==%s`: a name with a version that is filled in later.
  private static func templated(
    _ text: String, at location: Location, group: String?, purpose: Dependency.Purpose
  ) -> Dependency? {
    guard let mark = text.firstIndex(where: { "${%".contains($0) }) else { return nil }
    var head = String(text[..<mark])
    while let last = head.last, "=<>~! ".contains(last) { head.removeLast() }
    guard let requirement = PythonRequirement.parse(head), requirement.address == nil else {
      return nil
    }
    return Dependency(
      .pypi, requirement.normalizedName, String(text.dropFirst(requirement.name.count)), .dynamic,
      at: location, group: group, purpose: purpose, construct: Construct.normalised(text))
  }
}
