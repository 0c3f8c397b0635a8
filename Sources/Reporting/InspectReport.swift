import Core
package import Engine

/// What a weight file holds.
package enum InspectReport {
  package static func text(_ outcome: Inspect.Outcome, style: TextStyle = .plain) -> [UInt8] {
    var text = style.bold(Printable.line(outcome.path)) + "\n"
    text += "  role    \(outcome.role.rawValue)\n"
    text += "  format  \(outcome.format?.name ?? "unknown")\n"
    text += "  size    \(Amount.bytes(outcome.size))\n"
    if !outcome.metadata.isEmpty {
      text += "\n" + style.bold("metadata") + "\n"
      text += table(outcome.metadata.map { [$0.key, cut($0.value)] })
    }
    if !outcome.imports.isEmpty {
      text += "\n" + style.bold("imports when loaded") + "\n"
      text += outcome.imports.map { "  \(Printable.line($0))\n" }.joined()
    }
    if !outcome.tensors.isEmpty {
      text += "\n" + style.bold("tensors: \(Amount.grouped(outcome.tensors.count))") + "\n"
      text += table(
        outcome.tensors.map { tensor in
          [
            tensor.name, tensor.type,
            "[" + tensor.shape.map(String.init).joined(separator: ", ") + "]",
            tensor.range.map { Amount.bytes($0.upperBound - $0.lowerBound) } ?? "",
          ]
        })
    }
    for remark in outcome.remarks { text += "\nnote: \(Printable.line(remark))\n" }
    return Array(text.utf8)
  }

  /// Columns as wide as their widest cell, up to a limit.
  private static func table(_ rows: [[String]]) -> String {
    let rows = rows.map { $0.map(Printable.line) }
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], min(cell.count, 60))
      }
    }
    return rows.map { row in
      var line = " "
      for (column, cell) in row.enumerated() where !cell.isEmpty {
        line += " " + cell
        if column < row.count - 1 {
          line += String(repeating: " ", count: max(0, widths[column] - cell.count) + 1)
        }
      }
      return line + "\n"
    }.joined()
  }

  private static func cut(_ value: String) -> String {
    value.count <= 200 ? value : value.prefix(199) + "…"
  }

  package static func json(_ outcome: Inspect.Outcome, version: String) -> [UInt8] {
    JSONOutput.object([
      ("generator", .string("modelpin \(version)")), ("path", .string(outcome.path)),
      ("role", .string(outcome.role.rawValue)), ("format", .optional(outcome.format?.name)),
      ("size", .unsigned(outcome.size)),
      (
        "metadata",
        .array(
          outcome.metadata.map {
            .object([("key", .string($0.key)), ("value", .string($0.value))])
          })
      ),
      ("imports", .array(outcome.imports.map { .string($0) })),
      (
        "tensors",
        .array(
          outcome.tensors.map { tensor in
            .object([
              ("name", .string(tensor.name)), ("type", .string(tensor.type)),
              ("shape", .array(tensor.shape.map { .unsigned($0) })),
              (
                "range",
                tensor.range.map { .array([.unsigned($0.lowerBound), .unsigned($0.upperBound)]) }
              ),
            ])
          })
      ),
      ("remarks", .array(outcome.remarks.map { .string($0) })),
    ]).bytes
  }
}
