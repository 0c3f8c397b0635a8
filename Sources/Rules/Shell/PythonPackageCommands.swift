import Core
import Languages

/// pip, uv, pipx, poetry and their kin.
struct PythonPackageCommands {
  let reader: ShellFetchReader

  static let fix =
    "list exact versions with hashes in a file and install with "
    + "`pip install --require-hashes -r requirements.txt`"

  static let grammar = ShellOptions.Grammar(
    long: [
      "--requirement", "--constraint", "--requirements", "--constraints", "--editable",
      "--index-url", "--extra-index-url",
      "--find-links", "--target", "--prefix", "--root", "--trusted-host", "--proxy",
      "--cache-dir", "--python-version", "--platform", "--implementation", "--abi",
      "--only-binary", "--no-binary", "--progress-bar", "--timeout", "--retries", "--cert",
      "--client-cert", "--log", "--src", "--global-option", "--install-option",
      "--config-settings", "--config-setting", "--upgrade-strategy", "--report", "--use-feature",
      "--exists-action", "--use-deprecated", "--default-timeout", "--python", "--extra", "--group",
      "--index", "--default-index", "--override", "--dest", "--wheel-dir", "--build-option",
      "--resolution", "--prerelease", "--torch-backend", "--reinstall-package", "--link-mode",
      "--no-build-isolation-package", "--upgrade-package", "--index-strategy",
      "--keyring-provider", "--with", "--with-requirements", "--from", "--with-editable",
      "--env-file", "--directory", "--project", "--suffix", "--pip-args", "--preinstall",
      "--source",
      "--tag", "--branch", "--rev", "--platform", "--optional", "--isolated-mode", "--build",
      "--exclude-newer", "--package", "--dependency-groups",
    ],
    letters: Set("rceiftdbwCpGP"))

  func pip(_ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    // Global options may stand before the verb: `pip --no-cache-dir install`.
    let options = ShellOptions(arguments, Self.grammar)
    guard let verb = options.rest.first?.display,
      ["install", "download", "wheel"].contains(verb)
    else { return [] }
    return install(options, Array(options.rest.dropFirst()))
  }

  /// What `install` fetches with these options and words.
  private func install(_ options: ShellOptions, _ words: [ShellField]) -> [ShellFetch] {
    if options.has("--dry-run", "--no-index") && !options.has("--index-url", "-i") {
      if options.has("--no-index"),
        options.values("-f", "--find-links").allSatisfy({
          !$0.display.contains("://")
        })
      {
        return []
      }
    }
    var found: [ShellFetch] = []
    let demandsHashes = options.has("--require-hashes")
    var packages: [ShellPackage] = []
    var locals: [String] = []
    for (field, isEditable) in words.map({ ($0, false) })
      + options.values("-e", "--editable").map({ ($0, true) })
    {
      for value in field.values.prefix(ShellFetchReader.maximumValues) {
        switch Self.package(value, end: field.end, isEditable: isEditable, isLocal: reader.isLocal)
        {
        case .package(let package): packages.append(package)
        case .local(let path): locals.append(path)
        case nil: break
        }
      }
    }
    if !packages.isEmpty {
      found.append(reader.install(packages, fix: Self.fix))
    }
    for path in locals {
      let resolves = !options.has("--no-deps", "--no-dependencies")
      var project = reader.installDeclared(
        resolves ? "the dependencies of \(path)" : path, resolves ? .branch : .local,
        flaw: "as they resolve at that moment",
        fix:
          "install the dependencies from a file with hashes, then `pip install --no-deps \(path)`")
      project.isMinor = true
      found.append(project)
    }
    for file in options.values("-r", "--requirement", "--with-requirements") {
      found.append(declared(in: file, demandsHashes: demandsHashes))
    }
    if options.has("--group") {
      found.append(
        reader.installDeclared(
          "the dependency group \(options.value("--group")?.display ?? "")", .branch,
          flaw: "as it resolves at that moment", fix: Self.fix))
    }
    return found
  }

  private func declared(in file: ShellField, demandsHashes: Bool) -> ShellFetch {
    let name = file.display
    var pinning: Pinning = demandsHashes ? .content : .branch
    var flaw = "whose versions are not all fixed by hashes"
    if name.contains("://") {
      pinning = Address(name)?.pinning.isFixed == true && demandsHashes ? .content : .branch
      flaw = "a list that is itself downloaded"
    } else if let listed = reader.surroundings.requirementsFile(
      name, from: reader.analysis.fragment.path)
    {
      let isHashed =
        listed.requiresHashes && listed.entries.allSatisfy { !$0.hashes.isEmpty }
        && listed.includes.allSatisfy(\.isConstraint)
      if isHashed { pinning = .content }
    }
    return reader.installDeclared(
      "what \(name) lists", pinning, flaw: flaw, fix: Self.fix)
  }

  // MARK: One requirement

  enum Named {
    case package(ShellPackage)
    case local(String)
  }

  /// Reads a word of `pip install`.
  static func package(
    _ value: ShellValue, end: TextPosition, isEditable: Bool, isLocal: (ShellField) -> Bool
  ) -> Named? {
    let text = value.display
    guard !text.isEmpty else { return nil }
    let bare = String(text.prefix { $0 != "[" })
    let field = ShellField(values: [ShellValue(bare)], start: end, end: end)
    if text.hasPrefix("${"), !value.isKnown, value.knownPrefix.isEmpty, !text.contains("==") {
      let isPath = text.hasSuffix(".whl") || text.hasSuffix(".tar.gz") || text.contains("}/")
      if isPath { return .local(text) }
      return .package(
        ShellPackage(ecosystem: "pypi", name: text, requirement: "", pinning: .dynamic, end: end))
    }
    if let (name, address) = directReference(text) {
      guard let reference = DirectReference.parse(address) else { return nil }
      if case .local = reference.kind { return .local(text) }
      let pinning: Pinning = value.isKnown ? reference.pinning : max(reference.pinning, .dynamic)
      return .package(
        ShellPackage(
          ecosystem: "pypi", name: name ?? reference.name ?? address, requirement: "@ \(address)",
          pinning: versioned(reference, pinning), end: end))
    }
    if isEditable || isLocal(field) || text.hasPrefix(".") || text.contains("*.whl")
      || text.hasSuffix(".whl") || text.hasSuffix(".tar.gz") || text.hasSuffix(".zip")
      || bare.contains("/")
    {
      return .local(text)
    }
    if let requirement = PythonRequirement.parse(text), value.isKnown {
      let isExact = requirement.specifier.exactVersion != nil
      return .package(
        ShellPackage(
          ecosystem: "pypi", name: requirement.normalizedName,
          requirement: requirement.specifierText, pinning: isExact ? .version : .branch, end: end))
    }
    let name = text.prefix { !"<>=!~[;@ ".contains($0) }
    guard !name.isEmpty else { return nil }
    let rest = text.dropFirst(name.count)
    return .package(
      ShellPackage(
        ecosystem: "pypi", name: PythonRequirement.normalize(name), requirement: String(rest),
        pinning: rest.contains("==") && !value.isKnown ? .dynamic : .branch, end: end))
  }

  /// An archive's address that carries a version in its name cannot be told to be immutable.
  private static func versioned(_ reference: DirectReference, _ pinning: Pinning) -> Pinning {
    if case .archive = reference.kind, !pinning.isFixed, pinning != .dynamic {
      return reference.target.hasSuffix(".whl") ? .version : .tag
    }
    return pinning
  }

  /// `name @ address`, or an address alone.
  private static func directReference(_ text: String) -> (name: String?, address: String)? {
    if let at = text.firstIndex(of: "@"), !text[..<at].contains("/"), !text[..<at].contains(":") {
      let name = text[..<at].filter { $0 != " " }
      let address = text[text.index(after: at)...].drop { $0 == " " }
      if address.contains("/") || address.contains(":") {
        return (PythonRequirement.normalize(name.prefix { $0 != "[" }), String(address))
      }
    }
    guard text.contains("://") || text.hasPrefix("git@") else { return nil }
    return (nil, text)
  }

  // MARK: Other tools

  func other(_ name: String, _ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let options = ShellOptions(arguments, Self.grammar)
    let words = options.rest
    let verb = words.first?.display ?? ""
    switch name {
    case "uv": return uv(options, words, verb)
    case "uvx":
      let tool = options.value("--from") ?? words.first
      return installed([tool].compactMap { $0 } + options.values("--with"))
    case "pipx":
      switch verb {
      case "install", "inject", "upgrade": return installed(words.dropFirst())
      case "run":
        return installed([options.value("--spec") ?? words.dropFirst().first].compactMap { $0 })
      default: return []
      }
    case "poetry", "pdm", "rye", "pipenv", "pixi": return project(name, options, words, verb)
    case "easy_install": return installed(words)
    case "mim", "llm", "datasette", "sqlite-utils":
      return verb == "install" ? installed(words.dropFirst()) : []
    case "pip-sync":
      let list = ShellField(
        values: [ShellValue("requirements.txt")], start: reader.command.position,
        end: reader.command.end)
      return (words.isEmpty ? [list] : words).map { declared(in: $0, demandsHashes: false) }
    case "pre-commit", "pre_commit":
      guard verb == "run" || verb == "install-hooks" || options.has("--install-hooks") else {
        return []
      }
      return [
        reader.installDeclared(
          "the hooks of .pre-commit-config.yaml", .tag, flaw: "at the revisions it names",
          fix: "give each hook's rev as a full commit: `pre-commit autoupdate --freeze`")
      ]
    case "build":
      guard !options.has("--no-isolation", "-n", "--help") else { return [] }
      return [
        reader.installDeclared(
          "the build requirements of the local package", .branch,
          flaw: "as they resolve at that moment",
          fix: "build with --no-isolation in an environment installed from hashes")
      ]
    default: return []
    }
  }

  private func installed(_ words: some Sequence<ShellField>) -> [ShellFetch] {
    var packages: [ShellPackage] = []
    for field in words {
      for value in field.values.prefix(ShellFetchReader.maximumValues) {
        // `tool@1.2.3` is the form of uvx and `uv tool`.
        let text = value.display
        if let at = text.firstIndex(of: "@"), !text.contains("/"), !text.contains(" ") {
          let version = String(text[text.index(after: at)...])
          packages.append(
            ShellPackage(
              ecosystem: "pypi", name: PythonRequirement.normalize(text[..<at]),
              requirement: version, pinning: ShellFetchReader.versionPinning(version),
              end: field.end))
          continue
        }
        let named = Self.package(value, end: field.end, isEditable: false, isLocal: reader.isLocal)
        if case .package(let package)? = named { packages.append(package) }
      }
    }
    return packages.isEmpty ? [] : [reader.install(packages, fix: Self.fix)]
  }

  private func uv(_ options: ShellOptions, _ words: [ShellField], _ verb: String) -> [ShellFetch] {
    let second = words.dropFirst().first?.display ?? ""
    switch verb {
    case "pip":
      if second == "install" { return install(options, Array(words.dropFirst(2))) }
      if second == "sync" {
        return words.dropFirst(2).map {
          declared(in: $0, demandsHashes: options.has("--require-hashes"))
        }
      }
      return []
    case "add": return installed(words.dropFirst())
    case "tool":
      if second == "install" || second == "upgrade" {
        return installed(words.dropFirst(2) + options.values("--with"))
      }
      if second == "run" {
        return installed(
          [options.value("--from") ?? words.dropFirst(2).first].compactMap { $0 }
            + options.values("--with"))
      }
      return []
    case "run":
      return installed(options.values("--with")) + locked("uv.lock", options)
    case "sync": return locked("uv.lock", options)
    case "build":
      return [
        reader.installDeclared(
          "the build requirements of the local package", .branch,
          flaw: "as they resolve at that moment", fix: "pass --build-constraint with hashes")
      ]
    case "python":
      guard second == "install" else { return [] }
      return [
        reader.installDeclared(
          "Python \(words.dropFirst(2).first?.display ?? "")", .library,
          flaw: "as this version of uv knows it", fix: "pin the version of uv itself")
      ]
    default: return []
    }
  }

  /// A command that installs what the tree's lock says, if there is one and it is believed.
  private func locked(_ lock: String, _ options: ShellOptions) -> [ShellFetch] {
    let isFrozen = options.has("--locked", "--frozen", "--deploy", "--no-sync")
    let hasLock = reader.surroundings.tree.contains(lock)
    let flaw: String
    let pinning: Pinning
    switch (hasLock, isFrozen) {
    case (true, true): (pinning, flaw) = (.content, "")
    case (true, false):
      (pinning, flaw) = (.library, "from \(lock), which may be updated on the way")
    // Without the lock it fails: what was resolved stands somewhere, but cannot be looked at.
    case (false, true): (pinning, flaw) = (.library, "from a \(lock) that is not in this tree")
    case (false, false): (pinning, flaw) = (.branch, "as they resolve at that moment")
    }
    return [
      reader.installDeclared(
        "the project's dependencies", pinning, flaw: flaw,
        fix: hasLock ? "pass --locked" : "commit \(lock) and install from it")
    ]
  }

  private func project(
    _ name: String, _ options: ShellOptions, _ words: [ShellField], _ verb: String
  ) -> [ShellFetch] {
    let lock =
      [
        "poetry": "poetry.lock", "pdm": "pdm.lock", "rye": "requirements.lock",
        "pipenv": "Pipfile.lock", "pixi": "pixi.lock",
      ][name] ?? ""
    switch verb {
    case "add": return installed(words.dropFirst())
    case "install" where name == "pipenv" && words.count > 1: return installed(words.dropFirst())
    case "install", "sync":
      if name == "pixi" || name == "poetry" || name == "pdm" || name == "pipenv" || name == "rye" {
        // Poetry installs from its lock whenever it is there.
        guard reader.surroundings.tree.contains(lock) else { return locked(lock, options) }
        return [
          reader.installDeclared("the project's dependencies", .content, flaw: "", fix: "")
        ]
      }
      return []
    case "update", "lock":
      guard verb == "update" else { return [] }
      return [
        reader.installDeclared(
          "the project's dependencies", .branch, flaw: "in their newest versions",
          fix: "install from \(lock)")
      ]
    case "global" where ["install", "add"].contains(words.dropFirst().first?.display ?? ""):
      return installed(words.dropFirst(2))
    case "self" where words.dropFirst().first?.display == "add":
      return installed(words.dropFirst(2))
    default: return []
    }
  }
}

extension ShellSurroundings {
  /// The requirements file that a command names, beside it or from the root.
  func requirementsFile(_ name: String, from path: RelativePath) -> RequirementsFile? {
    var text = name[...]
    while text.hasPrefix("./") { text = text.dropFirst(2) }
    if let parent = path.parent, let file = requirements["\(parent)/\(text)"] { return file }
    if let file = requirements[String(text)] { return file }
    // An image has its own folders: the file's name alone decides, when only one bears it.
    let last = text.split(separator: "/").last.map(String.init) ?? ""
    guard let paths = requirementPaths[last], paths.count == 1 else { return nil }
    return requirements[paths[0]]
  }
}
