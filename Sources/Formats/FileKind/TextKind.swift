import Core

/// What a text shows by its first lines.
enum TextKind {
  /// Whether the beginning holds no byte that texts do not hold.
  static func isText(_ head: Span<UInt8>) -> Bool {
    if head.has([0xFF, 0xFE], at: 0) || head.has([0xFE, 0xFF], at: 0) {
      return head.count % 2 == 0 || head.count >= FileKind.headSize
    }
    var odd = 0
    for index in 0..<min(head.count, 512) {
      let byte = head[index]
      if byte >= 0x20 {
        if byte >= 0x80 { odd += 1 }
        continue
      }
      switch byte {
      case 0x09, 0x0A, 0x0C, 0x0D, 0x1B: continue
      default: return false
      }
    }
    return odd == 0 || isUTF8(head)
  }

  /// Whether the first bytes are UTF-8, a scalar cut off at the end aside, or mostly ASCII.
  private static func isUTF8(_ head: Span<UInt8>) -> Bool {
    let count = min(head.count, 512)
    var index = 0
    var plain = 0
    var broken = 0
    while index < count {
      let byte = head[index]
      var length = 1
      switch byte {
      case 0..<0x80: plain += 1
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF: length = 3
      case 0xF0...0xF4: length = 4
      default: broken += 1
      }
      var step = 1
      while step < length, index + step < count, head[index + step] & 0xC0 == 0x80 { step += 1 }
      if step < length, index + step < count { broken += 1 }
      index += step
    }
    // Latin-1 sources exist; a declared codec decides later.
    return broken == 0 || plain > 8 * broken
  }

  /// What the text shows beyond being text, or nil.
  static func find(in head: Span<UInt8>, size: UInt64) -> FileKind? {
    var start = 0
    if head.has([0xEF, 0xBB, 0xBF], at: 0) { start = 3 }
    if head.has("#!", at: start) { return shebang(head, start + 2) }
    if head[0] == UInt8(ascii: "v"), size < 1024, isPointer(head) {
      return FileKind(.other, .lfsPointer, [.pointer, .text])
    }
    while start < head.count, start < 256, isBlank(head[start]) { start += 1 }
    guard start < head.count else { return nil }
    switch head[start] {
    case UInt8(ascii: "{"): return json(head, start)
    case UInt8(ascii: "["): if let kind = json(head, start) { return kind }
    case UInt8(ascii: "<"): return markup(head, start)
    case UInt8(ascii: "t"):
      if head.has("tree\nversion=", at: start) { return FileKind(.weights, .lightGBM, [.text]) }
    default: break
    }
    if startsLikePickle(head) { return FileKind(.weights, .pickle, [.pickle, .text]) }
    return nil
  }

  /// Whether protocol 0 or 1 could start here: no mark, so the first opcodes must fit together.
  static func startsLikePickle(_ head: Span<UInt8>) -> Bool {
    var index = 0
    // `(`, then what may be marked.
    while index < head.count, index < 16, head[index] == UInt8(ascii: "(") { index += 1 }
    guard index < head.count else { return false }
    switch head[index] {
    case UInt8(ascii: "c"), UInt8(ascii: "i"):
      guard head[index] == UInt8(ascii: "c") || index > 0 else { return false }
      guard let module = name(head, index + 1), let end = name(head, module) else { return false }
      guard end < head.count else { return true }
      // An opcode that can follow a global.
      return "(qpro)RbVS'IXcK]}UNJMTBtl.".utf8.contains(head[end])
    case UInt8(ascii: "d"), UInt8(ascii: "l"), UInt8(ascii: "t"):
      // `(dp0\n`, `(lp1\n`, `(lq\0`
      guard index > 0, index + 2 < head.count else { return false }
      if head[index + 1] == UInt8(ascii: "p") { return digitsAndNewline(head, index + 2) }
      return head[index + 1] == UInt8(ascii: "q") && head[index + 2] == 0
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"):
      return index + 2 < head.count && head[index + 1] == UInt8(ascii: "q") && head[index + 2] == 0
    default: return false
    }
  }

  /// The index after an identifier path and its newline, or nil.
  private static func name(_ head: Span<UInt8>, _ start: Int) -> Int? {
    var index = start
    while index < head.count, index < start + 256 {
      let byte = head[index]
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"), UInt8(ascii: "."), 0x80...:
        index += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if index == start { return nil }
        index += 1
      case 0x0A: return index > start ? index + 1 : nil
      case 0x0D:
        return index > start && index + 1 < head.count && head[index + 1] == 0x0A ? index + 2 : nil
      default: return nil
      }
    }
    return nil
  }

  private static func digitsAndNewline(_ head: Span<UInt8>, _ start: Int) -> Bool {
    var index = start
    while index < head.count, head[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    return index > start && index < head.count && head[index] == 0x0A
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

extension TextKind {
  /// `version ` and the address of one of the three specifications, the first key of a pointer.
  private static func isPointer(_ head: Span<UInt8>) -> Bool {
    head.has("version https://git-lfs.github.com/spec/v1\n", at: 0)
      || head.has("version https://hawser.github.com/spec/v1\n", at: 0)
      || head.has("version http://git-media.io/v/2\n", at: 0)
  }

  /// The language of a script by the interpreter that its first line names.
  private static func shebang(_ head: Span<UInt8>, _ start: Int) -> FileKind {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var index = start
    while index < head.count, index < start + 256, head[index] != 0x0A, words.count < 6 {
      let byte = head[index]
      if byte == 0x20 || byte == 0x09 || byte == 0x0D {
        if !word.isEmpty { words.append(word) }
        word = []
      } else if byte == UInt8(ascii: "/") {
        word = []
      } else {
        word.append(byte)
      }
      index += 1
    }
    if !word.isEmpty { words.append(word) }
    var name = words.first ?? []
    if name.elementsEqual("env".utf8) {
      // Options and assignments come before the interpreter.
      name =
        words.dropFirst().first {
          $0.first != UInt8(ascii: "-") && !$0.contains(UInt8(ascii: "="))
        } ?? []
    }
    return interpreter(name)
  }

  private static func interpreter(_ name: [UInt8]) -> FileKind {
    let text = String(decoding: name, as: UTF8.self)
    if text.hasPrefix("python") || text.hasPrefix("pypy") || text == "uv" {
      return FileKind(.code, .python, [.python])
    }
    switch text {
    case "sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "busybox":
      return FileKind(.script, .shell, [.shell])
    case "node", "deno", "bun", "nodejs":
      return FileKind(.script, .javaScript, [.foreignCode, .text])
    case "perl": return FileKind(.script, .perl, [.foreignCode, .text])
    case "ruby": return FileKind(.script, .ruby, [.foreignCode, .text])
    case "Rscript", "R": return FileKind(.script, .r, [.foreignCode, .text])
    case "pwsh", "powershell": return FileKind(.script, .powerShell, [.foreignCode, .text])
    case "make": return FileKind(.script, .makefile, [.manifest, .text])
    case "just": return FileKind(.script, .justfile, [.manifest, .text])
    default: return FileKind(.script, .source, [.foreignCode, .text])
    }
  }

  private static func json(_ head: Span<UInt8>, _ start: Int) -> FileKind? {
    var index = start + 1
    while index < head.count, index < start + 1024, isBlank(head[index]) { index += 1 }
    guard index < head.count else { return nil }
    let next = head[index]
    var claims: FileClaims = [.json, .text]
    if head[start] == UInt8(ascii: "{") {
      guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "}") else { return nil }
      if head.has("\"cells\"", at: index) || head.has("\"nbformat\"", at: index) {
        claims.insert(.notebook)
        return FileKind(.notebook, .notebook, claims)
      }
      return FileKind(.configuration, .json, claims)
    }
    switch next {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "]"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      return FileKind(.data, .json, claims)
    default: return nil
    }
  }

  private static func markup(_ head: Span<UInt8>, _ start: Int) -> FileKind? {
    func isNear(_ text: String) -> Bool {
      for index in start..<min(head.count, start + 512) where head[index] == UInt8(ascii: "<") {
        if head.has(text, at: index) { return true }
      }
      return false
    }
    if isNear("<net ") && (isNear("<layers") || isNear("<?xml")) {
      return FileKind(.weights, .openVINO, [.xml, .text])
    }
    if isNear("<PMML") { return FileKind(.weights, .pmml, [.xml, .text]) }
    if head.has("<!DOCTYPE html", at: start) || head.has("<!doctype html", at: start)
      || head.has("<html", at: start)
    {
      return FileKind(.documentation, .html, [.text, .xml])
    }
    if head.has("<?xml", at: start) || head.has("<svg", at: start) {
      return FileKind(.configuration, .xml, [.xml, .text])
    }
    return nil
  }
}
