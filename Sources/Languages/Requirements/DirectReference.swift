package import Core

/// An address or path that a package is installed from instead of an index.
package struct DirectReference: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A repository; `revision` is what it asks for, nil for the default branch.
    case repository(revision: String?)
    /// A file fetched over the network.
    case archive
    /// A file or folder that is already there.
    case local
  }

  package let kind: Kind
  /// The address without revision and fragment, or the path.
  package let target: String
  package let pinning: Pinning
  /// The package's name where the address tells it: `#egg=`, a wheel's file name, a repository.
  package let name: String?
  /// Whether the transport can be read and changed on the way.
  package let isPlaintext: Bool
}

extension DirectReference {
  private static let systems = ["git", "hg", "svn", "bzr"]

  /// Reads an address as pip understands them; nil for text that is neither address nor path.
  package static func parse(_ text: String) -> DirectReference? {
    let lower = text.lowercased()
    let scheme = lower.firstRange(of: ":").map { String(lower[..<$0.lowerBound]) } ?? ""
    if let plus = scheme.firstRange(of: "+"),
      systems.contains(String(scheme[..<plus.lowerBound]))
    {
      return repository(String(text.dropFirst(scheme.prefix { $0 != "+" }.count + 1)))
    }
    if scheme == "git" || scheme == "ssh" || lower.hasPrefix("git@") { return repository(text) }
    if ["http", "https", "ftp"].contains(scheme) { return archive(text) }
    if scheme == "file" || lower.hasPrefix("./") || lower.hasPrefix("../") || lower.hasPrefix("/")
      || lower.hasPrefix("~") || lower.hasPrefix(".\\") || lower == "." || lower == ".."
      || lower.hasPrefix(".[")
    {
      return local(text)
    }
    let path = text.prefix { $0 != "[" && $0 != ";" && $0 != " " && $0 != "#" }.lowercased()
    let archives = [".whl", ".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz", ".tar"]
    if archives.contains(where: path.hasSuffix) { return local(text) }
    return nil
  }

  private static func parts(_ text: String) -> (address: String, fragment: [String: String]) {
    guard let hash = text.firstIndex(of: "#") else { return (text, [:]) }
    var fields: [String: String] = [:]
    for field in text[text.index(after: hash)...].split(separator: "&") {
      let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { fields[String(pair[0])] = String(pair[1]) }
    }
    return (String(text[..<hash]), fields)
  }

  /// `https://host/owner/name.git@revision#egg=name`, the system's prefix taken off.
  private static func repository(_ text: String) -> DirectReference {
    let (address, fragment) = parts(text)
    var target = address
    var revision: String?
    // The `@` of a user name stands before the path.
    let pathStart =
      address.firstRange(of: "://").flatMap { range in
        address[range.upperBound...].firstIndex(of: "/")
      } ?? address.firstIndex(of: ":") ?? address.startIndex
    if let at = address[pathStart...].lastIndex(of: "@") {
      target = String(address[..<at])
      let text = String(address[address.index(after: at)...])
      if !text.isEmpty { revision = text }
    }
    let pinning = revision.map { Pinning(git: $0) } ?? .branch
    let repositoryName = target.split(separator: "/").last.map { name in
      name.hasSuffix(".git") ? String(name.dropLast(4)) : String(name)
    }
    return DirectReference(
      kind: .repository(revision: revision), target: target, pinning: pinning,
      name: fragment["egg"].map(withoutExtras) ?? repositoryName,
      isPlaintext: target.hasPrefix("http://") || target.hasPrefix("git://"))
  }

  private static func withoutExtras(_ text: String) -> String {
    String(text.prefix { $0 != "[" && $0 != "=" && $0 != "<" && $0 != ">" && $0 != "-" })
      .isEmpty ? text : String(text.prefix { $0 != "[" && $0 != "=" && $0 != "<" && $0 != ">" })
  }

  private static let digestLengths = ["sha256": 64, "sha384": 96, "sha512": 128]

  private static func archive(_ text: String) -> DirectReference {
    let (address, fragment) = parts(text)
    var pinning = archivePinning(address)
    for (algorithm, length) in digestLengths {
      if let digest = fragment[algorithm], digest.utf8.count == length,
        digest.utf8.allSatisfy({ (TOMLParser.digit($0) ?? 99) < 16 })
      {
        pinning = .content
      }
    }
    return DirectReference(
      kind: .archive, target: address, pinning: pinning,
      name: fragment["egg"].map(withoutExtras) ?? fileName(address),
      isPlaintext: !address.lowercased().hasPrefix("https://"))
  }

  /// Without a digest, the address alone has to say what it leads to.
  private static func archivePinning(_ address: String) -> Pinning {
    let path = address.prefix { $0 != "?" }
    if path.hasSuffix(".whl"), wheel(String(path)) != nil { return .version }
    let components = path.split(separator: "/").map(String.init)
    guard
      let marker = components.firstIndex(where: {
        $0 == "archive" || $0 == "zipball" || $0 == "tarball"
      }), marker + 1 < components.count
    else {
      return components.last.map { GitReference($0) == .tag } == true ? .tag : .branch
    }
    var reference = components[(marker + 1)...].joined(separator: "/")
    for suffix in [".zip", ".tar.gz", ".tgz"] where reference.hasSuffix(suffix) {
      reference.removeLast(suffix.count)
    }
    if reference.hasPrefix("refs/heads/") { return .branch }
    return Pinning(git: reference)
  }

  private static func local(_ text: String) -> DirectReference {
    let (path, _) = parts(text)
    return DirectReference(
      kind: .local, target: path, pinning: .local, name: fileName(path), isPlaintext: false)
  }

  /// The distribution's name and version in a wheel's file name.
  package static func wheel(_ path: String) -> (name: String, version: String)? {
    guard let file = path.split(separator: "/").last, file.hasSuffix(".whl") else { return nil }
    let fields = file.dropLast(4).split(separator: "-")
    guard fields.count >= 5 else { return nil }
    return (String(fields[0]), String(fields[1]))
  }

  private static func fileName(_ path: String) -> String? {
    if let wheel = wheel(path) { return wheel.name }
    return path.split(separator: "/").last.map(String.init)
  }
}

extension Pinning {
  /// How firmly the name of a git revision fixes what is fetched.
  package init(git revision: some StringProtocol) {
    switch GitReference(revision) {
    case .commit: self = .commit
    case .tag: self = .tag
    case .branch: self = .branch
    }
  }
}
