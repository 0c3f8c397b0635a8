import Core
import FileSystem

/// Why a crawl could not finish.
package enum CrawlError: Error, Equatable, Sendable {
  /// Nothing is called what the argument names.
  case missing(path: String)
  /// The argument names something that cannot be read.
  case root(path: String, reason: String)
  /// Entries that cannot be read, change underneath, or are unsafe; all that were met, by path.
  case problems([CrawlProblem])
  /// An archive read as a tree that is damaged, hostile, or could be read in two ways.
  case archive(path: String, reason: String)
  /// The tree exceeds a limit.
  case limit(String)
  case interrupted
}

/// One entry that stops the crawl.
package struct CrawlProblem: Hashable, Comparable, Sendable {
  /// The path's bytes, which need not be UTF-8.
  package let path: [UInt8]
  /// Why, in words that follow the path and a colon.
  package let reason: String

  package init(path: [UInt8], reason: String) {
    self.path = path
    self.reason = reason
  }

  package static func < (left: CrawlProblem, right: CrawlProblem) -> Bool {
    if left.path == right.path { return left.reason < right.reason }
    return left.path.lexicographicallyPrecedes(right.path)
  }
}

extension CrawlProblem: CustomStringConvertible {
  /// The path with everything that is not plain text escaped, and the reason.
  package var description: String { "\(Self.printable(path)): \(reason)" }

  /// Bytes as text for a message: control characters and bytes that are no UTF-8 as `\xNN`.
  package static func printable(_ bytes: [UInt8]) -> String {
    if let path = try? RelativePath(bytes: bytes) { return path.description }
    let isText = String(validating: bytes, as: UTF8.self) != nil
    let digits = Array("0123456789abcdef")
    var text: [UInt8] = []
    for byte in bytes {
      if byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !isText) {
        text += Array("\\x\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])".utf8)
      } else {
        text.append(byte)
      }
    }
    var result = ""
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x80...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension CrawlError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path): "\(path): no such file or folder"
    case .root(let path, let reason): "\(path): \(reason)"
    case .problems(let problems): problems.map(\.description).joined(separator: "\n")
    case .archive(let path, let reason): "\(path): \(reason)"
    case .limit(let reason): reason
    case .interrupted: "interrupted"
    }
  }

  /// The next thing to do, when there is one.
  package var hint: String? {
    switch self {
    case .missing: "name a folder, a file, an archive, or - for an archive on standard input"
    case .root: nil
    case .problems: "nothing was written; remove or exclude these entries, then run again"
    case .archive: "nothing was written; unpack the archive where you trust it, or build it anew"
    case .limit: "exclude what does not belong to the model"
    case .interrupted: nil
    }
  }
}

extension CrawlError {
  /// What it means for the argument `path` that the system refused.
  static func root(_ path: String, _ error: FileSystemError) -> CrawlError {
    error.isMissing ? .missing(path: path) : .root(path: path, reason: error.reason)
  }
}
