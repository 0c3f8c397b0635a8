import Core
import Languages

extension ShellFetchReader {
  /// Object storage, other hosts, registries of data and artifacts.
  func storage() -> [ShellFetch] {
    let arguments = command.arguments
    let words = arguments.map(\.display)
    func options(_ long: Set<String> = [], _ letters: String = "") -> ShellOptions {
      ShellOptions(arguments, ShellOptions.Grammar(long: long, letters: Set(letters)))
    }
    switch command.name {
    case "aws": return amazon()
    case "gsutil":
      let options = options([], "oh")
      guard let verb = options.rest.first?.display, ["cp", "rsync", "mv", "cat"].contains(verb)
      else { return [] }
      return copies(
        Array(options.rest.dropFirst()), schemes: ["gs://", "s3://"], prints: verb == "cat")
    case "gcloud":
      guard words.prefix(3).contains("storage") else { return [] }
      let options = options(["--project", "--account"])
      let rest = options.rest.drop { $0.display != "storage" }.dropFirst()
      guard let verb = rest.first?.display, ["cp", "rsync", "mv", "cat"].contains(verb) else {
        return []
      }
      return copies(Array(rest.dropFirst()), schemes: ["gs://", "s3://"], prints: verb == "cat")
    case "azcopy":
      let rest = options(["--from-to"]).rest
      guard let verb = rest.first?.display, ["copy", "cp", "sync", "c"].contains(verb) else {
        return []
      }
      return copies(Array(rest.dropFirst()), schemes: ["https://", "http://"])
    case "az":
      guard words.contains("download") || words.contains("download-batch") else { return [] }
      let options = options(
        [
          "--name", "--container-name", "--account-name", "--file", "--source", "--destination",
          "--version-id",
        ], "ncfsd")
      let name = options.value("--name", "-n", "--source", "-s")?.display ?? "a blob"
      return [stored(name, output: options.value("--file", "-f", "--destination", "-d"))]
    case "s3cmd", "s5cmd", "mc", "ossutil", "ossutil64", "coscmd", "b2":
      let rest = options(["--endpoint-url", "--profile"], "c").rest
      let verbs: Set<String> = [
        "get", "sync", "cp", "mirror", "download", "download-file-by-name", "file", "cat",
        "download-file", "download-file-by-id",
      ]
      guard let verb = rest.first?.display, verbs.contains(verb) else { return [] }
      if verb.hasPrefix("get") || verb.hasPrefix("download"), let target = rest.dropFirst().first {
        return [stored(target.display, output: rest.dropFirst(2).first)]
      }
      if command.name == "mc" { return aliased(Array(rest.dropFirst()), prints: verb == "cat") }
      return copies(
        Array(rest.dropFirst()), schemes: ["s3://", "oss://", "gs://", "cos://"],
        prints: verb == "cat")
    case "rclone":
      let rest = options(
        ["--transfers", "--checkers", "--config", "--include", "--exclude", "--filter"]).rest
      guard let verb = rest.first?.display,
        ["copy", "sync", "copyto", "cat", "copyurl", "move"].contains(verb),
        let source = rest.dropFirst().first, source.display.contains(":")
      else { return [] }
      return [stored(source.display, output: verb == "cat" ? dash : rest.dropFirst(2).first)]
    case "scp", "rsync", "sftp":
      let rest = options(
        ["--rsh", "--exclude", "--include", "--port", "--password-file", "--files-from"], "ePiFoJc"
      ).rest
      guard let source = rest.first, rest.count > 1 || command.name == "sftp" else { return [] }
      let text = source.display
      let isRemote = text.contains(":") && !text.hasPrefix("/") && !text.hasPrefix(".")
      guard isRemote else { return [] }
      return [stored(text, output: rest.last)]
    case "hdfs", "hadoop":
      guard words.contains("-get") || words.contains("-copyToLocal"),
        let source = arguments.dropFirst(2).first
      else { return [] }
      return [stored(source.display, output: arguments.dropFirst(3).first)]
    case "oras":
      let rest = options(["--output", "--platform", "--config"], "ou").rest
      guard rest.first?.display == "pull", let image = rest.dropFirst().first else { return [] }
      return image.values.prefix(4).map {
        fetch(
          .storage, $0.display, Self.image($0), cargo: .weights, flaw: "without a digest",
          fix: "name the digest: `reference@sha256:<64 hex digits>`")
      }
    case "bitsadmin", "certutil":
      guard let address = arguments.first(where: { $0.display.contains("://") }) else { return [] }
      return [
        fetch(
          .file, address.display, .branch, cargo: Self.cargo(of: [address.display]),
          flaw: "without comparing a digest", fix: "compare the SHA-256 digest of what arrived")
      ]
    case "lftp", "ftp":
      guard
        let address = arguments.first(where: {
          $0.display.contains("://") || $0.display.contains(".")
        })
      else { return [] }
      return [stored(address.display, output: nil)]
    case "yt-dlp", "youtube-dl":
      guard let address = options([], "fo").rest.first else { return [] }
      return [stored(address.display, output: nil, cargo: .data)]
    case "megadl", "mega-get", "megatools":
      guard let address = arguments.first(where: { $0.display.contains("://") }) else { return [] }
      return [stored(address.display, output: nil)]
    case "ipfs":
      guard words.first == "get" || words.first == "cat", words.count > 1 else { return [] }
      // The name of an IPFS object is its digest.
      let isObject = !words[1].hasPrefix("/ipns")
      return [
        fetch(
          .storage, words[1], isObject ? .content : .branch, cargo: .data,
          flaw: "under a name that can move", fix: "name the object itself")
      ]
    default: return registries()
    }
  }

  private func amazon() -> [ShellFetch] {
    let options = ShellOptions(
      command.arguments,
      ShellOptions.Grammar(
        long: [
          "--profile", "--region", "--endpoint-url", "--bucket", "--key", "--version-id",
          "--exclude", "--include", "--acl", "--storage-class", "--output",
        ]))
    let words = options.rest
    switch (words.first?.display, words.dropFirst().first?.display) {
    case ("s3", "cp"?), ("s3", "sync"?), ("s3", "mv"?):
      return copies(Array(words.dropFirst(2)), schemes: ["s3://"])
    case ("s3api", "get-object"?):
      let bucket = options.value("--bucket")?.display ?? ""
      let key = options.value("--key")?.display ?? ""
      let version = options.value("--version-id")
      var found = stored("s3://\(bucket)/\(key)", output: words.dropFirst(2).first)
      if let version, version.text != nil {
        found.pinning = .version
        found.revision = version.display
        found.flaw = "by version, without comparing a digest"
      }
      return [found]
    default: return []
    }
  }

  /// `cp SOURCE… DESTINATION`: a download when the source is remote and the destination is not.
  private func copies(
    _ words: [ShellField], schemes: [String], prints: Bool = false
  ) -> [ShellFetch] {
    let words = prints ? words + [dash] : words
    func isRemote(_ field: ShellField) -> Bool {
      schemes.contains { field.display.lowercased().hasPrefix($0) }
    }
    guard let last = words.last, words.count > 1 || !isRemote(last) else {
      return words.filter(isRemote).map { stored($0.display, output: nil) }
    }
    let sources = words.count > 1 ? words.dropLast() : words[...]
    if isRemote(last), words.count > 1 { return [] }
    // Which way a copy between two unknown places goes is anybody's guess: no download is claimed.
    let isOutgoing = last.text == nil && last.values[0].knownPrefix.isEmpty
    return sources.prefix(8).filter { field in
      isRemote(field)
        || field.text == nil && field.values[0].knownPrefix.isEmpty && !isOutgoing
    }.flatMap { field in
      field.values.prefix(ShellFetchReader.maximumValues).map { stored($0.display, output: last) }
    }
  }

  /// Standard output as a destination.
  private var dash: ShellField {
    ShellField(values: [ShellValue("-")], start: command.end, end: command.end)
  }

  /// `mc cp alias/bucket/name file`: what is no path of this machine is remote.
  private func aliased(_ words: [ShellField], prints: Bool) -> [ShellFetch] {
    let words = prints ? words + [dash] : words
    guard let target = words.last, words.count > 1 else { return [] }
    let text = target.display
    let isLocalTarget = text == "-" || isLocal(target) || !text.contains("/")
    guard isLocalTarget else { return [] }
    return words.dropLast().prefix(8).filter { !isLocal($0) && $0.display.contains("/") }.map {
      stored($0.display, output: target)
    }
  }

  func stored(
    _ target: String, output: ShellField?, cargo: ShellFetch.Cargo? = nil
  ) -> ShellFetch {
    let isKnown = !target.contains("${")
    let names = [target, output?.display ?? ""]
    var kind = Self.cargo(of: names)
    // A folder of a bucket holds who knows what.
    if kind == .data, WeightName.suffix(target).isEmpty { kind = .weights }
    var found = fetch(
      .storage, target, isKnown ? .branch : .dynamic, cargo: cargo ?? kind,
      flaw: isKnown
        ? "without a version or a digest" : "whose name is decided at run time, without a digest",
      fix: "compare the SHA-256 digest of what arrived with a literal before using it")
    if let text = output?.text, text == "-" || text == "/dev/stdout" { return found }
    if output == nil, let file = command.redirects.last(where: \.isOutputToFile)?.values.first {
      found.output = file
      found.isOutputKnown = true
      return found
    }
    found.output =
      output?.values.first.map { value in
        let text = value.display
        let isFolder = text == "." || text.hasSuffix("/")
        return isFolder ? Self.name(of: ShellValue(target)) : value
      } ?? Self.name(of: ShellValue(target))
    found.isOutputKnown = true
    return found
  }

  /// Registries of data sets, models and artifacts.
  private func registries() -> [ShellFetch] {
    let words = command.arguments.map(\.display)
    let options = ShellOptions(
      command.arguments,
      ShellOptions.Grammar(
        long: [
          "--rev", "--output", "--out", "--path", "--file", "--root", "--competition", "--dataset",
          "--version", "--artifact-uri", "--run-id", "--dst-path", "--id", "--remote", "--jobs",
          "--record", "--model", "--type", "--hash",
        ],
        letters: Set("oOpdcfrj")))
    let rest = options.rest
    switch command.name {
    case "gdown":
      guard !options.has("--help"), let target = options.value("--id") ?? rest.first else {
        return []
      }
      return target.values.prefix(ShellFetchReader.maximumValues).map { value in
        var found = stored(value.display, output: options.value("-O", "--output"), cargo: .weights)
        if let hash = options.value("--hash"), hash.text?.contains("sha256:") == true {
          found.pinning = .content
          found.flaw = ""
        }
        return found
      }
    case "kaggle":
      guard let group = rest.first?.display,
        ["datasets", "d", "competitions", "c", "models", "m", "kernels", "k"].contains(group),
        words.contains("download") || words.contains("pull") || words.contains("output")
          || words.contains("get")
      else { return [] }
      let named = options.value("-d", "--dataset", "-c", "--competition")
      let target = named?.display ?? rest.last?.display ?? "a data set"
      return [
        fetch(
          .storage, target, .branch, cargo: group.hasPrefix("m") ? .weights : .data,
          flaw: "without a version or a digest",
          fix: "name a version, and compare the SHA-256 of what arrives")
      ]
    case "dvc":
      guard let verb = rest.first?.display else { return [] }
      switch verb {
      case "pull", "fetch":
        // The digests stand in the repository's .dvc files.
        return [
          fetch(
            .storage, "the data of this repository", .library, cargo: .data,
            flaw: "by the MD5 digests of its .dvc files", fix: "compare SHA-256 digests")
        ]
      case "get", "import", "get-url", "import-url":
        guard let target = rest.dropFirst().first else { return [] }
        let revision = options.value("--rev")
        let pinning = revision.map { Self.revision($0) } ?? .branch
        return [
          fetch(
            .storage, target.display, revision: revision?.display, pinning, cargo: .weights,
            flaw: revision == nil ? "without a revision" : "at a revision that can move",
            fix: "pass --rev with the full 40-digit commit")
        ]
      default: return []
      }
    case "wandb":
      guard rest.first?.display == "artifact" || rest.first?.display == "restore",
        words.contains("get") || rest.first?.display == "restore", let target = rest.last
      else { return [] }
      let isVersion = target.display.split(separator: ":").last?.first == "v"
      return [
        fetch(
          .storage, target.display, isVersion ? .version : .branch, cargo: .weights,
          flaw: isVersion ? "by version, without a digest" : "under an alias that can move",
          fix: "name `artifact:vN` and compare its digest")
      ]
    case "mlflow":
      guard words.contains("download") else { return [] }
      let target = options.value("--artifact-uri", "--run-id")?.display ?? "artifacts"
      return [
        fetch(
          .storage, target, .branch, cargo: .weights, flaw: "without a digest",
          fix: "compare the SHA-256 of what arrives")
      ]
    case "zenodo_get":
      guard let target = options.value("--record", "-r") ?? rest.first else { return [] }
      // Records are immutable; the tool compares MD5 digests that the server tells.
      return [
        fetch(
          .storage, target.display, .version, cargo: .data,
          flaw: "by record, without a digest of ours", fix: "compare the SHA-256 of what arrives")
      ]
    case "clearml-data":
      guard rest.first?.display == "get" else { return [] }
      return [
        fetch(
          .storage, options.value("--id")?.display ?? "a data set", .version, cargo: .data,
          flaw: "without a digest", fix: "compare the SHA-256 of what arrives")
      ]
    default: return []
    }
  }
}
