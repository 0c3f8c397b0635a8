/// What libyaml reports while it reads a stream, in values of our own.
///
/// Places are numbers of characters from the beginning, a byte order mark not counted.
struct YAMLEvent {
  enum Kind {
    case documentStart
    case documentEnd
    case alias(anchor: [UInt8])
    case scalar(text: [UInt8], style: YAMLNode.Style, tag: [UInt8]?, anchor: [UInt8]?)
    case sequenceStart(tag: [UInt8]?, anchor: [UInt8]?)
    case mappingStart(tag: [UInt8]?, anchor: [UInt8]?)
    case collectionEnd
  }

  let kind: Kind
  let start: Int
  let end: Int
}
