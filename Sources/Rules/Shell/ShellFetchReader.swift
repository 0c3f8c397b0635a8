import Core
import Languages

/// Finds what one command fetches.
struct ShellFetchReader {
  /// The values of one word that are looked at: all that the analysis tells apart.
  static let maximumValues = 16
  /// The addresses of one command that are looked at.
  private static let maximumAddresses = 512

  let script: Int
  let index: Int
  let command: ShellCommand
  let analysis: ShellAnalysis
  let surroundings: ShellSurroundings

  /// What the command fetches, one entry for each target; empty when it fetches nothing.
  func fetches() -> [ShellFetch] {
    let image = command.words.count > 2 ? containerOfJob() : nil
    return [image].compactMap { $0 } + own()
  }

  private func own() -> [ShellFetch] {
    if !command.redirects.isEmpty, let found = socket() { return [found] }
    if let request = HTTPCommands.request(command) { return files(request) }
    if let (module, rest) = Self.module(command), let tool = Self.tools(ofModule: module) {
      return calling(tool, from: rest.startIndex - 1).fetches()
    }
    switch command.name {
    case "nc", "ncat", "netcat", "socat", "openssl", "telnet", "dig", "drill", "kdig", "nslookup",
      "host", "ssh", "tftp", "atftp", "smbclient", "ffmpeg", "ffprobe", "gpg", "gpg2", "sshfs",
      "s3fs", "gcsfuse", "mount-s3", "goofys", "blobfuse", "blobfuse2", "ansible-pull", "httrack",
      "gallery-dl", "you-get", "rpm", "rpmkeys", "source_url", "fetchurl", "msiexec":
      return transport()
    case "bzr", "brz", "fossil", "darcs", "jj", "datalad", "git-annex", "git-lfs", "git", "gh",
      "svn", "hg":
      return repositories()
    case "docker", "podman", "nerdctl", "apptainer", "singularity", "crane", "skopeo", "buildah":
      return images()
    case "kubectl", "oc", "helm", "kustomize", "ansible-galaxy": return manifests()
    case "aws", "gsutil", "gcloud", "azcopy", "az", "rclone", "s3cmd", "s5cmd", "mc", "ossutil",
      "ossutil64", "oras", "scp", "rsync", "sftp", "dvc", "wandb", "gdown", "kaggle", "zenodo_get",
      "coscmd", "b2", "hdfs", "hadoop", "mlflow", "bitsadmin", "certutil", "lftp", "ftp",
      "yt-dlp", "youtube-dl", "ipfs", "aim", "clearml-data", "neptune", "megadl", "mega-get",
      "megatools":
      return storage()
    default: break
    }
    let packages = PackageCommands(reader: self).fetches()
    if !packages.isEmpty { return packages }
    let models = hub()
    return models.isEmpty ? handedOver() : models
  }

  /// Tools that are called as modules of Python, by the module.
  private static func tools(ofModule module: String) -> String? {
    switch module {
    // Its arguments are an address and `-o file`.
    case "wget": "axel"
    case "gdown", "gdown.cli": "gdown"
    case "yt_dlp": "yt-dlp"
    case "youtube_dl": "youtube-dl"
    case "kaggle", "kaggle.cli": "kaggle"
    case "httpx": "httpx"
    case "httpie": "http"
    case "awscli": "aws"
    case "dvc", "wandb", "mlflow", "zenodo_get", "s3cmd", "streamlink": module
    default: nil
    }
  }

  /// A reader of the same command under another name, its arguments behind the word at `place`.
  private func calling(_ name: String, from place: Int) -> ShellFetchReader {
    ShellFetchReader(
      script: script, index: index, command: command.calling(name, from: place),
      analysis: analysis, surroundings: surroundings)
  }

  /// A fetch with the usual answers filled in.
  func fetch(
    _ kind: ShellFetch.Kind, _ target: String, revision: String? = nil, _ pinning: Pinning,
    cargo: ShellFetch.Cargo, flaw: String, fix: String, verb: String = "downloads"
  ) -> ShellFetch {
    ShellFetch(
      kind: kind, script: script, command: index, target: Self.oneLine(target),
      revision: revision.map(Self.oneLine),
      pinning: pinning, cargo: cargo, flaw: pinning.isFixed ? "" : flaw, fix: fix, output: nil,
      isOutputKnown: false, verb: verb)
  }

  /// A text as a report can show it: no line breaks, no control characters, not too long.
  private static func oneLine(_ text: String) -> String {
    let isClean = text.utf8.count <= 1_000 && !text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
    guard !isClean else { return text }
    let scalars = text.unicodeScalars.prefix(1_000).map { scalar in
      scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// Whether a name given to a tool is a path of this machine.
  func isLocal(_ field: ShellField) -> Bool {
    let text = field.display
    return text.hasPrefix("./") || text.hasPrefix("../") || text.hasPrefix("/")
      || text.hasPrefix("~") || text == "." || text.hasPrefix("${HOME}")
      || text.hasPrefix("${PWD}")
      || field.text.map { surroundings.tree.contains($0) } ?? false
  }

  // MARK: Files

  private func files(_ request: HTTPCommands.Request) -> [ShellFetch] {
    guard !request.isNoDownload else { return [] }
    var found: [ShellFetch] = []
    var addresses = request.addresses
    let wrappers = command.words.prefix(command.start)
    if addresses.isEmpty, let wrapper = wrappers.first(where: { Self.feedsArguments($0) }) {
      addresses = [
        ShellField(
          values: [.unknown("input of \(wrapper.display)")], start: command.position,
          end: command.end)
      ]
    }
    for field in addresses.prefix(Self.maximumAddresses) {
      for value in field.values.prefix(ShellFetchReader.maximumValues) {
        if var fetch = file(value, request) {
          fetch.output = request.output?.values.first ?? Self.name(of: value)
          if let folder = request.folder?.values.first, let output = fetch.output {
            fetch.output = folder.joined(ShellValue("/")).joined(output)
          }
          if request.toStandardOutput { fetch.output = nil }
          if command.name.hasPrefix("%") {
            fetch.cargo = .code
            fetch.use = ShellUse(
              kind: .piped, text: "is run by IPython",
              place: ShellPlaceReference(script: script, command: index))
          }
          fetch.isOutputKnown = fetch.output.map { !Self.lastComponent($0).isEmpty } ?? false
          found.append(fetch)
        }
      }
    }
    return found
  }

  /// Whether a wrapper takes further arguments from its input.
  private static func feedsArguments(_ word: ShellField) -> Bool {
    let name = word.display.split(separator: "/").last ?? ""
    return name == "xargs" || name == "parallel"
  }

  private func file(_ value: ShellValue, _ request: HTTPCommands.Request) -> ShellFetch? {
    let shown = value.display
    guard !shown.isEmpty else { return nil }
    // curl and wget take a bare host for http.
    let text = shown.holds("://") || !value.isKnown ? shown : "http://" + shown
    let address = Address(value.isKnown ? text : Self.dotted(value))
    if address?.pinning == .local { return nil }
    var pinning = address?.pinning ?? .dynamic
    if !value.isKnown, !pinning.isFixed { pinning = .dynamic }
    if request.isChecked { pinning = .content }
    let names = [shown, request.output?.display ?? ""]
    var cargo = Self.cargo(of: names)
    if request.toStandardOutput {
      cargo = cargo == .data ? .answer : cargo
    }
    return fetch(
      .file, value.isKnown ? shown : value.display, revision: address?.revision, pinning,
      cargo: cargo,
      flaw: pinning == .dynamic
        ? "whose address is decided at run time, without comparing a digest"
        : "without comparing a digest",
      fix: "compare the SHA-256 digest of what arrived with a literal before using it: "
        + "`echo \"<digest>  file\" | sha256sum -c`")
  }

  /// A value as an address with `…` for what is not known.
  private static func dotted(_ value: ShellValue) -> String {
    var result: [UInt8] = []
    var isUnknown = false
    for byte in value.bytes {
      if byte == ShellValue.unknownStart {
        isUnknown = true
        result += "…".utf8
      } else if byte == ShellValue.unknownEnd {
        isUnknown = false
      } else if !isUnknown {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static let packages: Set<String> = [
    "deb", "rpm", "apk", "msi", "dmg", "pkg", "run", "appimage", "whl", "jar", "bash", "ps1",
    "bat", "zsh", "pl", "rb", "ts", "cmd", "gem", "crate", "snap", "flatpakref", "ko", "o",
  ]

  static func cargo(of names: [String]) -> ShellFetch.Cargo {
    func suffix(_ name: String) -> String {
      WeightName.suffix(name.split(separator: "/").last.map(String.init) ?? name)
    }
    for name in names where !name.isEmpty {
      let bare = suffix(name)
      if WeightName.isCode(name) || packages.contains(bare) { return .code }
      if name.hasSuffix("/install") || name.holds("/bin/") { return .code }
    }
    if names.contains(where: WeightName.isWeights) { return .weights }
    if names.contains(where: WeightName.isArchive) { return .archive }
    return .data
  }

  /// The name that wget gives to the file of an address.
  static func name(of address: ShellValue) -> ShellValue {
    let text = address.display
    let path = text.prefix { $0 != "?" && $0 != "#" }
    let last = path.split(separator: "/").last.map(String.init) ?? ""
    return last.contains("${") ? .unknown(last) : ShellValue(last)
  }

  /// The file's own name at the end of a path.
  static func lastComponent(_ value: ShellValue) -> String {
    let shown = value.display.utf8
    guard let last = shown.lastIndex(where: { $0 != UInt8(ascii: "/") }) else { return "" }
    let start = shown[...last].lastIndex(of: UInt8(ascii: "/")).map { shown.index(after: $0) }
    return String(Substring(shown[(start ?? shown.startIndex)...last]))
  }
}

/// What the commands of one repository have around them.
struct ShellSurroundings {
  let tree: TreePaths
  /// Images that the repository's own commands build.
  let builtImages: BuiltImages
  /// Requirements files of the repository by path, with whether each line carries a hash.
  let requirements: [String: RequirementsFile]
  /// The paths of those files by their last component.
  let requirementPaths: [String: [String]]
  /// The paths of setup scripts that list `setup_requires`.
  let fetchingSetups: Set<String>
  /// What the repository's projects of Node.js declare or lock.
  let nodeTools: Set<String>
  /// Whether the repository's lock of Bundler holds the digests of the gems.
  let hasGemDigests: Bool

  init(
    tree: TreePaths, builtImages: BuiltImages, requirements: [String: RequirementsFile],
    fetchingSetups: Set<String>, nodeTools: Set<String>, hasGemDigests: Bool
  ) {
    self.tree = tree
    self.fetchingSetups = fetchingSetups
    self.nodeTools = nodeTools
    self.hasGemDigests = hasGemDigests
    self.builtImages = builtImages
    self.requirements = requirements
    requirementPaths = Dictionary(grouping: requirements.keys) {
      $0.split(separator: "/").last.map(String.init) ?? ""
    }
  }

  /// Whether a setup script, named from the root or from beside `path`, lists `setup_requires`.
  func fetchesBeforeSetup(_ script: String, from path: RelativePath) -> Bool {
    let name = script.hasPrefix("./") ? String(script.dropFirst(2)) : script
    return fetchingSetups.contains(name)
      || path.parent.map { fetchingSetups.contains("\($0)/\(name)") } ?? false
  }
}
