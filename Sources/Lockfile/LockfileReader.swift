import Core
import Hashing
import JSON

/// Reads a lockfile, strictly: what modelpin would not write is an error with its line.
///
/// Only white space between tokens and the order of keys are free. Takes linear time, and memory
/// only for the records.
package struct LockfileReader {
  /// No line of a lockfile is longer: a checkpoint line of this length belongs to a file of 3.9 TiB.
  private static let lineLimit = 4 << 20
  /// No string of a lockfile is longer.
  static let stringLimit = 64 << 10

  var reader: JSONReader

  private init(_ bytes: [UInt8]) throws(LockfileError) {
    var options = JSONOptions.strict
    options.depthLimit = 8
    do {
      reader = try JSONReader(bytes, options)
    } catch {
      throw LockfileError(.syntax(error.reason), line: error.position.line)
    }
  }

  /// The lockfile that `bytes` hold.
  package static func read(_ bytes: [UInt8]) throws(LockfileError) -> Lockfile {
    try checkLines(bytes)
    var reader = try LockfileReader(bytes)
    return try reader.lockfile()
  }

  /// Looks for what would give a confusing syntax error: emptiness, conflict markers, endless lines.
  private static func checkLines(_ bytes: [UInt8]) throws(LockfileError) {
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) {
      throw LockfileError(.empty, line: 0)
    }
    var line = 1
    var start = 0
    while start < bytes.count {
      let rest = bytes[start...]
      if let first = rest.first, "<=>|".utf8.contains(first), rest.prefix(7).count == 7,
        rest.prefix(7).allSatisfy({ $0 == first })
      {
        throw LockfileError(.mergeConflict, line: line)
      }
      let end = rest.firstIndex(of: 0x0A) ?? bytes.count
      if end - start > lineLimit { throw LockfileError(.tooLong(limit: lineLimit), line: line) }
      start = end + 1
      line += 1
    }
  }

  // MARK: The outer object

  private mutating func lockfile() throws(LockfileError) -> Lockfile {
    let place = "the lockfile"
    var keys = KeySet(place)
    var generator: String?
    var pin: (digest: SHA256Digest, line: Int)?
    var source: Provenance?
    var exclude: [String]?
    var entries: [Entry]?
    var dependencies: [LockedDependency]?
    var downloads: [LockedDownload]?
    var licenses: [LockedLicense]?
    var findings: [LockedFinding]?
    var checkpoints: [(path: RelativePath, values: [SHA256Digest], line: Int)] = []
    try beginObject(place)
    while let key = try key(&keys) {
      switch key {
      case "lockfileVersion": try checkVersion()
      case "generator": generator = try string(key)
      case "pin": pin = (try digest(key, prefix: "sha256:"), line)
      case "source": source = try provenance()
      case "exclude": exclude = try patterns()
      case "files": entries = try files()
      case "dependencies":
        dependencies = try records(key) {
          (reader: inout Self, keys: inout KeySet) throws(LockfileError) in
          try reader.dependency(&keys)
        }
      case "downloads":
        downloads = try records(key) {
          (reader: inout Self, keys: inout KeySet) throws(LockfileError) in
          try reader.download(&keys)
        }
      case "licenses":
        licenses = try records(key) {
          (reader: inout Self, keys: inout KeySet) throws(LockfileError) in
          try reader.license(&keys)
        }
      case "findings":
        findings = try records(key) {
          (reader: inout Self, keys: inout KeySet) throws(LockfileError) in
          try reader.finding(&keys)
        }
      case "checkpoints": checkpoints = try checkpointSection()
      default: throw failure(.unknownKey(key, in: place))
      }
    }
    _ = try next()
    for key in ["lockfileVersion", "source"] where !keys.contains(key) {
      throw LockfileError(.missingKey(key, in: place), line: 0)
    }
    guard let pin else { throw LockfileError(.missingKey("pin", in: place), line: 0) }
    let locked = Lockfile(
      pin: pin.digest, generator: try required(generator, "generator"), source: source,
      exclude: try required(exclude, "exclude"),
      entries: try Self.attach(checkpoints, to: try required(entries, "files")),
      dependencies: try required(dependencies, "dependencies"),
      downloads: try required(downloads, "downloads"),
      licenses: try required(licenses, "licenses"),
      findings: try required(findings, "findings"))
    let computed = try Pin.compute(exclude: locked.exclude, entries: locked.entries)
    if computed != pin.digest {
      throw LockfileError(.pinMismatch(recorded: pin.digest, computed: computed), line: pin.line)
    }
    return locked
  }

  private func required<Value>(
    _ value: Value?, _ key: String
  ) throws(LockfileError) -> Value {
    guard let value else { throw LockfileError(.missingKey(key, in: "the lockfile"), line: 0) }
    return value
  }

  private mutating func checkVersion() throws(LockfileError) {
    let key = "lockfileVersion"
    guard case .number(let range) = try next() else {
      throw failure(.expected("a number", for: key))
    }
    let text = String(decoding: reader.bytes[range].prefix(20), as: UTF8.self)
    if text != "\(Lockfile.version)" { throw failure(.version(text)) }
  }

  private mutating func provenance() throws(LockfileError) -> Provenance? {
    let place = "`source`"
    switch try next() {
    case .null: return nil
    case .beginObject: break
    default: throw failure(.expected("an object or null", for: "source"))
    }
    var keys = KeySet(place)
    var kind: String?
    var repository: String?
    var revision: String?
    var isClaimed: Bool?
    while let key = try key(&keys) {
      switch key {
      case "kind": kind = try string(key)
      case "repository": repository = try optionalString(key)
      case "revision": revision = try optionalString(key)
      case "claimed": isClaimed = try bool(key)
      default: throw failure(.unknownKey(key, in: place))
      }
    }
    try keys.require(["kind", "repository", "revision", "claimed"], line: line)
    return Provenance(
      kind: kind ?? "", repository: repository, revision: revision, isClaimed: isClaimed ?? true)
  }

  private mutating func patterns() throws(LockfileError) -> [String] {
    var result: [String] = []
    try beginArray("exclude")
    while true {
      switch try next() {
      case .endArray: return result
      case .string(let text):
        let pattern = try checked(text, "exclude")
        if pattern.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
          throw failure(.expected("patterns without control characters", for: "exclude"))
        }
        if let last = result.last, !last.utf8.lexicographicallyPrecedes(pattern.utf8) {
          throw failure(
            last.utf8.elementsEqual(pattern.utf8) ? .duplicate(pattern) : .unsorted(pattern))
        }
        result.append(pattern)
      default: throw failure(.expected("a list of strings", for: "exclude"))
      }
    }
  }

  // MARK: Checkpoints

  private mutating func checkpointSection() throws(LockfileError) -> [(
    path: RelativePath, values: [SHA256Digest], line: Int
  )] {
    let place = "`checkpoints`"
    var keys = KeySet(place)
    var result: [(path: RelativePath, values: [SHA256Digest], line: Int)] = []
    try beginObject("checkpoints")
    while let key = try key(&keys) {
      switch key {
      case "interval":
        guard try unsigned(key) == Lockfile.checkpointInterval else {
          throw failure(.expected("\(Lockfile.checkpointInterval)", for: key))
        }
      case "files":
        try beginObject("files")
        while case .key(let text) = try next() {
          let path = try path(text, "files")
          let line = line
          if let last = result.last, !(last.path < path) {
            let name = Self.clipped(path.description)
            throw failure(last.path == path ? .duplicate(name) : .unsorted(name))
          }
          var values: [SHA256Digest] = []
          try beginArray("files")
          while true {
            let event = try next()
            if event == .endArray { break }
            guard case .string(let text) = event, let value = digest(text, prefix: "") else {
              throw failure(.expected("a list of 64 lower-case hexadecimal digits", for: "files"))
            }
            values.append(value)
          }
          result.append((path, values, line))
        }
      default: throw failure(.unknownKey(key, in: place))
      }
    }
    try keys.require(["interval", "files"], line: line)
    return result
  }

  /// Hands every checkpoint list to its file; both are in path order.
  private static func attach(
    _ checkpoints: [(path: RelativePath, values: [SHA256Digest], line: Int)], to entries: [Entry]
  ) throws(LockfileError) -> [Entry] {
    if checkpoints.isEmpty { return entries }
    var result = entries
    var place = 0
    for (path, values, line) in checkpoints {
      while place < result.count, result[place].path < path { place += 1 }
      guard place < result.count, result[place].path == path, let file = result[place].file,
        !values.isEmpty,
        values.count == Checkpoints.count(size: file.size)
      else {
        throw LockfileError(.checkpoints(clipped(path.description)), line: line)
      }
      result[place] = Entry(
        path,
        .file(
          FileRecord(
            size: file.size, isExecutable: file.isExecutable, digest: file.digest,
            checkpoints: values, role: file.role, format: file.format)))
    }
    return result
  }
}
