import Core

/// What images of model servers run when nothing else is said, so that the words behind the image
/// are arguments of it.
enum ImageEntrypoint {
  /// By what the image's name holds; the first that fits counts.
  private static let table: [(part: String, words: [String])] = [
    ("vllm-openai", ["vllm", "serve"]),
    ("text-generation-inference", ["text-generation-launcher"]),
    ("text-embeddings-inference", ["text-embeddings-router"]),
    ("llama.cpp:server", ["llama-server"]),
    ("llama.cpp:light", ["llama-cli"]),
    ("localai/localai", ["local-ai", "run"]),
    ("ollama/ollama", ["ollama"]),
  ]

  /// The words that stand before the arguments; empty for an image that is not known.
  static func words(of image: String?) -> [String] {
    guard let image else { return [] }
    return table.first { image.contains($0.part) }?.words ?? []
  }
}

/// What a container runs, as manifests say it in two halves.
enum ContainerCommand {
  /// The command lines that `entrypoint` and `command` of a container make up.
  static func fragments(
    image: String?, entrypoint: YAMLNode?, command: YAMLNode?, _ path: RelativePath,
    _ place: ShellPlace, sequence: String?
  ) -> [ShellFragment] {
    let entry = entrypoint.flatMap { $0.isNull ? nil : $0 }
    guard let command, !command.isNull else {
      return entry?.shellFragment(path, place, sequence: sequence).map { [$0] } ?? []
    }
    let isContinued = first(of: command)?.hasPrefix("-") ?? false
    guard let entry else {
      let start = isContinued ? ImageEntrypoint.words(of: image) : []
      return [joined(start, command, path, place, sequence)].compactMap { $0 }
    }
    let opens = last(of: entry)?.hasPrefix("-") ?? false
    guard isContinued || opens else {
      return [entry, command].compactMap { $0.shellFragment(path, place, sequence: sequence) }
    }
    return [joined(words(of: entry), command, path, place, sequence)].compactMap { $0 }
  }

  /// The command of a container: what its image runs, which stands at `place`, and the words that a
  /// file adds.
  static func body(
    _ start: [String], _ words: [YAMLNode], at place: TextPosition
  ) -> ShellFragment.Body {
    .arguments(
      start.map { ShellArgument(ShellValue($0), at: place) }
        + words.compactMap { word in
          word.text.map { ShellArgument(ShellValue($0), at: word.start) }
        })
  }

  private static func joined(
    _ start: [String], _ command: YAMLNode, _ path: RelativePath, _ place: ShellPlace,
    _ sequence: String?
  ) -> ShellFragment? {
    guard !start.isEmpty else { return command.shellFragment(path, place, sequence: sequence) }
    if command.kind == .sequence {
      return ShellFragment(
        path: path, place: place, body: body(start, command.items, at: command.start),
        sequence: sequence)
    }
    guard let text = command.shellText else { return nil }
    var builder = ShellTextBuilder()
    builder.append(decoded: (start.joined(separator: " ") + " ").utf8, at: command.start)
    builder.append(text)
    return ShellFragment(path: path, place: place, text: builder, sequence: sequence)
  }

  private static func words(of node: YAMLNode) -> [String] {
    node.kind == .sequence
      ? node.items.compactMap(\.text)
      : node.text.map { $0.split { $0.isWhitespace }.map(String.init) } ?? []
  }

  private static func first(of node: YAMLNode) -> String? {
    node.kind == .sequence
      ? node.items.first?.text : node.text?.split { $0.isWhitespace }.first.map(String.init)
  }

  private static func last(of node: YAMLNode) -> String? { words(of: node).last }
}
