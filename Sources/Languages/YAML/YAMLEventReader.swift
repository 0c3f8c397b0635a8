internal import CYAML

/// libyaml's event parser over one buffer.
///
/// Owns the parser and a copy of the input that stays where it is while libyaml points to it. Not
/// copyable: two copies would free the same memory.
@safe
struct YAMLEventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// The input must be UTF-8; libyaml would also take UTF-16, for which places mean nothing here.
  init?(_ bytes: [UInt8]) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      return nil
    }
    let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    _ = unsafe input.initialize(from: bytes)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe self.parser = unsafe parser
    unsafe self.input = unsafe input
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// Why libyaml stopped.
  struct Failure: Error {
    /// The character it stopped at.
    let place: Int
    let reason: String
  }

  /// The next event; nil at the end of the stream.
  mutating func next() throws(Failure) -> YAMLEvent? {
    var raw = unsafe yaml_event_t()
    while true {
      guard unsafe yaml_parser_parse(parser, &raw) == 1 else { throw failure() }
      defer { unsafe yaml_event_delete(&raw) }
      let start = Int(clamping: unsafe raw.start_mark.index)
      let end = Int(clamping: unsafe raw.end_mark.index)
      let kind: YAMLEvent.Kind
      switch unsafe raw.type {
      case YAML_STREAM_START_EVENT: continue
      case YAML_DOCUMENT_START_EVENT: kind = .documentStart
      case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
      case YAML_ALIAS_EVENT:
        kind = .alias(anchor: unsafe Self.text(raw.data.alias.anchor) ?? [])
      case YAML_SCALAR_EVENT:
        let scalar = unsafe raw.data.scalar
        let text =
          unsafe scalar.value.map {
            unsafe Array(UnsafeBufferPointer(start: $0, count: scalar.length))
          } ?? []
        kind = unsafe .scalar(
          text: text, style: Self.style(scalar.style), tag: Self.text(scalar.tag),
          anchor: Self.text(scalar.anchor))
      case YAML_SEQUENCE_START_EVENT:
        kind = unsafe .sequenceStart(
          tag: Self.text(raw.data.sequence_start.tag),
          anchor: Self.text(raw.data.sequence_start.anchor))
      case YAML_MAPPING_START_EVENT:
        kind = unsafe .mappingStart(
          tag: Self.text(raw.data.mapping_start.tag),
          anchor: Self.text(raw.data.mapping_start.anchor))
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: kind = .collectionEnd
      default: return nil  // the end of the stream, or no event after it
      }
      return YAMLEvent(kind: kind, start: start, end: end)
    }
  }

  private func failure() -> Failure {
    let context = unsafe Self.text(parser.pointee.context)
    let problem = unsafe Self.text(parser.pointee.problem)
    let text = String(decoding: problem ?? Array("out of memory".utf8), as: UTF8.self)
    // Reading errors carry an offset in bytes and no mark; bytes are checked before, so that only
    // control characters remain, and the mark of what was read last is near them.
    let mark =
      unsafe parser.pointee.error == YAML_READER_ERROR
      ? unsafe parser.pointee.mark.index : unsafe parser.pointee.problem_mark.index
    let reason = context.map { "\(text) \(String(decoding: $0, as: UTF8.self))" } ?? text
    return Failure(place: Int(clamping: mark), reason: reason)
  }

  private static func style(_ style: yaml_scalar_style_t) -> YAMLNode.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> [UInt8]? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe Array(UnsafeBufferPointer(start: pointer, count: length(pointer)))
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> [UInt8]? {
    guard let pointer = unsafe pointer else { return nil }
    return Array(unsafe String(cString: pointer).utf8)
  }

  private static func length(_ pointer: UnsafeMutablePointer<UInt8>) -> Int {
    var length = 0
    while unsafe pointer[length] != 0 { length += 1 }
    return length
  }
}
