import Core
import Languages

extension ShellFetchReader {
  private static let gitGrammar = ShellOptions.Grammar(
    long: [
      "--branch", "--depth", "--origin", "--reference", "--separate-git-dir", "--template",
      "--upload-pack", "--jobs", "--config", "--revision", "--shallow-since",
      "--server-option", "--bundle-uri", "--ref-format",
    ],
    letters: Set("bojcu"))

  /// Repositories cloned or fetched: git, gh, svn, hg.
  func repositories() -> [ShellFetch] {
    switch command.name {
    case "git", "git-lfs": return git()
    case "gh": return github()
    default: return otherSystems()
    }
  }

  /// The arguments of git behind its global options: the verb first.
  static func gitVerb(
    _ arguments: ArraySlice<ShellField>
  ) -> (folder: String?, rest: ArraySlice<ShellField>) {
    var rest = arguments
    var folder: String?
    while let word = rest.first?.display, word.hasPrefix("-") {
      rest = rest.dropFirst()
      if word == "-C" { folder = rest.first?.display }
      if ["-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path"].contains(word) {
        rest = rest.dropFirst()
      }
    }
    return (folder, rest)
  }

  private func git() -> [ShellFetch] {
    var (_, rest) = Self.gitVerb(command.arguments)
    guard var verb = command.name == "git-lfs" ? "lfs" : rest.popFirst()?.display else { return [] }
    if verb == "annex" || verb == "svn" { return otherSystems() }
    if verb == "archive" { return remoteArchive(rest) }
    if verb == "lfs", let inner = rest.popFirst()?.display {
      guard ["clone", "pull", "fetch"].contains(inner) else { return [] }
      if inner != "clone" {
        return [
          fetch(
            .storage, "the LFS objects of this repository", .commit, cargo: .weights, flaw: "",
            fix: "")
        ]
      }
      verb = "clone"
    }
    let options = ShellOptions(rest, Self.gitGrammar)
    switch verb {
    case "clone": return clone(options)
    case "submodule": return submodule(options)
    case "pull", "fetch":
      guard !options.has("--help", "--dry-run") else { return [] }
      let words = options.rest
      let remote = words.first?.display ?? "origin"
      if remote.hasPrefix("/") || remote.hasPrefix(".") { return [] }
      let reference = words.dropFirst().first
      let pinning = reference.map { Self.revision($0) } ?? .branch
      let shown = reference?.display
      return [
        fetch(
          .gitClone, remote, revision: shown, pinning, cargo: .data,
          flaw: shown.map { "at `\($0)`, which can move" } ?? "without a commit",
          fix: "name the full 40-digit commit: `git fetch origin <commit>`", verb: "fetches")
      ]
    default: return []
    }
  }

  /// `git archive --remote=address reference`.
  private func remoteArchive(_ arguments: ArraySlice<ShellField>) -> [ShellFetch] {
    let options = ShellOptions(
      arguments,
      ShellOptions.Grammar(
        long: ["--remote", "--format", "--output", "--prefix", "--exec"], letters: ["o"]))
    guard let address = options.value("--remote"), !isLocalRepository(address) else { return [] }
    let reference = options.rest.first
    let pinning = reference.map { Self.revision($0) } ?? .branch
    var found = fetch(
      .gitClone, address.display, revision: reference?.display, pinning, cargo: .code,
      flaw: reference.map { "at `\($0.display)`, which can move" } ?? "without a commit",
      fix: "name the full 40-digit commit", verb: "takes an archive of")
    found.output = options.value("-o", "--output")?.values.first
    found.isOutputKnown = found.output != nil
    return [found]
  }

  private func clone(_ options: ShellOptions) -> [ShellFetch] {
    guard let address = options.rest.first, !isLocalRepository(address) else { return [] }
    let given = options.value("--revision") ?? options.value("-b", "--branch")
    let folder = options.rest.dropFirst().first?.values.first
    return address.values.prefix(ShellFetchReader.maximumValues).map { value in
      let pinning = given.map { Self.revision($0) } ?? .branch
      var found = fetch(
        .gitClone, value.display, revision: given?.display,
        options.has("--revision") ? pinning : max(pinning, .tag), cargo: .code,
        flaw: given.map { "at `\($0.display)`, which can move" } ?? "without a commit",
        fix: "check out the full 40-digit commit: `git checkout <commit>`", verb: "clones")
      found.output = folder ?? Self.folderName(of: value)
      found.isOutputKnown = true
      if !value.isKnown, value.knownPrefix.isEmpty, !pinning.isFixed { found.pinning = .dynamic }
      return found
    }
  }

  private func isLocalRepository(_ field: ShellField) -> Bool {
    let text = field.display
    return text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../")
      || text.hasPrefix("file:") || text == "." || text.hasPrefix("~")
  }

  /// `name` of `https://host/owner/name.git`.
  private static func folderName(of address: ShellValue) -> ShellValue {
    var text = address.display
    while text.hasSuffix("/") { text.removeLast() }
    if text.hasSuffix(".git") { text.removeLast(4) }
    let cut = text.lastIndex { $0 == "/" || $0 == ":" }
    return ShellValue(cut.map { String(text[text.index(after: $0)...]) } ?? text)
  }

  /// How firmly a reference given to a version control system holds, in the worst case.
  static func revision(_ field: ShellField) -> Pinning {
    field.values.map { value -> Pinning in
      guard let text = value.text else { return .dynamic }
      return Revision(text).pinning
    }.max() ?? .branch
  }

  private func submodule(_ options: ShellOptions) -> [ShellFetch] {
    switch options.rest.first?.display {
    case "update" where options.has("--remote"):
      return [
        fetch(
          .gitClone, "the submodules' branches", .branch, cargo: .code,
          flaw: "instead of the commits that this repository records",
          fix: "leave out --remote: the recorded commits are fetched", verb: "fetches")
      ]
    case "update":
      return [
        fetch(
          .gitClone, "the submodules", .commit, cargo: .code, flaw: "", fix: "", verb: "fetches")
      ]
    case "add":
      guard let address = options.rest.dropFirst().first else { return [] }
      return [
        fetch(
          .gitClone, address.display, .branch, cargo: .code, flaw: "without a commit",
          fix: "check out the full 40-digit commit in the submodule", verb: "clones")
      ]
    default: return []
    }
  }

  private func github() -> [ShellFetch] {
    let options = ShellOptions(
      command.arguments,
      ShellOptions.Grammar(
        long: ["--repo", "--pattern", "--dir", "--output", "--archive", "--name"],
        letters: Set("RpDOAn")))
    let words = options.rest.map(\.display)
    switch (words.first, words.dropFirst().first) {
    case ("repo", "clone"):
      guard words.count > 2 else { return [] }
      var found = fetch(
        .gitClone, words[2], .branch, cargo: .code, flaw: "without a commit",
        fix: "check out the full 40-digit commit: `git checkout <commit>`", verb: "clones")
      found.output = Self.folderName(of: ShellValue(words.count > 3 ? words[3] : words[2]))
      found.isOutputKnown = true
      return [found]
    case ("release", "download"):
      let tag = words.count > 2 ? words[2] : nil
      let repository = options.value("-R", "--repo")?.display ?? "this repository"
      var found = fetch(
        .file, "the release of \(repository)", revision: tag, tag == nil ? .branch : .tag,
        cargo: .archive,
        flaw: tag == nil ? "without a tag or a digest" : "by tag, without comparing a digest",
        fix: "compare the SHA-256 digest of what arrived with a literal before using it")
      found.output = options.value("-O", "--output", "-p", "--pattern")?.values.first
      found.isOutputKnown = found.output != nil
      return [found]
    case ("extension", "install"):
      guard words.count > 2 else { return [] }
      return [
        fetch(
          .packages, words[2], .branch, cargo: .code, flaw: "without a commit",
          fix: "pass --pin with a commit", verb: "installs")
      ]
    default: return []
    }
  }

  private func otherSystems() -> [ShellFetch] {
    let options = ShellOptions(
      command.arguments,
      ShellOptions.Grammar(
        long: ["--revision", "--rev", "--updaterev", "--username", "--password", "--branch"],
        letters: Set("ru")))
    let verbs: Set<String> = [
      "clone", "checkout", "co", "export", "update", "up", "pull", "branch", "install", "get",
    ]
    var words = options.rest[...]
    // `jj git clone`, `git svn clone`, `git annex get`.
    if let first = words.first?.display, ["git", "svn", "annex"].contains(first) {
      words = words.dropFirst()
    }
    guard let verb = words.first?.display, verbs.contains(verb) else { return [] }
    if verb == "get", command.name.hasPrefix("git") || command.name == "datalad" {
      // The repository records the digest of each file.
      return [
        fetch(
          .storage, "the annexed files of this repository", .commit, cargo: .weights, flaw: "",
          fix: "")
      ]
    }
    guard let address = words.dropFirst().first, address.display.contains("://") else { return [] }
    let given = options.value("-r", "--revision", "--rev", "-u", "--updaterev")
    let isMercurial = command.name == "hg"
    let pinning: Pinning =
      given.map { isMercurial ? Self.revision($0) : $0.text == nil ? .dynamic : .version }
      ?? .branch
    return [
      fetch(
        .gitClone, address.display, revision: given?.display, pinning, cargo: .code,
        flaw: given == nil ? "without a revision" : "by a revision number alone",
        fix: "name the revision, and compare a digest of what arrives", verb: "checks out")
    ]
  }

  // MARK: Images

  /// Images pulled or run.
  func images() -> [ShellFetch] {
    let arguments = Array(command.arguments)
    if arguments.first?.display == "model" { return hub() }
    var image: ShellField?
    var verb = "pulls"
    switch command.name {
    case "crane", "skopeo":
      let words = ShellOptions(arguments, ShellOptions.Grammar(long: ["--platform"])).rest
      guard let first = words.first?.display, ["pull", "copy", "export"].contains(first) else {
        return []
      }
      image = words.dropFirst().first
    case "apptainer", "singularity":
      let words = ShellOptions(
        arguments, ShellOptions.Grammar(long: ["--bind", "--name"], letters: Set("B"))
      ).rest
      image = words.first { $0.display.contains("://") }
    default:
      if let place = ShellWrappers.containerImage(arguments) {
        let isRun = arguments.prefix(place).contains { ["run", "create"].contains($0.display) }
        guard isRun else { return [] }
        let pull = arguments.prefix(place).first { $0.display.hasPrefix("--pull") }?.display
        if pull == "--pull=never" { return [] }
        image = arguments[place]
        verb = "runs"
      } else {
        let options = ShellOptions(
          arguments,
          ShellOptions.Grammar(long: ["--platform", "--authfile", "--creds"], letters: []))
        var words = options.rest[...]
        if words.first?.display == "image" { words = words.dropFirst() }
        guard let first = words.first?.display, first == "pull" || first == "from" else {
          return []
        }
        image = words.dropFirst().first
      }
    }
    guard let image else { return [] }
    return image.values.prefix(ShellFetchReader.maximumValues).compactMap { value in
      let text = value.display
      let bare = text.hasPrefix("docker://") ? String(text.dropFirst(9)) : text
      if surroundings.builtImages.contains(bare) || bare.hasPrefix("docker-daemon:")
        || bare.hasPrefix("docker-archive:") || bare.hasSuffix(".sif")
      {
        return nil
      }
      let pinning = Self.image(value)
      return fetch(
        .image, bare, revision: Self.imageTag(bare), pinning, cargo: .code,
        flaw: pinning == .dynamic ? "whose name is decided at run time" : "without a digest",
        fix: "name the digest: `image@sha256:<64 hex digits>`", verb: verb)
    }
  }

  /// The image that a scheduler runs a job in: `srun --container-image=registry#name:tag`.
  func containerOfJob() -> ShellFetch? {
    let first = command.words.prefix(command.start + 1)
    guard let place = first.firstIndex(where: { ShellWrappers.schedulers.contains($0.display) })
    else { return nil }
    let words = Array(command.words[(place + 1)...].prefix(64))
    let option = "--container-image"
    for (index, field) in words.enumerated() {
      let text = field.display
      var image: ShellField?
      if text == option, index + 1 < words.count { image = words[index + 1] }
      if text.hasPrefix(option + "=") { image = field.tail(text.dropFirst(option.utf8.count + 1)) }
      guard let image else { continue }
      var name = image.display
      if name.hasPrefix("/") || name.hasPrefix(".") || name.hasSuffix(".sqsh") { return nil }
      if name.hasPrefix("docker://") { name.removeFirst(9) }
      name = name.replacing("#", with: "/")
      let pinning = Self.image(
        image.text == nil ? image.values[0] : ShellValue(name))
      return fetch(
        .image, name, revision: Self.imageTag(name), pinning, cargo: .code,
        flaw: pinning == .dynamic ? "whose name is decided at run time" : "without a digest",
        fix: "name the digest: `image@sha256:<64 hex digits>`", verb: "runs")
    }
    return nil
  }

  /// How firmly an image's reference holds.
  static func image(_ value: ShellValue) -> Pinning {
    let text = value.display
    if let at = text.firstRange(of: "@sha256:") {
      let digest = text[at.upperBound...]
      if digest.utf8.count == 64, digest.utf8.allSatisfy(\.isHexadecimalDigit) { return .content }
    }
    guard value.isKnown else { return .dynamic }
    switch imageTag(text) {
    case nil, "latest"?: return .branch
    default: return .tag
    }
  }

  private static func imageTag(_ text: String) -> String? {
    if let at = text.firstIndex(of: "@") { return String(text[text.index(after: at)...]) }
    guard let colon = text.lastIndex(of: ":"), !text[colon...].contains("/") else { return nil }
    return String(text[text.index(after: colon)...])
  }

  // MARK: Manifests of clusters and installers

  func manifests() -> [ShellFetch] {
    let options = ShellOptions(
      command.arguments,
      ShellOptions.Grammar(
        long: [
          "--filename", "--kustomize", "--namespace", "--version", "--repo", "--set", "--values",
          "--context", "--kubeconfig",
        ],
        letters: Set("fknprs")))
    let words = options.rest.map(\.display)
    let verb = words.first ?? ""
    switch command.name {
    case "kubectl", "oc", "kustomize":
      let named =
        command.name == "kustomize"
        ? options.rest.filter { $0.display.contains("://") || $0.display.hasPrefix("github.com/") }
        : options.values("-f", "--filename", "-k", "--kustomize")
      guard ["apply", "create", "replace", "build"].contains(verb) else { return [] }
      return named.filter { $0.display.contains("://") || $0.display.hasPrefix("github.com/") }
        .map { field in
          let address = Address(field.display)
          let pinning = field.text == nil ? .dynamic : address?.pinning ?? .branch
          return fetch(
            .manifest, field.display, revision: address?.revision, pinning, cargo: .code,
            flaw: "without comparing a digest", fix: "vendor the manifest, or name a commit in it",
            verb: "applies")
        }
    case "helm":
      guard ["install", "upgrade", "pull", "template", "fetch"].contains(verb) else { return [] }
      let chart = options.rest.dropFirst(verb == "pull" || verb == "fetch" ? 1 : 2).first
      guard let chart, !isLocal(chart), chart.display.contains("/") else { return [] }
      let version = options.value("--version")
      let pinning: Pinning =
        version == nil ? .branch : version?.text == nil ? .dynamic : .version
      return [
        fetch(
          .manifest, chart.display, revision: version?.display, pinning, cargo: .code,
          flaw: version == nil ? "without a version" : "by version, without a digest",
          fix: "pass --version, and keep the chart's digest", verb: "installs")
      ]
    case "ansible-galaxy":
      guard words.contains("install"), let name = words.last, name != "install" else { return [] }
      let hasVersion = name.contains(":") || name.contains(",")
      return [
        fetch(
          .manifest, name, hasVersion ? .version : .branch, cargo: .code,
          flaw: hasVersion ? "by version, without a digest" : "without a version",
          fix: "name a version", verb: "installs")
      ]
    default: return []
    }
  }
}
