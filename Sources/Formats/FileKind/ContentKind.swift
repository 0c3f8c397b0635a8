import Core

/// What a file's first bytes show.
enum ContentKind {
  /// A format with a mark of its own.
  case known(FileKind)
  /// Text; what it shows beyond that, if anything.
  case text(FileKind?)
  case binary
  case empty

  /// Dispatches on the first byte, so that most files cost a few comparisons.
  static func find(in head: Span<UInt8>, size: UInt64, suffix: NameKey) -> ContentKind {
    guard !head.isEmpty else { return .empty }
    if let kind = marked(head, size: size) { return .known(kind) }
    if let kind = flatBuffer(head) ?? safetensors(head, size: size) { return .known(kind) }
    if let kind = tar(head) { return .known(kind) }
    if TextKind.isText(head) { return .text(TextKind.find(in: head, size: size)) }
    if let kind = protobuf(head, suffix: suffix) ?? byteCode(head) { return .known(kind) }
    if let kind = opaquePickle(head) { return .known(kind) }
    return .binary
  }

  private static func marked(_ head: Span<UInt8>, size: UInt64) -> FileKind? {
    switch head[0] {
    case 0x00:
      if head.has([0x00, 0x61, 0x73, 0x6D], at: 0) {
        return FileKind(.other, .webAssembly, [.byteCode])
      }
      if head.has([0x00, 0x01, 0x00, 0x00, 0x00], at: 0) { return FileKind(.data, .font) }
      if head.has([0x00, 0x00, 0x01, 0x00], at: 0) { return FileKind(.data, .image) }
    case 0x02: if head.has([0x02, 0x21, 0x4C, 0x18], at: 0) { return lz4 }
    case 0x04: if head.has([0x04, 0x22, 0x4D, 0x18], at: 0) { return lz4 }
    case 0x1A: if head.has([0x1A, 0x45, 0xDF, 0xA3], at: 0) { return FileKind(.data, .video) }
    case 0x1F:
      if head.has([0x1F, 0x8B], at: 0) { return FileKind(.archive, .gzip, [.compressed]) }
      if head.has([0x1F, 0x9D], at: 0) || head.has([0x1F, 0xA0], at: 0) { return foreign }
    case UInt8(ascii: "!"):
      if head.has("!<arch>\n", at: 0) { return FileKind(.other, .objectArchive, [.native]) }
    case UInt8(ascii: "%"): if head.has("%PDF-", at: 0) { return FileKind(.documentation, .pdf) }
    case UInt8(ascii: "("):
      if head.has([0x28, 0xB5, 0x2F, 0xFD], at: 0) {
        return FileKind(.archive, .zstd, [.compressed])
      }
    case UInt8(ascii: "0"): if head.has("070701", at: 0) { return foreign }
    case UInt8(ascii: "7"):
      if head.has([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], at: 0) {
        return FileKind(.archive, .sevenZip, [.sevenZip])
      }
    case UInt8(ascii: "A"): if head.has("ARROW1", at: 0) { return FileKind(.data, .arrow) }
    case UInt8(ascii: "B"):
      if head.has("BZh", at: 0), head.has([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4) {
        return FileKind(.archive, .bzip2, [.compressed])
      }
      // An empty bzip2 stream goes straight to its end mark.
      if head.has("BZh", at: 0), head.has([0x17, 0x72, 0x45, 0x38, 0x50, 0x90], at: 4) {
        return FileKind(.archive, .bzip2, [.compressed])
      }
      if head.has("BM", at: 0), head.count > 14, head[14] >= 12, head.has([0, 0, 0], at: 15) {
        return FileKind(.data, .image)
      }
    case UInt8(ascii: "C"): if head.has("CBM1", at: 0) { return FileKind(.weights, .catBoost) }
    case UInt8(ascii: "F"): if head.has("FEA1", at: 0) { return FileKind(.data, .arrow) }
    case UInt8(ascii: "G"):
      if head.has("GGUF", at: 0) { return FileKind(.weights, .gguf, [.weights]) }
      if head.has("GIF8", at: 0) { return FileKind(.data, .image) }
      if head.has("GRZipII", at: 0) { return foreign }
    case UInt8(ascii: "I"):
      if head.has("II*\0", at: 0) { return FileKind(.data, .image) }
      if head.has("ID3", at: 0) { return FileKind(.data, .audio) }
    case UInt8(ascii: "L"): if head.has("LZIP", at: 0) || head.has("LRZI", at: 0) { return foreign }
    case UInt8(ascii: "M"):
      if head.has("MZqFpD", at: 0) { return FileKind(.other, .llamafile, [.native, .zip]) }
      if head.has("MM\0*", at: 0) { return FileKind(.data, .image) }
      if head.has("MSCF\0\0\0\0", at: 0) { return foreign }
      if isPortableExecutable(head) { return FileKind(.other, .pe, [.native]) }
    case UInt8(ascii: "O"):
      if head.has("OggS\0", at: 0) { return FileKind(.data, .audio) }
      if head.has("OTTO\0", at: 0) { return FileKind(.data, .font) }
      if head.has("Obj\u{1}", at: 0) { return FileKind(.data, .avro) }
    case UInt8(ascii: "P"):
      if head.has("PK\u{3}\u{4}", at: 0) { return zip(head) }
      if head.has("PK\u{5}\u{6}", at: 0) { return FileKind(.archive, .zip, [.zip]) }
      if head.has("PAR1", at: 0) { return FileKind(.data, .parquet) }
    case UInt8(ascii: "R"):
      if head.has("RIFF", at: 0), head.count >= 12 {
        if head.has("WAVE", at: 8) { return FileKind(.data, .audio) }
        if head.has("WEBP", at: 8) { return FileKind(.data, .image) }
        if head.has("AVI ", at: 8) { return FileKind(.data, .video) }
      }
      if head.has("Rar!\u{1A}\u{7}", at: 0) {
        return FileKind(.archive, .rar, [.unreadableArchive])
      }
      if head.has("RKNN", at: 0), !TextKind.isText(head) { return FileKind(.weights, .rknn) }
      if head.has("RDX2\n", at: 0) || head.has("RDX3\n", at: 0) {
        return FileKind(.weights, .rData, [.foreignCode])
      }
    case UInt8(ascii: "S"):
      if head.has("SQLite format 3\0", at: 0) { return FileKind(.data, .sqlite) }
    case UInt8(ascii: "]"):
      if head.has([0x5D, 0x00, 0x00], at: 0), head.count > 13 {
        return FileKind(.archive, .lzma, [.compressed])
      }
    case UInt8(ascii: "a"): if head.has("algg", at: 0) { return ggml }
    case UInt8(ascii: "b"): if head.has("binf", at: 0) { return FileKind(.weights, .xgboost) }
    case UInt8(ascii: "d"):
      if head.has("dex\n0", at: 0) { return FileKind(.other, .javaClass, [.byteCode]) }
    case UInt8(ascii: "f"):
      if head.has("fmgg", at: 0) { return ggml }
      if head.has("fLaC", at: 0) { return FileKind(.data, .audio) }
      if head.has("ftrt", at: 0), !TextKind.isText(head) { return FileKind(.weights, .tensorRT) }
    case UInt8(ascii: "j"):
      if head.has("jartsr='", at: 0) {
        return FileKind(.other, .llamafile, [.native, .zip, .shell])
      }
    case UInt8(ascii: "l"): if head.has("lmgg", at: 0) { return ggml }
    case UInt8(ascii: "p"):
      if head.has("ptrt", at: 0), !TextKind.isText(head) { return FileKind(.weights, .tensorRT) }
    case UInt8(ascii: "t"): if head.has("tjgg", at: 0) { return ggml }
    case UInt8(ascii: "w"):
      if head.has("wOFF", at: 0) || head.has("wOF2", at: 0) { return FileKind(.data, .font) }
    case 0x7F: if head.has("\u{7F}ELF", at: 0) { return FileKind(.other, .elf, [.native]) }
    case 0x80: return pickle(head)
    case 0x89:
      if head.has([0x89, 0x50, 0x4E, 0x47], at: 0) { return FileKind(.data, .image) }
      if head.has([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], at: 0) {
        return FileKind(.weights, .hdf5, [.weights])
      }
      if head.has([0x89, 0x4C, 0x5A, 0x4F], at: 0) { return foreign }
    case 0x93: if head.has("NUMPY", at: 1) { return FileKind(.weights, .numpy, [.weights]) }
    case 0xC7: if head.has([0xC7, 0x71], at: 0) { return foreign }
    case 0xCA:
      if head.has([0xCA, 0xFE, 0xBA, 0xBE], at: 0), head.count >= 8 {
        // A fat Mach-O counts its few architectures where a class file has its version, 45 or more.
        return head[7] >= 45 || head[6] != 0
          ? FileKind(.other, .javaClass, [.byteCode]) : FileKind(.other, .machO, [.native])
      }
    case 0xCE, 0xCF:
      if head.has([0xFA, 0xED, 0xFE], at: 1) { return FileKind(.other, .machO, [.native]) }
    case 0xED: if head.has([0xED, 0xAB, 0xEE, 0xDB], at: 0) { return foreign }
    case 0xFD:
      if head.has([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], at: 0) {
        return FileKind(.archive, .xz, [.compressed])
      }
    case 0xFE:
      if head.has([0xFE, 0xED, 0xFA, 0xCE], at: 0) || head.has([0xFE, 0xED, 0xFA, 0xCF], at: 0) {
        return FileKind(.other, .machO, [.native])
      }
    case 0xFF:
      if head.has([0xFF, 0xD8, 0xFF], at: 0) { return FileKind(.data, .image) }
      if head.count > 1, head[1] & 0xE6 == 0xE2, head[1] != 0xFE {
        return FileKind(.data, .audio)
      }
    default: break
    }
    // Skippable frames of zstd and lz4 may come first.
    if head.count > 4, head[0] & 0xF0 == 0x50, head.has([0x2A, 0x4D, 0x18], at: 1) {
      return FileKind(.archive, .zstd, [.compressed])
    }
    return nil
  }

  private static var ggml: FileKind { FileKind(.weights, .ggml, [.weights]) }
  private static var lz4: FileKind { FileKind(.archive, .lz4, [.compressed]) }
  private static var foreign: FileKind {
    FileKind(.archive, .foreignArchive, [.unreadableArchive])
  }

  /// `MZ` and a plausible offset of the PE header; as text it is two letters.
  private static func isPortableExecutable(_ head: Span<UInt8>) -> Bool {
    guard head.has("MZ", at: 0) else { return false }
    guard head.count >= 64 else { return !TextKind.isText(head) }
    let offset = Int(head[60]) | Int(head[61]) << 8 | Int(head[62]) << 16 | Int(head[63]) << 24
    return head.has("PE\0\0", at: offset) || !TextKind.isText(head)
  }
}

extension ContentKind {
  /// Formats whose mark stands at byte 4.
  private static func flatBuffer(_ head: Span<UInt8>) -> FileKind? {
    guard head.count >= 8 else { return nil }
    switch head[4] {
    case UInt8(ascii: "T"):
      if head.has("TFL3", at: 4) { return FileKind(.weights, .tflite, [.weights]) }
    case UInt8(ascii: "f"):
      if head.has("ftyp", at: 4), head[0] == 0 {
        return head.has("M4A", at: 8) ? FileKind(.data, .audio) : FileKind(.data, .video)
      }
    case UInt8(ascii: "E"):
      if head.has("ET1", at: 4), !TextKind.isText(head) { return FileKind(.weights, .executorch) }
    case UInt8(ascii: "O"):
      if head.has("ORTM", at: 4) { return FileKind(.weights, .onnx, [.weights]) }
    default: break
    }
    return nil
  }

  /// The length of a JSON header in eight bytes, and its opening brace.
  private static func safetensors(_ head: Span<UInt8>, size: UInt64) -> FileKind? {
    guard head.count > 8, head[8] == UInt8(ascii: "{"), head[7] == 0, head[6] == 0 else {
      return nil
    }
    var length: UInt64 = 0
    for index in 0..<8 { length |= UInt64(head[index]) << UInt64(8 * index) }
    guard length >= 2, size >= 8, length <= size - 8 else { return nil }
    return FileKind(.weights, .safetensors, [.weights])
  }

  private static func pickle(_ head: Span<UInt8>) -> FileKind? {
    guard head.count >= 2, head[1] <= 5 else { return nil }
    // The magic number 0x1950a86a20f9469cfc6c that `torch.save` wrote before zip files.
    if head.has(
      [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19], at: 0)
    {
      return FileKind(.weights, .pytorchLegacy, [.pickle, .weights])
    }
    return FileKind(.weights, .pickle, [.pickle, .weights])
  }

  /// Protocols 0 and 1 with bytes that are no text: only a structure that nothing else starts with.
  private static func opaquePickle(_ head: Span<UInt8>) -> FileKind? {
    guard TextKind.startsLikePickle(head) else { return nil }
    return FileKind(.weights, .pickle, [.pickle, .weights])
  }

  private static func zip(_ head: Span<UInt8>) -> FileKind? {
    var traits = ZipTraits()
    var offset = 0
    // The headers that lie in the beginning; `refined(zipMembers:)` knows all names.
    while head.has("PK\u{3}\u{4}", at: offset), offset + 30 <= head.count {
      let nameLength = Int(head[offset + 26]) | Int(head[offset + 27]) << 8
      let extraLength = Int(head[offset + 28]) | Int(head[offset + 29]) << 8
      let packed =
        Int(head[offset + 18]) | Int(head[offset + 19]) << 8 | Int(head[offset + 20]) << 16
        | Int(head[offset + 21]) << 24
      let nameEnd = offset + 30 + nameLength
      guard nameEnd <= head.count else { break }
      traits.add(head.extracting(offset + 30..<nameEnd))
      offset = nameEnd + extraLength + packed
    }
    return traits.kind ?? FileKind(.archive, .zip, [.zip])
  }

  /// A tar header: the checksum of its 512 bytes holds.
  private static func tar(_ head: Span<UInt8>) -> FileKind? {
    guard head.count >= 512 else { return nil }
    let isMarked = head.has("ustar", at: 257)
    // Before ustar there was no mark; the checksum field then starts with blanks or digits.
    guard isMarked || (head[148] & 0xF8 == 0x30 || head[148] == 0x20), head[0] != 0 else {
      return nil
    }
    var recorded = 0
    var digits = 0
    for index in 148..<156 {
      let byte = head[index]
      if byte & 0xF8 == 0x30 {
        recorded = recorded << 3 | Int(byte & 7)
        digits += 1
      } else if byte != 0x20, byte != 0 {
        return nil
      } else if digits > 0 {
        break
      }
    }
    guard digits > 0 else { return nil }
    var sum = 8 * 0x20
    for index in 0..<512 where !(148..<156).contains(index) { sum += Int(head[index]) }
    guard sum == recorded else { return nil }
    var end = 0
    while end < 100, head[end] != 0 { end += 1 }
    var name = head.extracting(0..<end)
    if name.has("./", at: 0) { name = name.extracting(2..<name.count) }
    if name.equals("model_config.yaml") || name.equals("model_weights.ckpt") {
      return FileKind(.weights, .nemo, [.tar, .weights])
    }
    if name.equals("sys_info") || name.equals("pickle") || name.equals("tensors")
      || name.equals("storages")
    {
      return FileKind(.weights, .pytorchTar, [.tar, .weights])
    }
    return FileKind(.archive, .tar, [.tar])
  }

  /// CPython's byte code: a version, CR LF, flags.
  private static func byteCode(_ head: Span<UInt8>) -> FileKind? {
    guard head.count >= 16, head[2] == 0x0D, head[3] == 0x0A else { return nil }
    let version = Int(head[0]) | Int(head[1]) << 8
    guard (3000..<4400).contains(version) || (0xF000..<0xF400).contains(version) else { return nil }
    return FileKind(.other, .pythonByteCode, [.byteCode])
  }

  /// Protocol buffers have no mark; the first fields tell the usual ones apart.
  private static func protobuf(_ head: Span<UInt8>, suffix: NameKey) -> FileKind? {
    guard head.count > 4 else { return nil }
    if head[0] == 0x08, head[1] < 0x80 {
      // ONNX: ir_version, then producer name (2), version (3), domain (4), graph (7), opset (8).
      let isGraphish = [0x12, 0x1A, 0x22, 0x3A, 0x42].contains(head[2])
      if suffix == coreMLSuffix { return FileKind(.weights, .coreML, [.weights]) }
      if suffix == graphSuffix, head[1] == 1, head[2] == 0x12 {
        return FileKind(.weights, .savedModel, [.weights])
      }
      if (3...20).contains(head[1]), isGraphish, hasField(head, at: 2) {
        return FileKind(.weights, .onnx, [.weights])
      }
      return nil
    }
    // SentencePiece: pieces (1) that hold a text (1) and a score (2, a float).
    if head[0] == 0x0A, head[1] < 0x80, head[2] == 0x0A, head[3] < 0x80 {
      let score = 4 + Int(head[3])
      if score < head.count, head[score] == 0x15, Int(head[1]) >= Int(head[3]) + 7 {
        return FileKind(.tokenizer, .sentencePiece)
      }
    }
    return nil
  }

  /// Whether a length-delimited field of plausible length starts at `offset`.
  private static func hasField(_ head: Span<UInt8>, at offset: Int) -> Bool {
    var index = offset + 1
    while index < head.count, index < offset + 6 {
      if head[index] < 0x80 {
        return index > offset + 1 || head[index] > 0 || head.count > index + 1
      }
      index += 1
    }
    return false
  }

  private static let coreMLSuffix = NameKey("mlmodel")
  private static let graphSuffix = NameKey("pb")
}

/// What the names of a zip's members tell.
struct ZipTraits {
  private var members = 0
  private var arrays = 0
  private var hasPickle = false
  private var hasConstants = false
  private var hasArchiveFormat = false
  private var hasPackage = false
  private var hasKerasConfig = false
  private var hasKerasMetadata = false
  private var hasKerasWeights = false
  private var hasManifest = false
  private var hasTorchServe = false
  private var hasDistInfo = false
  private var hasOffice = false

  mutating func add(_ name: Span<UInt8>) {
    members += 1
    if name.ends(".npy") { arrays += 1 }
    if name.ends("/data.pkl") || name.equals("data.pkl") { hasPickle = true }
    if name.ends("/constants.pkl") || name.equals("constants.pkl") { hasConstants = true }
    if name.ends("/archive_format") || name.equals("archive_format") { hasArchiveFormat = true }
    if name.ends(".data/extern_modules") { hasPackage = true }
    if name.equals("config.json") { hasKerasConfig = true }
    if name.equals("metadata.json") { hasKerasMetadata = true }
    if name.equals("model.weights.h5") { hasKerasWeights = true }
    if name.equals("META-INF/MANIFEST.MF") { hasManifest = true }
    if name.has("MAR-INF/", at: 0) { hasTorchServe = true }
    if name.ends(".dist-info/WHEEL") || name.ends(".dist-info/RECORD") { hasDistInfo = true }
    if name.equals("[Content_Types].xml") || name.equals("META-INF/container.xml")
      || name.equals("content.xml")
    {
      hasOffice = true
    }
  }

  var kind: FileKind? {
    if hasPackage { return FileKind(.weights, .torchPackage, [.zip, .weights]) }
    if hasArchiveFormat { return FileKind(.weights, .pytorchExport, [.zip, .weights]) }
    if hasConstants { return FileKind(.weights, .torchScript, [.zip, .weights]) }
    if hasPickle { return FileKind(.weights, .pytorchZip, [.zip, .weights]) }
    if hasKerasConfig, hasKerasMetadata || hasKerasWeights {
      return FileKind(.weights, .keras, [.zip, .weights])
    }
    if hasTorchServe { return FileKind(.archive, .torchServe, [.zip]) }
    if members > 0, arrays == members { return FileKind(.weights, .numpyZip, [.zip, .weights]) }
    if hasDistInfo { return FileKind(.archive, .wheel, [.zip]) }
    if hasManifest { return FileKind(.other, .jar, [.zip, .byteCode]) }
    if hasOffice { return FileKind(.documentation, .office, [.zip]) }
    return nil
  }
}

extension Span<UInt8> {
  /// Whether these bytes stand at `offset`.
  func has(_ text: String, at offset: Int) -> Bool {
    guard offset >= 0, count - offset >= text.utf8.count else { return false }
    var index = offset
    for byte in text.utf8 {
      if self[index] != byte { return false }
      index += 1
    }
    return true
  }

  func has(_ bytes: [UInt8], at offset: Int) -> Bool {
    guard offset >= 0, count - offset >= bytes.count else { return false }
    for index in 0..<bytes.count where self[offset + index] != bytes[index] { return false }
    return true
  }

  func ends(_ text: String) -> Bool { has(text, at: count - text.utf8.count) }

  func equals(_ text: String) -> Bool { count == text.utf8.count && has(text, at: 0) }
}
