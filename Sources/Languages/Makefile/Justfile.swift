package import Core

/// A justfile: its recipes as shell, with its variables filled in.
package struct Justfile: Sendable {
  /// One fragment for each line of a recipe, or for each recipe that begins with `#!`.
  package let fragments: [ShellFragment]

  /// Reads the justfile at `path`.
  package init(path: RelativePath, bytes: [UInt8]) {
    var reader = JustfileReader(path: path)
    reader.run(bytes)
    fragments = reader.fragments
  }
}

private struct JustfileReader {
  let path: RelativePath
  var fragments: [ShellFragment] = []
  private var variables: [String: [UInt8]] = [:]
  private var shell: ShellInterpreter = .sh
  private var recipe = ""
  private var script: ShellTextBuilder?
  /// How far its first line is indented.
  private var scriptIndent = 0

  init(path: RelativePath) {
    self.path = path
  }

  mutating func run(_ bytes: [UInt8]) {
    var index = 0
    var number = 0
    var pending: ShellTextBuilder?
    while index < bytes.count {
      let start = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
      var text = bytes[start..<index]
      if index < bytes.count { index += 1 }
      number += 1
      if text.last == UInt8(ascii: "\r") { text = text.dropLast() }
      let trimmed = text.trimmed
      if let first = text.first, first.isBlank, !recipe.isEmpty {
        let place = TextPosition(
          line: number, column: trimmed.startIndex - text.startIndex + 1)
        if var script {
          // What is indented further than the first line stays so.
          let blanks = text.prefix(scriptIndent).prefix { $0.isBlank }.count
          script.append(
            text.dropFirst(blanks), at: TextPosition(line: number, column: blanks + 1))
          script.append(decoded: [UInt8(ascii: "\n")], at: place)
          self.script = script
          continue
        }
        if trimmed.starts(with: "#!".utf8), pending == nil {
          var builder = ShellTextBuilder()
          builder.append(trimmed, at: place)
          builder.append(decoded: [UInt8(ascii: "\n")], at: place)
          script = builder
          scriptIndent = trimmed.startIndex - text.startIndex
          continue
        }
        var builder = pending ?? ShellTextBuilder()
        let continues = trimmed.last == UInt8(ascii: "\\")
        builder.append(continues ? trimmed.dropLast() : trimmed, at: place)
        pending = continues ? builder : nil
        if !continues { add(builder, shell) }
        continue
      }
      if trimmed.isEmpty { continue }
      finish()
      pending = nil
      readTop(
        trimmed,
        at: TextPosition(line: number, column: trimmed.startIndex - text.startIndex + 1))
    }
    finish()
  }

  private mutating func finish() {
    if let script {
      let line = script.bytes.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }
      let command = String(decoding: line, as: UTF8.self)
      add(script, ShellInterpreter(command: command) ?? shell)
    }
    script = nil
    recipe = ""
  }

  /// An assignment, a setting, or the head of a recipe.
  private mutating func readTop(_ text: ArraySlice<UInt8>, at place: TextPosition) {
    guard text.first != UInt8(ascii: "#"), text.first != UInt8(ascii: "[") else { return }
    if text.starts(with: "set shell".utf8) {
      let words = text.split { "[\",:=] ".utf8.contains($0) }
      if words.count > 2 {
        let command = String(decoding: words[2], as: UTF8.self)
        shell = ShellInterpreter(command: command) ?? shell
      }
      return
    }
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return }
    if text[(colon + 1)...].first == UInt8(ascii: "=") {
      var name = text[..<colon].trimmed
      if name.starts(with: "export ".utf8) { name = name.dropFirst(7).trimmed }
      let value = text[(colon + 2)...].trimmed
      let quote = value.first
      if quote == UInt8(ascii: "`"), value.count > 2, value.last == quote {
        // Run when the file is read.
        var builder = ShellTextBuilder()
        let command = value.dropFirst().dropLast()
        builder.append(
          command,
          at: TextPosition(
            line: place.line, column: place.column + command.startIndex - text.startIndex))
        recipe = "variables"
        add(builder, shell)
        recipe = ""
        return
      }
      if let quote, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), value.count > 1,
        value.last == quote
      {
        variables[String(decoding: name, as: UTF8.self)] = Array(value.dropFirst().dropLast())
      }
      return
    }
    var head = text[..<colon]
    if head.first == UInt8(ascii: "@") { head = head.dropFirst() }
    let name = head.prefix { !$0.isBlank }
    recipe = name.isEmpty ? "recipe" : String(decoding: name.prefix(200), as: UTF8.self)
  }

  private mutating func add(_ text: ShellTextBuilder, _ interpreter: ShellInterpreter) {
    let signs = text.bytes.prefix { "@-".utf8.contains($0) }.count
    var result = ShellTextBuilder()
    let bytes = text.bytes
    var start = signs
    var index = signs
    while index + 1 < bytes.count {
      guard bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: "{"),
        let close = close(bytes, from: index + 2)
      else {
        index += 1
        continue
      }
      if start < index { result.append(bytes[start..<index], mappedBy: text.positions) }
      let name = String(decoding: bytes[(index + 2)..<close].trimmed, as: UTF8.self)
      let place = text.positions.position(index)
      if let value = variables[name] {
        result.append(decoded: value, at: place)
      } else {
        result.appendUnknown(name, at: place)
      }
      index = close + 2
      start = index
    }
    if start < bytes.count { result.append(bytes[start...], mappedBy: text.positions) }
    guard !result.bytes.isEmpty else { return }
    fragments.append(
      ShellFragment(
        path: path, place: .recipe(target: recipe), interpreter: interpreter, text: result,
        sequence: "recipe:\(recipe)"))
  }

  private func close(_ bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    let limit = min(bytes.count, start + 512)
    while index + 1 < limit {
      if bytes[index] == UInt8(ascii: "}"), bytes[index + 1] == UInt8(ascii: "}") { return index }
      index += 1
    }
    return nil
  }
}
