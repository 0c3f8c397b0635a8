import Languages

/// Calls whose target stands in two places: the host where a connection was made, the rest where
/// something is asked of it. They are seen as calls of one whole address.
struct Connections {
  private let byReceiver: [CallReference: [CallSite]]
  private let program: PythonProgram

  init(_ program: PythonProgram) {
    self.program = program
    var found: [CallReference: [CallSite]] = [:]
    for call in program.calls {
      for made in Self.made(call) { found[made, default: []].append(call) }
    }
    byReceiver = found
  }

  /// The calls that made the object on which another one is called.
  private static func made(_ call: CallSite) -> [CallReference] {
    call.receiver?.alternatives.compactMap { alternative in
      switch alternative.atom {
      case .instance(_, let made?): made
      case .result(let made, _, _): made
      default: nil
      }
    } ?? []
  }

  /// The call with the whole address as its first argument, or as it is where it has one already.
  func resolved(_ call: CallSite) -> CallSite {
    for callee in call.callees where !callee.isLocal {
      // A request made before: `urlopen(Request(url))`, `session.send(request)`.
      if Self.senders.contains(callee.last),
        let given = call.argument("request", at: 0) ?? call.argument("url", at: 0),
        let address = requestAddress(given, depth: 0)
      {
        return call.replacing(0, "url", with: address)
      }
      switch callee.top {
      case "http", "httplib", "urllib3":
        guard callee.last == "request" || callee.last == "urlopen",
          let host = Self.clients.first(where: { callee.name.contains($0.key) })?.value,
          let path = call.argument("url", at: 1), let base = constructor(of: call)
        else { continue }
        return call.replacing(
          1, "url",
          with: joined(host, base.argument("host", at: 0), base.argument("port", at: 1), path))
      case "httpx", "aiohttp":
        let place = callee.last == "request" || callee.last == "stream" ? 1 : 0
        guard let path = call.argument("url", at: place), !path.hasScheme,
          let base = constructor(of: call),
          let root = base.argument("base_url", at: callee.top == "aiohttp" ? 0 : nil)
        else { continue }
        return call.replacing(place, "url", with: joined("", root, nil, path))
      case "socket", "asyncio", "telnetlib":
        guard Self.openers.contains(callee.name.replacing("()", with: "")) else { continue }
        return call.replacing(0, "address", with: endpoint(call))
      case "duckdb":
        guard Self.queries.contains(String(callee.last)),
          let query = call.argument("query", at: 0)
        else { continue }
        let addresses = query.texts.flatMap(SQLAddresses.all)
        return call.replacing(
          0, "query", with: PythonValue(addresses.map { .init(.text($0)) }))
      default: continue
      }
    }
    return call
  }

  /// Further calls whose results come over the connection that `call` opened or asked.
  func answers(to call: CallSite) -> [CallReference] {
    guard call.callees.contains(where: { Self.hasAnswers($0) }) else { return [] }
    let made =
      call.callees.contains { $0.last == "connect" || $0.last == "connect_ex" }
        || call.callees.contains { $0.last == "request" } ? Self.made(call) : [call.reference]
    return made + made.flatMap { answers(on: $0, to: call) }
  }

  /// What is called on an object between a call and the next of its kind.
  private func answers(on made: CallReference, to call: CallSite) -> [CallReference] {
    let calls = byReceiver[made] ?? []
    // They are in the order of their numbers.
    var low = 0
    var high = calls.count
    while low < high {
      let middle = (low + high) / 2
      if calls[middle].index <= call.index { low = middle + 1 } else { high = middle }
    }
    let isAsked = call.receiver != nil
    return calls[low...].prefix { next in
      !isAsked || !next.calls { Self.questions.contains($0.last) }
    }.prefix(64).map(\.reference)
  }

  private static let questions: Set<Substring> = ["connect", "connect_ex", "request", "urlopen"]

  private static func hasAnswers(_ callee: PythonCallee) -> Bool {
    ["http", "httplib", "socket", "telnetlib", "xmlrpc", "websocket"].contains(callee.top)
  }

  private static let senders: Set<Substring> = ["urlopen", "open", "send", "stream"]

  private static let clients = [
    "HTTPSConnection": "https://", "HTTPConnection": "http://",
  ]

  private static let openers: Set<String> = [
    "socket.socket.connect", "socket.socket.connect_ex", "socket.create_connection",
    "asyncio.open_connection", "telnetlib.Telnet", "telnetlib.Telnet.open",
  ]

  private static let queries: Set<String> = [
    "sql", "query", "execute", "from_query", "executemany",
  ]

  /// The address of a request object; nil for other values.
  private func requestAddress(_ value: PythonValue, depth: Int) -> PythonValue? {
    guard depth < 4 else { return nil }
    for alternative in value.alternatives {
      switch alternative.atom {
      case .instance(let callee, let made?) where callee.last == "Request":
        guard let call = program.call(at: made) else { continue }
        return call.argument("url", at: callee.top == "requests" || callee.top == "httpx" ? 1 : 0)
      case .result(let reference, let callees, _):
        guard let call = program.call(at: reference), let name = callees.first?.last else {
          continue
        }
        switch name {
        case "prepare": return call.receiver.flatMap { requestAddress($0, depth: depth + 1) }
        case "prepare_request":
          return call.argument("request", at: 0).flatMap { requestAddress($0, depth: depth + 1) }
        case "build_request": return call.argument("url", at: 1)
        default: continue
        }
      default: continue
      }
    }
    return nil
  }

  /// The call that made the object on which this one is called.
  private func constructor(of call: CallSite) -> CallSite? {
    Self.made(call).lazy.compactMap { program.call(at: $0) }.first
  }

  /// Where a connection leads, as an address.
  private func endpoint(_ call: CallSite) -> PythonValue {
    var host = call.argument("address", at: 0) ?? call.argument("host", at: 0)
    var port = call.argument("port", at: 1)
    if case .list(let items, _)? = host?.alternatives.first?.atom {
      host = items.first
      port = items.count > 1 ? items[1] : nil
    }
    return joined("tcp://", host, port, nil)
  }

  /// `scheme://host:port/path` for every host and path.
  private func joined(
    _ scheme: String, _ host: PythonValue?, _ port: PythonValue?, _ path: PythonValue?
  ) -> PythonValue {
    var number: Int?
    if case .integer(let found)? = port?.alternatives.first?.atom { number = found }
    let suffix = number.map { $0 == 80 || $0 == 443 ? "" : ":\($0)" } ?? ""
    let paths: [String?] =
      path.map { value -> [String?] in
        value.texts.isEmpty ? [nil] : value.texts
      } ?? [""]
    var found: [PythonValue.Alternative] = []
    for host in (host?.texts ?? []).prefix(8) {
      for path in paths.prefix(16) {
        let root = host.hasSuffix("/") ? String(host.dropLast()) : host
        guard let path else {
          found.append(
            .init(.partialText([.literal("\(scheme)\(root)\(suffix)/"), .hole(.unknown)])))
          continue
        }
        let separator = path.isEmpty || path.hasPrefix("/") ? "" : "/"
        found.append(.init(.text("\(scheme)\(root)\(suffix)\(separator)\(path)")))
      }
    }
    if found.isEmpty { return host ?? .unknown }
    return PythonValue(found)
  }
}

extension PythonValue {
  /// Whether some alternative names its scheme.
  fileprivate var hasScheme: Bool { texts.contains { $0.contains("://") } }
}

extension CallSite {
  /// The same call with another value for one argument.
  fileprivate func replacing(
    _ position: Int, _ keyword: String, with value: PythonValue
  ) -> CallSite {
    var positional = positional
    var keywords = keywords
    if let place = keywords.firstIndex(where: { $0.name == keyword }) {
      keywords[place] = KeywordValue(keyword, value)
    } else if position < positional.count {
      positional[position] = value
    } else {
      keywords.append(KeywordValue(keyword, value))
    }
    return copy(positional: positional, keywords: keywords, checks: checks)
  }

  /// The same call with these digest checks.
  func checking(_ checks: [DigestCheck]) -> CallSite {
    copy(positional: positional, keywords: keywords, checks: checks)
  }

  private func copy(
    positional: [PythonValue], keywords: [KeywordValue], checks: [DigestCheck]
  ) -> CallSite {
    CallSite(
      index: index, reference: reference, location: location, calleeStart: calleeStart,
      callees: callees, positional: positional, keywords: keywords,
      hasOpenPositionals: hasOpenPositionals, hasOpenKeywords: hasOpenKeywords, receiver: receiver,
      use: use, construct: construct, context: context, function: function, guards: guards,
      checks: checks, reads: reads, trace: trace, wrapped: wrapped, isOffline: isOffline)
  }
}

/// The addresses that an SQL text reads from.
enum SQLAddresses {
  /// Literals that are addresses, where a table or an argument of a reading function stands.
  static func all(in query: String) -> [String] {
    let bytes = Array(query.utf8)
    var found: [String] = []
    var index = 0
    // What stands before each open parenthesis.
    var functions: [String] = []
    var word = ""
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "'"):
        let start = index
        while index < bytes.count, bytes[index] != byte { index += 1 }
        let text = String(decoding: bytes[start..<min(index, bytes.count)], as: UTF8.self)
        index += 1
        if isRead(after: word, in: functions.last), Address(text) != nil, !found.contains(text),
          found.count < 16
        {
          found.append(text)
        }
        word = ""
      case UInt8(ascii: "("):
        functions.append(word)
        word = ""
      case UInt8(ascii: ")"):
        _ = functions.popLast()
        word = ""
      case UInt8(ascii: "["), UInt8(ascii: ","): word = ""
      case UInt8(ascii: "-") where index < bytes.count && bytes[index] == byte:
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      case 0x09, 0x0A, 0x0D, 0x20: break
      default:
        // A word ends where the next one begins behind a blank.
        if index > 1, bytes[index - 2] <= 0x20 { word = "" }
        word.append(Character(Unicode.Scalar(byte | (isCapital(byte) ? 0x20 : 0))))
      }
    }
    return found
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isRead(after word: String, in function: String?) -> Bool {
    if ["from", "join", "attach", "database"].contains(word) { return true }
    guard word.isEmpty, let function else { return false }
    return function.hasPrefix("read_") || function.hasSuffix("_scan") || function == "glob"
      || function == "st_read" || function == "sniff_csv"
  }
}
