import Core
import Languages

/// A network address, and how firmly its own text fixes what it leads to.
struct Address: Equatable {
  let text: String
  /// The commit, tag or branch inside the address, if it has one.
  let revision: String?
  let pinning: Pinning
  /// The host in lower case, without user and port.
  let host: String
  /// The path's components, without query and fragment.
  let path: [String]

  /// Reads `scheme://host/path`; nil for anything else. Parts that are not known are written `…`.
  init?(_ text: String) {
    guard let schemeEnd = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<schemeEnd.lowerBound].lowercased()
    guard !scheme.isEmpty, scheme.utf8.count <= 16,
      scheme.utf8.allSatisfy({
        ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z")) || $0 == UInt8(ascii: "+")
          || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
      })
    else { return nil }
    self.text = text
    let rest = text[schemeEnd.upperBound...].prefix { $0 != "#" && $0 != "?" }
    let pieces = rest.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let authority = pieces.first?.split(separator: "@").last.map(String.init) ?? ""
    host = authority.prefix { $0 != ":" }.lowercased()
    path = pieces.dropFirst().filter { !$0.isEmpty }
    let isOnThisMachine =
      scheme == "file" || host == "localhost" || host.hasPrefix("127.") || host == "0.0.0.0"
      || authority.hasPrefix("[::1]")
    if isOnThisMachine {
      revision = nil
      pinning = .local
      return
    }
    if scheme == "hf" {
      (revision, pinning) = Self.hubPath(path: [host] + path)
      return
    }
    if ["s3", "gs", "gcs", "az", "abfs", "oss", "dbfs", "wasbs"].contains(scheme) {
      revision = nil
      pinning = text.lowercased().holds("versionid=") ? .version : .branch
      return
    }
    let found = Self.revision(host: host, path: path)
    revision = found
    if let found {
      let isRelease = path.contains("releases")
      pinning = isRelease ? .tag : Revision(found).pinning
    } else {
      pinning = text.lowercased().holds("versionid=") ? .version : .branch
    }
  }

  /// `org/name@revision/path` of the hub's file system.
  private static func hubPath(path: [String]) -> (String?, Pinning) {
    for component in path.prefix(4) {
      guard let at = component.firstIndex(of: "@") else { continue }
      let revision = String(component[component.index(after: at)...])
      return (revision, Revision(revision).pinning)
    }
    return (nil, .branch)
  }

  /// The component that names a revision, for hosts whose addresses have one.
  private static func revision(host: String, path: [String]) -> String? {
    func after(_ words: Set<String>) -> String? {
      guard let index = path.firstIndex(where: words.contains), index + 1 < path.count else {
        return nil
      }
      // `refs/heads/main` and the like.
      if path[index + 1] == "refs", index + 3 < path.count {
        return path[(index + 1)...(index + 3)].joined(separator: "/")
      }
      return path[index + 1]
    }
    switch host {
    case "raw.githubusercontent.com", "media.githubusercontent.com", "raw.gitmirror.com":
      let parts = path.first == "media" ? Array(path.dropFirst()) : path
      if parts.count > 2 {
        return parts[2] == "refs" && parts.count > 4
          ? parts[2...4].joined(separator: "/") : parts[2]
      }
      return nil
    case "cdn.jsdelivr.net":
      for component in path.prefix(4) {
        if let at = component.lastIndex(of: "@"), at != component.startIndex {
          return String(component[component.index(after: at)...])
        }
      }
      return nil
    case "codeload.github.com":
      return path.last
    default: break
    }
    if host == "github.com" || host.hasSuffix(".github.com") || host.hasPrefix("gitlab.")
      || host == "gitee.com" || host == "bitbucket.org"
    {
      if let index = path.firstIndex(of: "releases") {
        if index + 2 < path.count, path[index + 1] == "download" { return path[index + 2] }
        return path.suffix(from: index + 1).first
      }
      if let archive = after(["archive"]) {
        let name = path.last ?? archive
        let stem = archive.hasPrefix("refs/") || name == archive ? name : archive
        for suffix in [".tar.gz", ".zip", ".tgz"] where stem.hasSuffix(suffix) {
          return String(stem.dropLast(suffix.count))
        }
        return stem
      }
      return after(["raw", "blob", "tree"])
    }
    // The Hugging Face hub, its mirrors, ModelScope.
    return after(["resolve", "raw", "blob"])
  }
}

/// The text of a revision argument.
struct Revision {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  /// A full commit is 40 hexadecimal digits, or 64 where repositories use SHA-256; fewer digits
  /// are ambiguous and can be a branch's name.
  var pinning: Pinning {
    let digits = text.utf8.count
    if digits == 40 || digits == 64, text.utf8.allSatisfy(\.isHexadecimalDigit) { return .commit }
    if Self.branches.contains(text) || text.hasPrefix("refs/heads/") || text.hasPrefix("refs/pr/") {
      return .branch
    }
    if text.contains("…") { return .dynamic }
    return .tag
  }

  /// Whether the text is an abbreviated commit: neither unambiguous nor immutable.
  var isAbbreviated: Bool {
    (7..<40).contains(text.utf8.count) && text.utf8.allSatisfy(\.isHexadecimalDigit)
      && text.utf8.contains { $0 <= UInt8(ascii: "9") }
  }

  private static let branches: Set<String> = [
    "main", "master", "HEAD", "dev", "develop", "latest", "trunk", "nightly", "stable", "default",
  ]
}

extension UInt8 {
  var isHexadecimalDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}

/// What a file's name says of its content.
enum WeightName {
  private static let weights: Set<String> = [
    "bin", "caffemodel", "ckpt", "engine", "ggml", "gguf", "h5", "hdf5", "joblib", "keras", "model",
    "msgpack", "nemo", "npy", "npz", "onnx", "ort", "params", "pb", "pdparams", "pickle", "pkl",
    "pt", "pth", "pt2", "safetensors", "t7", "tflite", "torchscript", "weights",
  ]
  private static let archives: Set<String> = [
    "7z", "bz2", "gz", "mar", "rar", "tar", "tgz", "txz", "whl", "xz", "zip", "zst",
  ]
  private static let code: Set<String> = ["dll", "dylib", "exe", "jar", "js", "py", "sh", "so"]

  /// The suffix after the last dot, lower case, query and fragment left out.
  static func suffix(_ name: String) -> String {
    let bare = name.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    guard let dot = bare.lastIndex(of: UInt8(ascii: ".")),
      !bare[dot...].contains(UInt8(ascii: "/"))
    else { return "" }
    return name[bare.index(after: dot)..<bare.endIndex].lowercased()
  }

  static func isWeights(_ name: String) -> Bool { weights.contains(suffix(name)) }
  static func isArchive(_ name: String) -> Bool { archives.contains(suffix(name)) }
  static func isCode(_ name: String) -> Bool { code.contains(suffix(name)) }
}
