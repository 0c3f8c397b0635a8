import Core
import Languages

/// conda, mamba, micromamba.
struct CondaCommands {
  let reader: ShellFetchReader

  private static let grammar = ShellOptions.Grammar(
    long: [
      "--name", "--prefix", "--channel", "--file", "--solver", "--revision", "--platform",
      "--root-prefix", "--clone", "--subdir", "--use-index-cache",
    ],
    letters: Set("npcfr"))

  func fetches(_ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let options = ShellOptions(arguments, Self.grammar)
    var words = options.rest[...]
    var verb = words.popFirst()?.display ?? ""
    if verb == "env" { verb = "env " + (words.popFirst()?.display ?? "") }
    guard ["install", "create", "update", "upgrade", "env create", "env update"].contains(verb)
    else { return [] }
    if options.has("--clone", "--offline") { return [] }
    var found: [ShellFetch] = []
    let packages = words.flatMap { field in
      field.values.prefix(ShellFetchReader.maximumValues).map { Self.package($0, field) }
    }
    if !packages.isEmpty, !verb.hasPrefix("env") {
      found.append(
        reader.install(
          packages, fix: "write an explicit list with conda-lock and create the environment from it"
        ))
    }
    var files = options.values("-f", "--file")
    if verb.hasPrefix("env"), files.isEmpty {
      files = [
        ShellField(
          values: [ShellValue("environment.yml")], start: reader.command.position,
          end: reader.command.end)
      ]
    }
    for file in files {
      let isLock = file.display.contains("conda-lock") || file.display.contains("conda-linux-64")
      found.append(
        reader.installDeclared(
          "what \(file.display) lists", isLock ? .content : .branch,
          flaw: "as it resolves at that moment",
          fix: "write an explicit list with conda-lock and create the environment from it"))
    }
    if options.has("--all"), packages.isEmpty {
      found.append(
        reader.installDeclared(
          "all packages of the environment", .branch, flaw: "in their newest versions",
          fix: "create the environment from an explicit list"))
    }
    return found
  }

  /// `name`, `name=1.2`, `name=1.2=build`, `channel::name==1.2`.
  private static func package(_ value: ShellValue, _ field: ShellField) -> ShellPackage {
    var text = value.display
    if let channel = text.firstRange(of: "::") { text = String(text[channel.upperBound...]) }
    let name = text.prefix { !"=<>!~ [".contains($0) }
    let rest = String(text.dropFirst(name.count))
    var pinning: Pinning = .branch
    if rest.contains("${") {
      pinning = .dynamic
    } else if rest.hasPrefix("==") {
      pinning = rest.contains("*") ? .branch : .version
    } else if rest.hasPrefix("=") {
      // One `=` is a prefix match; two parts name a build.
      pinning = rest.dropFirst().contains("=") && !rest.contains("*") ? .version : .branch
    }
    return ShellPackage(
      ecosystem: "conda", name: String(name), requirement: rest, pinning: pinning, end: field.end)
  }
}

/// npm, yarn, pnpm, bun, deno.
struct NodeCommands {
  let reader: ShellFetchReader

  private static let fix =
    "name exact versions in package.json, commit the lock, install with `npm ci`"
  private static let grammar = ShellOptions.Grammar(
    long: [
      "--registry", "--prefix", "--workspace", "--package", "--call", "--cwd", "--dir", "--filter",
      "--userconfig", "--cache", "--loglevel", "--omit", "--include", "--tag", "--network-timeout",
      "--global-dir",
    ],
    letters: Set("pwcC"))

  func fetches(_ tool: String, _ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let isRunner = tool == "npx" || tool == "bunx" || tool == "pnpx"
    // What stands behind the tool's name are the tool's own options.
    let options = ShellOptions(
      isRunner ? Self.ownOptions(of: arguments) : arguments, Self.grammar)
    var words = options.rest[...]
    if isRunner {
      return execute(
        options.values("--package", "-p").isEmpty
          ? Array(words.prefix(1)) : options.values("--package", "-p"), options)
    }
    if tool == "deno" { return deno(words) }
    if tool == "yarn", words.isEmpty, !options.has("--version", "-v", "--help") {
      return locked(tool, options)
    }
    var verb = words.popFirst()?.display ?? ""
    if tool == "yarn", verb == "global" { verb = words.popFirst()?.display ?? "" }
    switch verb {
    case "ci": return locked(tool, options, isClean: true)
    case "install", "i", "add", "in", "isntall", "up", "upgrade", "update":
      let named = words.filter { !reader.isLocal($0) && !$0.display.hasSuffix(".tgz") }
      if named.isEmpty { return words.isEmpty ? locked(tool, options) : [] }
      return [reader.install(reader.packages(named, "npm", separator: "@"), fix: Self.fix)]
    case "exec" where tool == "yarn" || tool == "pnpm": return []
    case "exec", "x", "dlx":
      let packages = options.values("--package", "-p")
      return execute(packages.isEmpty ? Array(words.prefix(1)) : packages, options)
    case "create", "init", "innit":
      guard let name = words.first, !name.display.isEmpty else { return [] }
      return execute([name], options, prefix: "create-")
    case "prepare" where tool == "corepack":
      return [
        reader.install(reader.packages(words.prefix(1), "npm", separator: "@"), fix: Self.fix)
      ]
    default: return []
    }
  }

  /// The words up to the first that is no option, that one included.
  private static func ownOptions(of arguments: ArraySlice<ShellField>) -> ArraySlice<ShellField> {
    let valued: Set<String> = [
      "-p", "--package", "-c", "--call", "-w", "--workspace", "--registry",
    ]
    let first = ShellWrappers.afterOptions(Array(arguments), taking: valued)
    return arguments.prefix(first + 1)
  }

  private func execute(
    _ fields: [ShellField], _ options: ShellOptions, prefix: String = ""
  ) -> [ShellFetch] {
    guard !fields.isEmpty, !options.has("--no-install", "--no", "--offline") else { return [] }
    // What the project has is run as it stands there; its manifest and lock are read elsewhere.
    if prefix.isEmpty,
      fields.allSatisfy({ $0.text.map(reader.surroundings.nodeTools.contains) ?? false })
    {
      return []
    }
    let packages = reader.packages(fields, "npm", separator: "@").map {
      ShellPackage(
        ecosystem: $0.ecosystem, name: prefix + $0.name, requirement: $0.requirement,
        pinning: $0.pinning, end: $0.end)
    }
    return [reader.install(packages, fix: "add the tool to package.json and its lock")]
  }

  private func locked(
    _ tool: String, _ options: ShellOptions, isClean: Bool = false
  ) -> [ShellFetch] {
    let locks = [
      "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock",
      "bun.lockb",
    ]
    let folder = reader.analysis.fragment.path.parent.map { "\($0)/" } ?? ""
    let hasLock = locks.contains {
      reader.surroundings.tree.contains($0) || reader.surroundings.tree.contains(folder + $0)
    }
    let isFrozen =
      isClean || options.has("--frozen-lockfile", "--immutable", "--pure-lockfile")
    let pinning: Pinning = isFrozen ? .content : hasLock ? .library : .branch
    return [
      reader.installDeclared(
        "the packages of package.json", pinning,
        flaw: hasLock
          ? "from a lock that may be updated on the way" : "as they resolve at that moment",
        fix: "commit the lock and install with `npm ci` or `--frozen-lockfile`")
    ]
  }

  private func deno(_ words: ArraySlice<ShellField>) -> [ShellFetch] {
    guard let verb = words.first?.display, ["run", "install", "add", "cache"].contains(verb),
      let target = words.dropFirst().first,
      target.display.contains("://") || target.display.hasPrefix("npm:")
        || target.display.hasPrefix("jsr:")
    else { return [] }
    return [
      reader.install(
        reader.packages([target], "deno", separator: "@"), fix: "pass --lock and --frozen")
    ]
  }
}

/// Package managers of systems and of other languages.
struct SystemPackageCommands {
  let reader: ShellFetchReader

  private struct Manager {
    let ecosystem: String
    var verbs: Set<String>
    var separator: Character = "="
    var valued: Set<String> = []
    var letters = ""
    /// Verbs that bring everything up to date.
    var upgrades: Set<String> = []
    /// A word that must stand before the verb: `tool` of `dotnet tool install`.
    var leading: Set<String> = []
  }

  private static let managers: [String: Manager] = {
    let apt = Manager(
      ecosystem: "system", verbs: ["install", "build-dep", "satisfy"],
      valued: ["--target-release", "--option", "--config-file"],
      letters: "otc", upgrades: ["upgrade", "dist-upgrade", "full-upgrade"])
    let dnf = Manager(
      ecosystem: "system", verbs: ["install", "in", "localinstall", "groupinstall", "reinstall"],
      separator: "-",
      valued: ["--enablerepo", "--disablerepo", "--repo", "--setopt", "--releasever"],
      letters: "c", upgrades: ["upgrade", "update", "up", "dup"])
    return [
      "apt-get": apt, "apt": apt, "aptitude": apt, "apt-fast": apt,
      "yum": dnf, "dnf": dnf, "microdnf": dnf, "tdnf": dnf, "zypper": dnf,
      "apk": Manager(
        ecosystem: "system", verbs: ["add"],
        valued: ["--virtual", "--repository", "--root", "--keys-dir"], letters: "tXp",
        upgrades: ["upgrade"]),
      "brew": Manager(
        ecosystem: "system", verbs: ["install", "reinstall", "tap"], separator: "@",
        upgrades: ["upgrade"]),
      "cargo-binstall": Manager(ecosystem: "cargo", verbs: [], separator: "@"),
      "gem": Manager(
        ecosystem: "rubygems", verbs: ["install", "i"], separator: ":",
        valued: ["--version", "--source", "--install-dir"], letters: "vin"),
      "snap": Manager(
        ecosystem: "system", verbs: ["install"], valued: ["--channel", "--revision"]),
      "flatpak": Manager(ecosystem: "system", verbs: ["install"]),
      "choco": Manager(ecosystem: "chocolatey", verbs: ["install"], valued: ["--version"]),
      "winget": Manager(
        ecosystem: "winget", verbs: ["install"], valued: ["--id", "--version", "-v"]),
      "scoop": Manager(ecosystem: "scoop", verbs: ["install"], separator: "@"),
      "cpanm": Manager(ecosystem: "cpan", verbs: [], separator: "@", letters: "lM"),
      "cpan": Manager(ecosystem: "cpan", verbs: []),
      "luarocks": Manager(ecosystem: "luarocks", verbs: ["install"]),
      "composer": Manager(
        ecosystem: "packagist", verbs: ["require"], separator: ":", leading: ["global"]),
      "dotnet": Manager(
        ecosystem: "nuget", verbs: ["install"], valued: ["--version", "--tool-path"],
        leading: ["tool"]),
      "conan": Manager(ecosystem: "conan", verbs: ["install"], separator: "/"),
      "vcpkg": Manager(ecosystem: "vcpkg", verbs: ["install"]),
      "spack": Manager(ecosystem: "spack", verbs: ["install"], separator: "@"),
      "port": Manager(ecosystem: "macports", verbs: ["install"]),
      "asdf": Manager(ecosystem: "asdf", verbs: ["install", "add"], leading: ["plugin"]),
      "playwright": Manager(ecosystem: "playwright", verbs: ["install"]),
      "code": Manager(ecosystem: "vscode", verbs: [], valued: ["--install-extension"]),
    ]
  }()

  private static let fix = "name exact versions, and build from a snapshot or a locked base image"

  func fetches(_ name: String, _ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    switch name {
    case "cargo": return cargo(arguments)
    case "go": return go(arguments)
    case "pacman", "yay", "paru": return pacman(arguments)
    case "nix-env", "nix": return nix(name, arguments)
    case "nix-shell": return nixShell(arguments)
    case "jupyter" where arguments.first?.display == "labextension":
      let words = arguments.dropFirst().filter { !$0.display.hasPrefix("-") }
      guard words.first?.display == "install", words.count > 1 else { return [] }
      return [
        reader.install(
          reader.packages(words.dropFirst(), "npm", separator: "@"), fix: "name an exact version")
      ]
    case "terraform", "tofu": return terraform(arguments)
    case _ where WindowsCommands.installs(name): return powerShellModules(arguments)
    case "rustup", "nvm", "sdk", "pyenv", "rbenv", "fnm", "volta", "n":
      return toolchain(name, arguments)
    case "bundle":
      let verb = arguments.first { !$0.display.hasPrefix("-") }?.display
      guard verb == "install" || verb == nil else { return [] }
      let hasLock = reader.surroundings.tree.contains("Gemfile.lock")
      let hasDigests = hasLock && reader.surroundings.hasGemDigests
      return [
        reader.installDeclared(
          "the gems of Gemfile", hasDigests ? .content : hasLock ? .version : .branch,
          flaw: hasLock ? "by version" : "as they resolve at that moment",
          fix: "commit Gemfile.lock")
      ]
    case "R", "Rscript", "julia": return scripts(name, arguments)
    default: break
    }
    guard let manager = Self.managers[name] else { return [] }
    let options = ShellOptions(
      arguments,
      ShellOptions.Grammar(long: manager.valued, letters: Set(manager.letters)))
    if options.has("--simulate", "--dry-run", "--help", "-s") { return [] }
    var words = options.rest[...]
    while let first = words.first?.display, manager.leading.contains(first) {
      words = words.dropFirst()
    }
    if name == "code" {
      let extensions = options.values("--install-extension")
      guard !extensions.isEmpty else { return [] }
      return [reader.install(reader.packages(extensions, "vscode", separator: "@"), fix: Self.fix)]
    }
    if !manager.verbs.isEmpty {
      let verb = words.popFirst()?.display ?? ""
      if manager.upgrades.contains(verb), words.isEmpty {
        return [
          reader.installDeclared(
            "the newest versions of all packages", .branch, flaw: "as the archive holds them",
            fix: "build from a base image that is fixed by digest")
        ]
      }
      guard manager.verbs.contains(verb) || manager.upgrades.contains(verb) else { return [] }
    }
    let named = words.filter { !isLocalFile($0) && !$0.display.hasPrefix("+") }
    guard !named.isEmpty else {
      if name == "playwright" {
        return [
          reader.installDeclared(
            "browsers", .library, flaw: "which the version of playwright decides",
            fix: "pin playwright itself")
        ]
      }
      return []
    }
    var packages = reader.packages(named, manager.ecosystem, separator: manager.separator)
    if manager.separator == "-" { packages = packages.map(Self.rpm) }
    if let version = options.value("--version", "-v", "--revision")?.display {
      packages = packages.map {
        ShellPackage(
          ecosystem: $0.ecosystem, name: $0.name, requirement: version,
          pinning: ShellFetchReader.versionPinning(version), end: $0.end)
      }
    }
    return [reader.install(packages, fix: Self.fix)]
  }

  private func isLocalFile(_ field: ShellField) -> Bool {
    let text = field.display
    let suffix = WeightName.suffix(text)
    return text.hasPrefix("./") || text.hasPrefix("/") || text.hasPrefix("../")
      || ["deb", "rpm", "apk", "gem"].contains(suffix) && !text.contains("://")
  }

  /// `name-1.2-3.el9`: a version only where digits follow the dash.
  private static func rpm(_ package: ShellPackage) -> ShellPackage {
    if package.requirement.first?.isNumber == true { return package }
    let whole = package.name + (package.requirement.isEmpty ? "" : "-" + package.requirement)
    return ShellPackage(
      ecosystem: package.ecosystem, name: whole, requirement: "",
      pinning: whole.contains("${") ? .dynamic : .branch, end: package.end)
  }

  private func cargo(_ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let options = ShellOptions(
      arguments,
      ShellOptions.Grammar(
        long: [
          "--version", "--vers", "--git", "--rev", "--tag", "--branch", "--path", "--root",
          "--features", "--target", "--registry", "--index", "--profile", "--jobs",
        ], letters: Set("Fj")))
    var words = options.rest.drop { $0.display.hasPrefix("+") }
    guard let verb = words.popFirst()?.display, ["install", "binstall", "add"].contains(verb),
      options.value("--path") == nil
    else { return [] }
    if let address = options.value("--git") {
      let revision = options.value("--rev") ?? options.value("--tag") ?? options.value("--branch")
      let pinning =
        options.value("--rev").map { ShellFetchReader.revision($0) }
        ?? (options.value("--tag") == nil ? .branch : .tag)
      return [
        reader.install(
          [
            ShellPackage(
              ecosystem: "cargo", name: words.first?.display ?? address.display,
              requirement: "\(address.display)\(revision.map { "#" + $0.display } ?? "")",
              pinning: pinning, end: address.end)
          ], fix: "pass --rev with the full commit and --locked")
      ]
    }
    guard !words.isEmpty else { return [] }
    var packages = reader.packages(words, "cargo", separator: "@")
    if let version = options.value("--version", "--vers")?.display {
      packages = packages.map {
        ShellPackage(
          ecosystem: $0.ecosystem, name: $0.name, requirement: version,
          pinning: ShellFetchReader.versionPinning(version), end: $0.end)
      }
    }
    return [reader.install(packages, fix: "pass --version and --locked")]
  }

  private func go(_ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let words = ShellOptions(
      arguments, ShellOptions.Grammar(long: ["-ldflags", "-tags", "-o", "-mod"], combines: false)
    ).rest
    guard let verb = words.first?.display, ["install", "get", "run"].contains(verb) else {
      return []
    }
    let modules = words.dropFirst().filter {
      $0.display.contains(".") && $0.display.contains("/") && !$0.display.hasPrefix(".")
        && (verb == "get" || $0.display.contains("@"))
    }
    guard !modules.isEmpty else { return [] }
    return [
      reader.install(
        reader.packages(modules, "go", separator: "@"),
        fix: "name a version: the checksum database fixes what it stands for")
    ]
  }

  private func pacman(_ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let options = ShellOptions(arguments, ShellOptions.Grammar(letters: []))
    guard options.options.contains(where: { $0.name == "-S" }) else { return [] }
    guard !options.rest.isEmpty else {
      return options.has("-u")
        ? [
          reader.installDeclared(
            "the newest versions of all packages", .branch, flaw: "as the archive holds them",
            fix: Self.fix)
        ] : []
    }
    return [reader.install(reader.packages(options.rest, "system", separator: "="), fix: Self.fix)]
  }

  private func nix(_ name: String, _ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let words = arguments.map(\.display)
    let installs =
      name == "nix-env"
      ? words.contains { $0.hasPrefix("-i") || $0 == "--install" }
      : words.first == "profile" && words.contains("install")
        || ["shell", "run"].contains(words.first ?? "")
    guard installs else { return [] }
    let named = arguments.filter {
      !$0.display.hasPrefix("-") && !["profile", "install", "shell", "run"].contains($0.display)
    }
    guard !named.isEmpty, !named.allSatisfy({ $0.display.hasPrefix(".") }) else { return [] }
    return [
      reader.install(reader.packages(named, "nix", separator: "="), fix: "pin nixpkgs by commit")
    ]
  }

  /// `nix-shell -p name…`: the packages of whatever nixpkgs is the machine's, unless `-I` names one.
  private func nixShell(_ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let words = Array(arguments)
    guard let start = words.firstIndex(where: { ["-p", "--packages"].contains($0.display) })
    else { return [] }
    let named = words[(start + 1)...].prefix { !$0.display.hasPrefix("-") }
    guard !named.isEmpty else { return [] }
    let fixed = words.contains { word in
      word.display.split { "/=.?&".contains($0) }.contains {
        $0.utf8.count == 40 && $0.utf8.allSatisfy(\.isHexadecimalDigit)
      }
    }
    let packages = named.prefix(64).map {
      ShellPackage(
        ecosystem: "nix", name: $0.display, requirement: "", pinning: fixed ? .commit : .branch,
        end: $0.end)
    }
    return [reader.install(Array(packages), fix: "name nixpkgs by commit with -I")]
  }

  /// `terraform init` fetches providers and modules, as the lock beside the configuration says.
  private func terraform(_ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let verb = arguments.first { !$0.display.hasPrefix("-") }?.display
    guard verb == "init" || verb == "get" else { return [] }
    let folder = reader.analysis.fragment.path.parent.map { "\($0)/" } ?? ""
    let lock = ".terraform.lock.hcl"
    let hasLock = [lock, folder + lock].contains { reader.surroundings.tree.contains($0) }
    return [
      reader.installDeclared(
        "the providers and modules of the configuration", hasLock ? .library : .branch,
        flaw: hasLock ? "of which the lock covers the providers alone" : "as they resolve then",
        fix: "commit .terraform.lock.hcl, and name modules by commit")
    ]
  }

  /// `Install-Module name -RequiredVersion 1.2`.
  private func powerShellModules(_ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    var names: [ShellField] = []
    var version = ""
    var words = arguments
    while let word = words.popFirst() {
      let text = word.display.lowercased()
      if text.hasPrefix("-req") { version = words.popFirst()?.display ?? "" }
      if text == "-name" { continue }
      if text.hasPrefix("-") {
        if ["-scope", "-repository", "-minimumversion", "-maximumversion"].contains(text) {
          words = words.dropFirst()
        }
        continue
      }
      names.append(word)
    }
    guard !names.isEmpty else { return [] }
    let packages = names.prefix(16).map {
      ShellPackage(
        ecosystem: "powershell", name: $0.display, requirement: version,
        pinning: version.isEmpty ? .branch : ShellFetchReader.versionPinning(version), end: $0.end)
    }
    return [reader.install(Array(packages), fix: "pass -RequiredVersion")]
  }

  private func toolchain(_ name: String, _ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let words = ShellOptions(arguments, ShellOptions.Grammar(long: ["--profile", "--component"]))
      .rest
    let verbs: Set<String> = ["install", "update", "toolchain", "target", "component", "default"]
    guard let verb = words.first?.display, verbs.contains(verb) else { return [] }
    var rest = words.dropFirst()
    if rest.first?.display == "install" || rest.first?.display == "add" { rest = rest.dropFirst() }
    if ["toolchain", "target", "component"].contains(verb), rest.count == words.count - 1 {
      return []
    }
    guard let version = rest.last, name != "rustup" || verb != "default" || !rest.isEmpty else {
      return []
    }
    return [
      reader.install(
        [
          ShellPackage(
            ecosystem: name, name: name == "rustup" ? "rust" : name, requirement: version.display,
            pinning: ShellFetchReader.versionPinning(version.display), end: version.end)
        ], fix: "name an exact version")
    ]
  }

  /// `Rscript -e 'install.packages("x")'`, `julia -e 'Pkg.add("X")'`.
  private func scripts(_ name: String, _ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let text = arguments.map(\.display).joined(separator: " ")
    let calls = [
      "install.packages(", "install_github(", "BiocManager::install(", "remotes::install_",
      "pak::pkg_install(", "Pkg.add(", "Pkg.develop(",
    ]
    guard calls.contains(where: text.contains),
      arguments.contains(where: {
        $0.display == "-e" || $0.display == "-q" || $0.display.hasPrefix("--eval")
      })
    else { return [] }
    let ecosystem = name == "julia" ? "julia" : "cran"
    var packages: [ShellPackage] = []
    var rest = text[...]
    while packages.count < 32, let quote = rest.firstIndex(where: { $0 == "\"" || $0 == "'" }) {
      let after = rest.index(after: quote)
      guard let close = rest[after...].firstIndex(of: rest[quote]) else { break }
      let word = String(rest[after..<close])
      rest = rest[rest.index(after: close)...]
      let isName =
        !word.isEmpty
        && word.utf8.allSatisfy {
          $0.isHexadecimalDigit
            || ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z"))
            || "./-_".utf8.contains($0)
        }
      if isName {
        packages.append(
          ShellPackage(
            ecosystem: ecosystem, name: word, requirement: "", pinning: .branch,
            end: reader.command.end))
      }
    }
    if packages.isEmpty {
      return [
        reader.installDeclared(
          "packages of \(ecosystem)", .branch, flaw: "without fixing their versions",
          fix: "install from a lock (renv, Manifest.toml)")
      ]
    }
    return [reader.install(packages, fix: "install from a lock (renv, Manifest.toml)")]
  }
}
