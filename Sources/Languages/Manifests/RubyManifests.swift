import Core

/// Calls of Ruby with a name and versions behind a word: `gem "a", "~> 1"`, `pod 'A', :git => …`.
enum RubyList {
  /// The quoted texts of a line, each with the key before it (`key: "…"` or `:key => "…"`).
  static func quoted(
    _ line: Substring, comment: Character? = "#"
  ) -> [(key: String?, text: String)] {
    var result: [(key: String?, text: String)] = []
    var before = ""
    var index = line.startIndex
    while index < line.endIndex {
      let character = line[index]
      if character == comment { break }
      if character == "\"" || character == "'" {
        let start = line.index(after: index)
        guard let end = line[start...].firstIndex(of: character) else { break }
        result.append((key(before), String(line[start..<end])))
        before = ""
        index = line.index(after: end)
        continue
      }
      before.append(character)
      index = line.index(after: index)
    }
    return result
  }

  private static func key(_ before: String) -> String? {
    let words = before.split(whereSeparator: { " ,([{=>".contains($0) }).map(String.init)
    guard let last = words.last else { return nil }
    if last.hasSuffix(":") { return String(last.dropLast()) }
    if last.hasPrefix(":"), before.contains("=>") { return String(last.dropFirst()) }
    return nil
  }

  /// What stands behind the first call of one of `words`, outside of texts and comments.
  static func call(
    of words: Set<String>, in line: Substring
  ) -> (word: String, arguments: Substring)? {
    var quote: Character?
    var word = ""
    var index = line.startIndex
    while index < line.endIndex {
      let character = line[index]
      if let open = quote {
        if character == open { quote = nil }
        word = ""
      } else if character.isLetter || character == "_" {
        word.append(character)
      } else {
        if words.contains(word), " ('\"".contains(character) {
          return (word, line[index...].drop { $0 == " " || $0 == "(" })
        }
        word = ""
        if character == "#" { return nil }
        if character == "\"" || character == "'" { quote = character }
      }
      index = line.index(after: index)
    }
    return nil
  }

  /// The dependency that arguments mean; nil where the name is not written out.
  static func dependency(
    _ ecosystem: Dependency.Ecosystem, _ arguments: Substring, at location: Location
  ) -> Dependency? {
    let strings = quoted(arguments)
    guard let first = arguments.first, first == "'" || first == "\"", let name = strings.first?.text
    else { return nil }
    var versions: [String] = []
    var options: [String: String] = [:]
    for string in strings.dropFirst() {
      if let key = string.key { options[key] = string.text } else { versions.append(string.text) }
    }
    let isExact =
      versions.count == 1 && versions[0].first.map { $0.isNumber || $0 == "=" } == true
    var dependency = Dependency(
      ecosystem, name, versions.joined(separator: ", "),
      versions.isEmpty ? .nothing : isExact ? .version : .range,
      at: location, construct: Construct.normalised(arguments))
    let short = options["github"].map { "https://github.com/\($0)" }
    PoetryManifest.apply(
      git: options["git"] ?? short, revision: options["ref"] ?? options["commit"],
      tag: options["tag"], branch: options["branch"], url: options["podspec"] ?? options["http"],
      path: options["path"], to: &dependency)
    return dependency
  }

  /// The lines of a text that are no comments, each with its place.
  static func lines(_ context: ManifestContext) -> [(text: Substring, location: Location)] {
    var number = 0
    return context.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).compactMap {
      raw in
      number += 1
      let line = String(decoding: raw.prefix(4_000), as: UTF8.self)
      let indent = line.prefix { $0 == " " || $0 == "\t" }.count
      let text = line.dropFirst(indent)
      if text.isEmpty || text.hasPrefix("#") { return nil }
      return (
        text,
        context.location(
          TextPosition(line: number, column: indent + 1),
          TextPosition(line: number, column: line.utf8.count + 1))
      )
    }
  }
}

/// Gemfile and gems.rb.
enum Gemfile {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    // The repository whose block the lines stand in, and the blocks open inside of it.
    var repository: (call: Substring, depth: Int)?
    var sources = 0
    for (text, location) in RubyList.lines(context) {
      let ends = Construct.normalised(text)
      if let (word, arguments) = RubyList.call(of: ["source", "git", "github"], in: text),
        text.hasPrefix(word)
      {
        if word == "source" {
          let address = RubyList.quoted(arguments).first?.text ?? ""
          if !address.isEmpty, !ends.hasSuffix(" do") {
            collector.add(
              sources == 0 ? .index : .extraIndex, .rubygems, address, at: location,
              setting: "source")
            sources += 1
          }
        } else if ends.hasSuffix(" do") {
          repository = (arguments, 0)
          continue
        }
      }
      if let open = repository {
        if ends.hasSuffix(" do") { repository?.depth += 1 }
        if ends == "end" { repository = open.depth == 0 ? nil : (open.call, open.depth - 1) }
      }
      guard let (_, arguments) = RubyList.call(of: ["gem"], in: text) else { continue }
      guard var dependency = RubyList.dependency(.rubygems, arguments, at: location) else {
        collector.problems.append(
          ManifestProblem(
            location: location,
            reason: "asks for gems by a name that is only known where it runs"))
        continue
      }
      if let (call, _) = repository, dependency.ecosystem == .rubygems,
        let outer = RubyList.dependency(.git, call, at: location)
      {
        let options = RubyList.quoted(call)
        func option(_ name: String) -> String? { options.first { $0.key == name }?.text }
        PoetryManifest.apply(
          git: outer.name.contains("://") ? outer.name : "https://github.com/\(outer.name)",
          revision: option("ref"), tag: option("tag"), branch: option("branch"), url: nil,
          path: nil, to: &dependency)
      }
      collector.dependencies.append(dependency)
    }
  }
}

/// *.gemspec.
enum Gemspec {
  static func isNamed(_ path: RelativePath) -> Bool { path.suffix == "gemspec" }

  private static let words: Set<String> = [
    "add_dependency", "add_runtime_dependency", "add_development_dependency",
  ]

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for (text, location) in RubyList.lines(context) {
      guard let (word, arguments) = RubyList.call(of: words, in: text),
        var dependency = RubyList.dependency(.rubygems, arguments, at: location)
      else { continue }
      if word == "add_development_dependency" { dependency.purpose = .development }
      collector.dependencies.append(dependency)
    }
  }
}

/// Podfile of CocoaPods.
enum Podfile {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for (text, location) in RubyList.lines(context) {
      guard let (_, arguments) = RubyList.call(of: ["pod"], in: text),
        let dependency = RubyList.dependency(.cocoapods, arguments, at: location)
      else { continue }
      collector.dependencies.append(dependency)
    }
  }
}
