package import Core
import FileSystem
import Inventory
import Languages

extension Configuration {
  /// No configuration is larger.
  private static let sizeLimit = 4 << 20

  /// Reads the configuration at `path`.
  ///
  /// - Throws: `EngineError.configuration` with the line, or `.file` when it cannot be read.
  package static func read(at path: String) throws(EngineError) -> Configuration {
    try parse(try bytes(at: path), path: path)
  }

  /// The configuration's bytes.
  static func bytes(at path: String) throws(EngineError) -> [UInt8] {
    guard let system = SystemPath(path) else {
      throw .configuration(path: path, line: 0, reason: "the path is empty")
    }
    do {
      return try OpenFile.open(system).contents(limit: sizeLimit, path)
    } catch {
      throw .configuration(path: path, line: 0, reason: error.description)
    }
  }

  /// The configuration that `bytes` hold; `path` is for messages.
  package static func parse(_ bytes: [UInt8], path: String) throws(EngineError) -> Configuration {
    let document: TOMLValue
    do {
      document = try TOML.parse(bytes)
    } catch {
      throw .configuration(path: path, line: error.position.line, reason: error.reason)
    }
    return try ConfigurationReader(path: path).configuration(document)
  }
}

/// Turns a TOML document into a configuration; every unknown key is an error.
private struct ConfigurationReader {
  let path: String

  func configuration(_ document: TOMLValue) throws(EngineError) -> Configuration {
    var exclude: [String] = []
    var failOn: Severity?
    var allowsRootGit = false
    var acceptances: [Configuration.Acceptance] = []
    var models: [Configuration.Model] = []
    for entry in document.table?.entries ?? [] {
      switch entry.key {
      case "exclude": exclude = try patterns(entry)
      case "fail-on": failOn = try severity(entry)
      case "allow-root-git": allowsRootGit = try boolean(entry)
      case "accept":
        for table in try tables(entry) { acceptances.append(try acceptance(table)) }
      case "model":
        for table in try tables(entry) { models.append(try model(table)) }
      default:
        throw unknown(
          entry, among: ["exclude", "fail-on", "allow-root-git", "accept", "model"], in: nil)
      }
    }
    var lines: [String: Int] = [:]
    for acceptance in acceptances {
      if let earlier = lines.updateValue(acceptance.line, forKey: acceptance.fingerprint) {
        throw failure(
          acceptance.line,
          "the fingerprint `\(acceptance.fingerprint)` is accepted on line \(earlier) too")
      }
    }
    return Configuration(
      path: path, exclude: exclude, failOn: failOn, allowsRootGit: allowsRootGit,
      acceptances: acceptances, models: models)
  }

  private func acceptance(_ table: TOMLValue) throws(EngineError) -> Configuration.Acceptance {
    var fingerprint: String?
    var rule: String?
    var path: String?
    var reason: String?
    var reviewed: CalendarDate?
    var expires: CalendarDate?
    for entry in table.table?.entries ?? [] {
      switch entry.key {
      case "fingerprint":
        let text = try string(entry)
        guard SHA256Digest(hex: text) != nil else {
          throw failure(entry, "`fingerprint` has to be 64 lower-case hexadecimal digits")
        }
        fingerprint = text
      case "rule": rule = try string(entry)
      case "path": path = try string(entry)
      case "reason":
        let text = try string(entry)
        if text.allSatisfy(\.isWhitespace) { throw failure(entry, "`reason` has to say something") }
        reason = text
      case "reviewed": reviewed = try date(entry)
      case "expires": expires = try date(entry)
      default:
        throw unknown(
          entry, among: ["fingerprint", "rule", "path", "reason", "reviewed", "expires"],
          in: "[[accept]]")
      }
    }
    let line = table.start.line
    return Configuration.Acceptance(
      fingerprint: try required(fingerprint, "fingerprint", line),
      rule: RuleID(try required(rule, "rule", line)), path: try required(path, "path", line),
      reason: try required(reason, "reason", line), reviewed: reviewed,
      expires: try required(expires, "expires", line), line: line)
  }

  private func model(_ table: TOMLValue) throws(EngineError) -> Configuration.Model {
    var path: String?
    var lockfile: String?
    var pin: SHA256Digest?
    for entry in table.table?.entries ?? [] {
      switch entry.key {
      case "path": path = try nonEmpty(entry)
      case "lockfile": lockfile = try nonEmpty(entry)
      case "pin":
        guard let digest = SHA256Digest(pin: try string(entry)) else {
          throw failure(entry, "`pin` has to be `sha256:` and 64 lower-case hexadecimal digits")
        }
        pin = digest
      default: throw unknown(entry, among: ["path", "lockfile", "pin"], in: "[[model]]")
      }
    }
    return Configuration.Model(
      path: try required(path, "path", table.start.line, in: "[[model]]"), lockfile: lockfile,
      pin: pin, line: table.start.line)
  }

  // MARK: Values

  private func patterns(_ entry: TOMLTable.Entry) throws(EngineError) -> [String] {
    guard let elements = entry.value.array else { throw expected("a list of patterns", entry) }
    var result: [String] = []
    for element in elements {
      guard let text = element.string else { throw expected("a list of patterns", entry) }
      do {
        _ = try Glob(text)
      } catch {
        throw failure(element.start.line, "the pattern `\(text)` is malformed: \(error)")
      }
      result.append(text)
    }
    return result
  }

  private func severity(_ entry: TOMLTable.Entry) throws(EngineError) -> Severity {
    guard let severity = entry.value.string.flatMap(Severity.init(rawValue:)) else {
      throw expected("one of critical, high, medium, low, info", entry)
    }
    return severity
  }

  private func boolean(_ entry: TOMLTable.Entry) throws(EngineError) -> Bool {
    guard let value = entry.value.boolean else { throw expected("true or false", entry) }
    return value
  }

  private func string(_ entry: TOMLTable.Entry) throws(EngineError) -> String {
    guard let text = entry.value.string else { throw expected("a string", entry) }
    return text
  }

  private func nonEmpty(_ entry: TOMLTable.Entry) throws(EngineError) -> String {
    let text = try string(entry)
    if text.isEmpty || text.utf8.contains(0) { throw expected("a path", entry) }
    return text
  }

  /// A TOML date, or a string that spells one.
  private func date(_ entry: TOMLTable.Entry) throws(EngineError) -> CalendarDate {
    if case .dateTime(let moment) = entry.value.content, let date = moment.date, moment.time == nil,
      let day = CalendarDate(year: date.year, month: date.month, day: date.day)
    {
      return day
    }
    if let day = entry.value.string.flatMap({ CalendarDate($0) }) { return day }
    throw expected("a date, `2027-05-01`", entry)
  }

  private func tables(_ entry: TOMLTable.Entry) throws(EngineError) -> [TOMLValue] {
    guard let elements = entry.value.array, elements.allSatisfy({ $0.table != nil }) else {
      throw expected("written as [[\(entry.key)]]", entry)
    }
    return elements
  }

  private func required<Value>(
    _ value: Value?, _ key: String, _ line: Int, in place: String = "[[accept]]"
  ) throws(EngineError) -> Value {
    guard let value else { throw failure(line, "\(place) needs `\(key)`") }
    return value
  }

  // MARK: Errors

  private func expected(_ what: String, _ entry: TOMLTable.Entry) -> EngineError {
    failure(entry, "`\(entry.key)` has to be \(what)")
  }

  private func unknown(
    _ entry: TOMLTable.Entry, among known: [String], in place: String?
  ) -> EngineError {
    let nearest = NearestName.of(entry.key, among: known).map { ", did you mean `\($0)`?" } ?? ""
    return failure(
      entry, "`\(entry.key)` is no key of \(place ?? "the configuration")\(nearest)")
  }

  private func failure(_ entry: TOMLTable.Entry, _ reason: String) -> EngineError {
    failure(entry.keyPosition.line, reason)
  }

  private func failure(_ line: Int, _ reason: String) -> EngineError {
    .configuration(path: path, line: line, reason: reason)
  }
}

extension SHA256Digest {
  /// Reads `sha256:` and 64 lower-case hexadecimal digits; nil for anything else.
  package init?(pin text: String) {
    guard text.hasPrefix("sha256:") else { return nil }
    self.init(hex: text.dropFirst(7))
  }
}
