package import Core

/// A Makefile: the recipes as shell, with the makefile's variables filled in.
package struct Makefile: Sendable {
  /// One fragment for each line of a recipe, or for each recipe under `.ONESHELL`.
  package let fragments: [ShellFragment]

  /// Reads the makefile at `path`.
  package init(path: RelativePath, bytes: [UInt8]) {
    var reader = MakefileReader(path: path, bytes: bytes)
    reader.run()
    fragments = reader.fragments
  }
}

/// Goes through the lines of a makefile: variables first, since make expands recipes last.
private struct MakefileReader {
  private struct Line {
    var builder = ShellTextBuilder()
    let position: TextPosition
    let isRecipe: Bool
  }

  let path: RelativePath
  let bytes: [UInt8]
  var fragments: [ShellFragment] = []
  private var variables: [String: ShellTextBuilder] = [:]
  private var isOneShell = false
  /// Whether `.IGNORE` lets every recipe go on.
  private var ignoresFailures = false
  private var shell: ShellInterpreter = .sh
  private var prefix = UInt8(ascii: "\t")

  init(path: RelativePath, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  mutating func run() {
    let lines = logicalLines()
    readVariables(lines)
    runAssignments(lines)
    var target = ""
    var recipe = ShellTextBuilder()
    func finish() {
      guard isOneShell, !recipe.bytes.isEmpty else { return }
      add(recipe, target)
      recipe = ShellTextBuilder()
    }
    var isDefining = false
    for line in lines {
      let text = line.builder.bytes[...].trimmed
      if isDefining || text.starts(with: "define ".utf8) {
        isDefining = !text.elementsEqual("endef".utf8)
        continue
      }
      if line.isRecipe, !target.isEmpty {
        let (body, goesOn) = withoutSigns(line.builder)
        let command = expand(body, target: target, depth: 0)
        if isOneShell {
          recipe.append(command)
          recipe.append(decoded: [UInt8(ascii: "\n")], at: line.position)
        } else {
          add(command, target, ignoresFailure: goesOn)
        }
        continue
      }
      guard !text.isEmpty, text.first != UInt8(ascii: "#") else { continue }
      guard let colon = ruleColon(text) else { continue }
      finish()
      target = String(decoding: text[..<colon].trimmed.prefix(200), as: UTF8.self)
      if target == ".ONESHELL" { isOneShell = true }
      if target == ".IGNORE" { ignoresFailures = true }
      // `target: prerequisites ; command`.
      if let semicolon = text[colon...].firstIndex(of: UInt8(ascii: ";")) {
        var builder = ShellTextBuilder()
        builder.append(line.builder.bytes[(semicolon + 1)...], mappedBy: line.builder.positions)
        let (body, goesOn) = withoutSigns(builder)
        add(expand(body, target: target, depth: 0), target, ignoresFailure: goesOn)
      }
    }
    finish()
  }

  private mutating func add(
    _ text: ShellTextBuilder, _ target: String, ignoresFailure: Bool = false
  ) {
    guard !text.bytes.allSatisfy({ $0.isBlank || $0 == UInt8(ascii: "\n") }) else { return }
    var fragment = ShellFragment(
      path: path, place: .recipe(target: target), interpreter: shell, text: text,
      sequence: "target:\(target)")
    fragment.isFailureIgnored = ignoresFailure || ignoresFailures
    fragments.append(fragment)
  }

  // MARK: Lines

  /// Lines with continuations joined; in recipes the shell joins them, so they stay.
  private func logicalLines() -> [Line] {
    var lines: [Line] = []
    var index = 0
    var number = 1
    while index < bytes.count {
      let isRecipe = bytes[index] == prefix
      var line = Line(position: TextPosition(line: number, column: 1), isRecipe: isRecipe)
      while index < bytes.count {
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
        var text = bytes[start..<index]
        if index < bytes.count { index += 1 }
        if text.last == UInt8(ascii: "\r") { text = text.dropLast() }
        var column = 1
        if isRecipe, text.first == prefix {
          text = text.dropFirst()
          column = 2
        }
        let continues = text.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
        let place = TextPosition(line: number, column: column)
        number += 1
        if continues {
          line.builder.append(text.dropLast(), at: place)
          line.builder.append(
            decoded: isRecipe ? [UInt8(ascii: "\\"), UInt8(ascii: "\n")] : [UInt8(ascii: " ")],
            at: place)
        } else {
          line.builder.append(text, at: place)
        }
        if !continues { break }
      }
      lines.append(line)
    }
    return lines
  }

  /// The colon of a rule, nil for assignments and directives.
  private func ruleColon(_ text: ArraySlice<UInt8>) -> Int? {
    var index = text.startIndex
    var depth = 0
    while index < text.endIndex {
      switch text[index] {
      case UInt8(ascii: "("), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "=") where depth == 0: return nil
      case UInt8(ascii: ":") where depth == 0:
        let rest = text[(index + 1)...]
        if rest.first == UInt8(ascii: "=") || rest.starts(with: ":=".utf8) { return nil }
        return index
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The command without `@`, `-` and `+` in front.
  private func withoutSigns(
    _ builder: ShellTextBuilder
  ) -> (text: ShellTextBuilder, ignoresFailure: Bool) {
    let signs = builder.bytes.prefix { $0.isBlank || "@-+".utf8.contains($0) }
    var result = ShellTextBuilder()
    result.append(builder.bytes[signs.count...], mappedBy: builder.positions)
    return (result, signs.contains(UInt8(ascii: "-")))
  }

  // MARK: Variables

  private mutating func readVariables(_ lines: [Line]) {
    var defining: (name: String, body: ShellTextBuilder)?
    for line in lines {
      let text = line.builder.bytes[...].trimmed
      if var definition = defining {
        if text.elementsEqual("endef".utf8) {
          variables[definition.name] = definition.body
          defining = nil
        } else {
          definition.body.append(line.builder)
          definition.body.append(decoded: [UInt8(ascii: "\n")], at: line.position)
          defining = definition
        }
        continue
      }
      if text.starts(with: "define ".utf8) {
        let name = text.dropFirst(7).trimmed.prefix { $0 != UInt8(ascii: "=") && !$0.isBlank }
        defining = (String(decoding: name, as: UTF8.self), ShellTextBuilder())
        continue
      }
      if line.isRecipe { continue }
      var words = text
      for keyword in ["export ", "override "] where words.starts(with: keyword.utf8) {
        words = words.dropFirst(keyword.utf8.count).trimmed
      }
      let name = words.prefix {
        $0.isNameByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
      }
      guard !name.isEmpty else { continue }
      var rest = words[name.endIndex...].trimmed
      let isAppending = rest.first == UInt8(ascii: "+")
      let isDefault = rest.first == UInt8(ascii: "?")
      while let first = rest.first, ":?+!".utf8.contains(first) { rest = rest.dropFirst() }
      guard rest.first == UInt8(ascii: "=") else { continue }
      let value = rest.dropFirst().trimmed
      let key = String(decoding: name, as: UTF8.self)
      var builder = ShellTextBuilder()
      builder.append(value, mappedBy: line.builder.positions)
      if key == "SHELL" {
        let command = String(decoding: value, as: UTF8.self)
        shell = ShellInterpreter(command: command) ?? shell
      }
      if isAppending, var old = variables[key], old.bytes.count < 65536 {
        old.append(decoded: [UInt8(ascii: " ")], at: line.position)
        old.append(builder)
        variables[key] = old
      } else if !(isDefault && variables[key] != nil) {
        variables[key] = builder
      }
    }
  }

  /// `NAME := $(shell command)` and `NAME != command` run when the makefile is read. Where a recipe
  /// uses the variable, the command stands there.
  private mutating func runAssignments(_ lines: [Line]) {
    var used: Set<String> = []
    for line in lines where line.isRecipe {
      let bytes = line.builder.bytes
      for index in bytes.indices.dropLast()
      where bytes[index] == UInt8(ascii: "$") && "({".utf8.contains(bytes[index + 1]) {
        let name = bytes[(index + 2)...].prefix { $0.isNameByte || "-.".utf8.contains($0) }
        used.insert(String(decoding: name.prefix(100), as: UTF8.self))
      }
    }
    for line in lines where !line.isRecipe {
      let bytes = line.builder.bytes
      let text = bytes[...].trimmed
      guard text.first != UInt8(ascii: "#"), let equals = text.firstIndex(of: UInt8(ascii: "="))
      else { continue }
      let isCommand = equals > text.startIndex && bytes[equals - 1] == UInt8(ascii: "!")
      guard isCommand || bytes.offset(of: "$(shell ", from: equals) != nil else { continue }
      let name = text.prefix { $0.isNameByte || "-.".utf8.contains($0) }
      guard !used.contains(String(decoding: name, as: UTF8.self)) else { continue }
      var value = ShellTextBuilder()
      if !isCommand { value.append(decoded: ": ".utf8, at: line.position) }
      value.append(bytes[(equals + 1)...], mappedBy: line.builder.positions)
      add(expand(value, target: "", depth: 0), "variables")
    }
  }

  /// The command with `$(NAME)` filled in and `$$` made `$`.
  ///
  /// - Parameter arguments: what `$(call …)` passes, for `$(1)` and on.
  private func expand(
    _ builder: ShellTextBuilder, target: String, depth: Int, arguments: [[UInt8]] = []
  ) -> ShellTextBuilder {
    var result = ShellTextBuilder()
    let bytes = builder.bytes
    var start = 0
    var index = 0
    func flush(_ end: Int) {
      if start < end { result.append(bytes[start..<end], mappedBy: builder.positions) }
    }
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else {
        index += 1
        continue
      }
      flush(index)
      let place = builder.positions.position(index)
      let next = bytes[index + 1]
      switch next {
      case UInt8(ascii: "$"):
        result.append(decoded: [next], at: place)
        index += 2
      case UInt8(ascii: "("), UInt8(ascii: "{"):
        let close = closing(bytes, from: index + 2, open: next)
        let inner = bytes[(index + 2)..<close]
        substitute(
          inner, at: place, target: target, depth: depth, arguments: arguments, into: &result)
        index = min(close + 1, bytes.count)
      default:
        let name = String(UnicodeScalar(next))
        if name == "@" {
          result.append(decoded: target.utf8, at: place)
        } else if let argument = Self.argument(name, arguments) {
          result.append(decoded: argument, at: place)
        } else {
          result.appendUnknown(name, at: place)
        }
        index += 2
      }
      start = index
      if result.bytes.count > 1 << 18 { return result }
    }
    flush(bytes.count)
    return result
  }

  private func closing(_ bytes: [UInt8], from start: Int, open: UInt8) -> Int {
    let close = open == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "}")
    var depth = 1
    var index = start
    let limit = min(bytes.count, start + 4096)
    while index < limit {
      if bytes[index] == open { depth += 1 }
      if bytes[index] == close {
        depth -= 1
        if depth == 0 { return index }
      }
      index += 1
    }
    return limit
  }

  /// The argument of `$(call …)` that a number stands for.
  private static func argument(_ name: String, _ arguments: [[UInt8]]) -> [UInt8]? {
    guard let number = Int(name), number > 0, number <= arguments.count else { return nil }
    return arguments[number - 1]
  }

  /// Appends what a reference stands for. All of it stands at the reference: that is the line that
  /// runs it, wherever the variable is set.
  private func substitute(
    _ inner: ArraySlice<UInt8>, at place: TextPosition, target: String, depth: Int,
    arguments: [[UInt8]], into result: inout ShellTextBuilder
  ) {
    let text = String(decoding: inner, as: UTF8.self)
    func append(_ value: ShellTextBuilder, _ arguments: [[UInt8]]) {
      let expanded = expand(value, target: target, depth: depth + 1, arguments: arguments)
      result.append(decoded: expanded.bytes, at: place)
    }
    if let argument = Self.argument(text, arguments) {
      result.append(decoded: argument, at: place)
    } else if let value = variables[text], depth < 8 {
      append(value, [])
    } else if inner.starts(with: "shell ".utf8) {
      result.append(decoded: "$(".utf8, at: place)
      result.append(decoded: inner.dropFirst(6), at: place)
      result.append(decoded: ")".utf8, at: place)
    } else if inner.starts(with: "call ".utf8), depth < 8 {
      let words = Self.callWords(inner.dropFirst(5))
      if let name = words.first,
        let value = variables[String(decoding: name[...].trimmed, as: UTF8.self)]
      {
        let passed = words.dropFirst().prefix(16).map { word in
          var builder = ShellTextBuilder()
          builder.append(decoded: word, at: place)
          return expand(builder, target: target, depth: depth + 1, arguments: arguments).bytes
        }
        append(value, passed)
      }
    } else {
      result.appendUnknown(String(text.prefix(60)), at: place)
    }
  }

  /// The name and the arguments of `$(call name,first,second)`; commas in brackets belong to them.
  private static func callWords(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
    var words: [[UInt8]] = [[]]
    var depth = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: ",") where depth == 0:
        words.append([])
        continue
      default: break
      }
      words[words.count - 1].append(byte)
    }
    return words
  }
}
