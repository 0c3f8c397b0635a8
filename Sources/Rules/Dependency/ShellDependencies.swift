package import Core
import Languages

/// Lists the packages that commands install, and flags those without a fixed version or hash.
package struct ShellPackages: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/shell-packages",
    severity: .medium,
    summary: "A command installs a package whose version or content is not fixed.",
    why: "The next run may install another release than the one that was reviewed.",
    fix: "Name the exact version, and install with hashes or from a lock.",
    example: (
      "pip install torch>=2",
      "pip install --require-hashes -r requirements.txt"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shellFetches.flatMap { fetch -> [Finding] in
      let script = subject.shell[fetch.script]
      let command = script.analysis.commands[fetch.command]
      return fetch.packages.map { package in
        let isSystem = ShellPackage.systems.contains(package.ecosystem)
        let severity: Severity =
          package.pinning.isFixed
          ? .info : isSystem || package.pinning == .version ? .low : .medium
        return Finding(
          Self.id, script.adjusting(severity),
          at: Location(
            script.path, start: command.position, end: max(command.position, package.end)),
          Self.message(package), pinning: package.pinning,
          reference: .dependency(
            ecosystem: package.ecosystem, name: package.name, requirement: package.requirement),
          fix: Self.documentation.fix,
          construct: "\(package.ecosystem) \(package.name) \(package.requirement)")
      }
    }
  }

  private static func message(_ package: ShellPackage) -> String {
    let shown =
      package.requirement.isEmpty ? package.name : "\(package.name) \(package.requirement)"
    switch package.pinning {
    case .local, .content: return "installs \(shown), fixed by its content"
    case .commit: return "installs \(shown), fixed by commit"
    case .version, .library: return "installs \(shown), fixed by version but by no hash"
    case .dynamic: return "installs \(shown), whose version is decided at run time"
    case .tag: return "installs \(shown), which can move"
    case .branch:
      return package.requirement.isEmpty
        ? "installs \(package.name) without a version"
        : "installs \(shown), which allows several versions"
    }
  }
}

/// Lists the images that commands pull or run, and flags those without a digest.
package struct ShellImages: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/shell-images",
    severity: .medium,
    summary: "A command uses an image that is not fixed by a digest.",
    why: "A tag can be pointed at another image at any time.",
    fix: "Name the digest: image@sha256:<64 hex digits>.",
    example: (
      "docker run org/image:1.2",
      "docker run org/image@sha256:<64 hex digits>"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shellFetches.filter { $0.kind == .image }.map { fetch in
      let script = subject.shell[fetch.script]
      let command = script.analysis.commands[fetch.command]
      let severity: Severity = fetch.pinning.isFixed ? .info : .medium
      return Finding(
        Self.id, script.adjusting(severity),
        at: script.location(of: command),
        fetch.pinning.isFixed
          ? "uses the image \(fetch.target), fixed by its digest"
          : "uses the image \(fetch.target) without a digest",
        pinning: fetch.pinning,
        reference: .dependency(
          ecosystem: "docker", name: fetch.target, requirement: fetch.revision ?? ""),
        fix: Self.documentation.fix, construct: command.text)
    }
  }
}

/// Flags commands that take packages from more than one index, or from one that is not checked.
package struct ShellPackageSources: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/shell-package-sources",
    severity: .high,
    summary: "A command adds a package index or a host that is trusted without a certificate.",
    why: """
      With two indexes for one name, whoever registers that name on either can supply the package; \
      a trusted host is believed without a certificate.
      """,
    fix: "Use one --index-url with hashes, and no --trusted-host.",
    example: (
      "pip install --extra-index-url https://pypi.example.org/simple internal-package",
      "pip install --require-hashes --index-url https://pypi.example.org/simple -r requirements.txt"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shell.flatMap { script in
      script.analysis.commands.filter { !$0.isElsewhere }.flatMap { command in
        Self.sources(command).map { what, severity in
          Finding(
            Self.id, script.adjusting(severity),
            at: script.location(of: command), what, fix: Self.documentation.fix,
            construct: command.text)
        }
      }
    }
  }

  private static func sources(_ command: ShellCommand) -> [(String, Severity)] {
    var found: [(String, Severity)] = []
    for (name, values) in command.assignments {
      let value = values.first?.display ?? ""
      if name == "PIP_EXTRA_INDEX_URL" || name == "UV_EXTRA_INDEX_URL" {
        found.append(("adds the index \(value) by \(name)", .high))
      } else if name == "PIP_TRUSTED_HOST" {
        found.append(("trusts the host \(value) without a certificate", .high))
      }
    }
    var (name, arguments) = (command.name, command.arguments)
    if let (module, rest) = ShellFetchReader.module(command) { (name, arguments) = (module, rest) }
    guard PackageCommands.isPip(name) || name == "uv" || name == "pipx" || name == "uvx" else {
      return found
    }
    let options = ShellOptions(arguments, PythonPackageCommands.grammar)
    let words = options.rest.map(\.display)
    if words.first == "config", words.dropFirst().first == "set", words.count > 3 {
      if words[2].contains("extra-index-url") {
        found.append(("adds the index \(words[3]) for all later installations", .high))
      } else if words[2].contains("trusted-host") {
        found.append(("trusts the host \(words[3]) without a certificate", .high))
      }
      return found
    }
    let hasHashes = options.has("--require-hashes")
    for value in options.values("--extra-index-url", "--index") where !hasHashes {
      found.append(
        ("adds the index \(value.display), so that two sources can supply one name", .high))
    }
    for value in options.values("--trusted-host") {
      found.append(("trusts the host \(value.display) without a certificate", .high))
    }
    for value in options.values("--index-url", "-i", "--default-index")
    where value.display.hasPrefix("http://") {
      found.append(("takes packages from \(value.display) over plain HTTP", .high))
    }
    for value in options.values("-f", "--find-links")
    where value.display.contains("://") && !hasHashes {
      let isPlain = value.display.hasPrefix("http://")
      found.append(
        ("takes packages from the page \(value.display) as well", isPlain ? .high : .medium))
    }
    return found
  }
}
