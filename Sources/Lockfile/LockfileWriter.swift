// The lockfile, version 1
// =======================
//
// A lockfile is JSON (RFC 8259) in UTF-8 with LF line ends and one at the end of the file. The same
// content gives the same bytes. Nothing in it depends on the machine, the day, the path of the tree,
// the number of workers, or on which findings somebody accepted.
//
// Layout. The outer object has one member a line, indented by two spaces, `"key": value`. A list of
// records stands one record a line, indented by four spaces; an empty list is `[]`. Records and the
// values of `source` and `exclude` are written without spaces. Strings escape `"`, `\` and control
// characters (`\b \f \n \r \t`, else `\u` and four lower-case digits), and so invisible and
// bidirectional formatting characters; everything else stands as itself.
//
// Members, all of them, in this order:
//
//   lockfileVersion  1. A reader that does not know the number stops.
//   generator        The program that wrote the file, `modelpin 0.1.0`.
//   pin              `sha256:` and 64 lower-case digits, computed as described in Pin.swift.
//   source           null, or {"kind","repository","revision","claimed"}: where the tree came from.
//                    `claimed` is true when only the tree's own metadata says so. `repository` and
//                    `revision` may be null.
//   exclude          The patterns of what was left out, in byte order.
//   files            Every file and link in the byte order of `path`, a relative path joined by `/`.
//                    A file: path, type "file", executable (only when true), role, format (only when
//                    known), size in bytes, sha256. A link: path, type "link", target.
//   dependencies     ecosystem, name, requirement, pinned, declaredAt.
//   downloads        rule, target, revision (may be null), pinned, at.
//   licenses         expression, declaredAt.
//   findings         rule, severity, at, fingerprint; those above `info`.
//                    Records of these four lists are in the byte order of their lines, each once.
//                    Places are `path`, `path:line` or `path@offset`.
//   checkpoints      Missing when no file has any. {"interval": 67108864, "files": {…}}, one file a
//                    line in path order: the SHA-256 chaining value (eight words, big endian) after
//                    every full interval before the file's end. May be removed without loss: then a
//                    file is verified front to back. Never trusted, only recomputed.
//
// `role` is one of Core.Role, `pinned` of Core.Pinning, `severity` of Core.Severity. A link whose
// target text is not UTF-8 has `targetBytes`, two lower-case digits a byte, in place of `target`.

import Core
import JSON

/// Lays a lockfile out; the comment at the head of this file is the format's specification.
package enum LockfileWriter {
  /// The lockfile's bytes.
  package static func write(_ lockfile: Lockfile) -> [UInt8] {
    var out: [UInt8] = []
    // About what a record takes; hostile sizes cannot occur, the entries are in memory already.
    out.reserveCapacity(lockfile.entries.count * 192 + 1024)
    out.append("{\n  \"lockfileVersion\": \(Lockfile.version),\n  \"generator\": ")
    JSONWriter.append(lockfile.generator, to: &out)
    out.append(",\n  \"pin\": \"sha256:")
    lockfile.pin.appendHex(to: &out)
    out.append("\",\n  \"source\": ")
    append(lockfile.source, to: &out)
    out.append(",\n  \"exclude\": ")
    append(lockfile.exclude, to: &out)
    out.append(",\n  \"files\": [")
    for (place, entry) in lockfile.entries.enumerated() {
      out.append(contentsOf: place == 0 ? Piece.firstLine : Piece.nextLine)
      append(entry, to: &out)
    }
    out.append(lockfile.entries.isEmpty ? "],\n" : "\n  ],\n")
    append(lockfile.dependencies, as: "dependencies", to: &out)
    out.append(",\n")
    append(lockfile.downloads, as: "downloads", to: &out)
    out.append(",\n")
    append(lockfile.licenses, as: "licenses", to: &out)
    out.append(",\n")
    append(lockfile.findings, as: "findings", to: &out)
    appendCheckpoints(of: lockfile.entries, to: &out)
    out.append("\n}\n")
    return out
  }

  private static func append(_ source: Provenance?, to out: inout [UInt8]) {
    guard let source else { return out.append("null") }
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("kind", source.kind)
    writer.key("repository")
    if let repository = source.repository { writer.string(repository) } else { writer.null() }
    writer.key("revision")
    if let revision = source.revision { writer.string(revision) } else { writer.null() }
    writer.member("claimed", source.isClaimed)
    writer.endObject()
    out.append(contentsOf: writer.bytes)
  }

  private static func append(_ patterns: [String], to out: inout [UInt8]) {
    var writer = JSONWriter()
    writer.beginArray()
    for pattern in patterns { writer.string(pattern) }
    writer.endArray()
    out.append(contentsOf: writer.bytes)
  }

  private static func append(_ entry: Entry, to out: inout [UInt8]) {
    out.append(contentsOf: Piece.path)
    JSONWriter.append(utf8: entry.path.bytes, to: &out)
    switch entry.content {
    case .file(let record):
      out.append(contentsOf: Piece.file)
      if record.isExecutable { out.append(contentsOf: Piece.executable) }
      out.append(contentsOf: Piece.role)
      out.append(record.role.rawValue)
      out.append(UInt8(ascii: "\""))
      if let format = record.format {
        out.append(contentsOf: Piece.format)
        JSONWriter.append(format.name, to: &out)
      }
      out.append(contentsOf: Piece.size)
      out.append(decimal: record.size)
      out.append(contentsOf: Piece.sha256)
      record.digest.appendHex(to: &out)
      out.append(contentsOf: Piece.end)
    case .link(let target):
      out.append(",\"type\":\"link\",")
      if String(validating: target, as: UTF8.self) != nil {
        out.append("\"target\":")
        JSONWriter.append(utf8: target, to: &out)
      } else {
        out.append("\"targetBytes\":\"")
        for byte in target { out.append(hex: byte) }
        out.append("\"")
      }
      out.append("}")
    }
  }

  /// The bytes between the values of an entry, made once.
  private enum Piece {
    static let firstLine = Array("\n    ".utf8)
    static let nextLine = Array(",\n    ".utf8)
    static let path = Array("{\"path\":".utf8)
    static let file = Array(",\"type\":\"file\"".utf8)
    static let executable = Array(",\"executable\":true".utf8)
    static let role = Array(",\"role\":\"".utf8)
    static let format = Array(",\"format\":".utf8)
    static let size = Array(",\"size\":".utf8)
    static let sha256 = Array(",\"sha256\":\"".utf8)
    static let end = Array("\"}".utf8)
  }

  private static func append(
    _ records: [some LockfileRecord], as key: String, to out: inout [UInt8]
  ) {
    out.append("  \"\(key)\": [")
    for (place, record) in records.enumerated() {
      out.append(place == 0 ? "\n    " : ",\n    ")
      out.append(contentsOf: record.line)
    }
    out.append(records.isEmpty ? "]" : "\n  ]")
  }

  private static func appendCheckpoints(of entries: [Entry], to out: inout [UInt8]) {
    var isFirst = true
    for entry in entries {
      guard let checkpoints = entry.file?.checkpoints, !checkpoints.isEmpty else { continue }
      if isFirst {
        out.append(",\n  \"checkpoints\": {\"interval\": \(Lockfile.checkpointInterval), ")
        out.append("\"files\": {\n    ")
      } else {
        out.append(",\n    ")
      }
      isFirst = false
      JSONWriter.append(utf8: entry.path.bytes, to: &out)
      out.append(": [")
      for (place, value) in checkpoints.enumerated() {
        out.append(place == 0 ? "\"" : ",\"")
        value.appendHex(to: &out)
        out.append("\"")
      }
      out.append("]")
    }
    if !isFirst { out.append("\n  }}") }
  }
}

extension [UInt8] {
  /// Appends the UTF-8 of `text`.
  fileprivate mutating func append(_ text: String) {
    append(contentsOf: text.utf8)
  }

  /// Appends two hexadecimal digits.
  fileprivate mutating func append(hex byte: UInt8) {
    for digit in [byte >> 4, byte & 15] {
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  /// Appends the digits of a number without a string in between.
  fileprivate mutating func append(decimal value: UInt64) {
    let start = count
    var rest = value
    repeat {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    self[start...].reverse()
  }
}
