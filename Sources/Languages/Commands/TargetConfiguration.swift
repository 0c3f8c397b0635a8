import Core

/// YAML of Hydra and its kin: `_target_` names what is called with the keys beside it. The calls are
/// written out as Python, so that they are judged like any other.
enum TargetConfiguration {
  private static let limit = 1 << 20
  private static let key = "_target_"

  /// The calls of a document as Python, nil when there are none.
  static func python(_ bytes: [UInt8]) -> ShellTextBuilder? {
    guard bytes.count <= limit, bytes.offset(of: "_target_") != nil else { return nil }
    var builder = ShellTextBuilder()
    var count = 0
    for document in YAMLStream(bytes).documents {
      YAMLStream.walk(from: document) { node in
        guard node.kind == .mapping, count < 256, let target = node[key], let name = target.text,
          isDotted(name)
        else { return }
        count += 1
        call(name, at: target.start, node, into: &builder)
      }
    }
    return count == 0 ? nil : builder
  }

  /// `package.module.name`, and nothing else.
  private static func isDotted(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 && name.utf8.count < 200
      && parts.allSatisfy { part in
        !keywords.contains(String(part)) && part.utf8.first?.isNameStart ?? false
          && part.utf8.allSatisfy(\.isNameByte)
      }
  }

  private static func call(
    _ name: String, at position: TextPosition, _ node: YAMLNode,
    into builder: inout ShellTextBuilder
  ) {
    let package = name.prefix { $0 != "." }
    var text = "import \(package)\n\(name)("
    for item in node["_args_"]?.items ?? [] { text += "\(value(item)), " }
    for entry in node.mergedEntries {
      guard let argument = entry.key.text, !argument.hasPrefix("_"),
        argument.utf8.first?.isNameStart ?? false, argument.utf8.allSatisfy(\.isNameByte),
        !keywords.contains(argument)
      else { continue }
      text += "\(argument)=\(value(entry.value)), "
    }
    builder.append(decoded: (text + ")\n").utf8, at: position)
  }

  /// Words that are no names.
  private static let keywords: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
  ]

  /// A scalar as Python; what is put together from elsewhere has no value here.
  private static func value(_ node: YAMLNode) -> String {
    guard node.kind == .scalar, let text = node.text, text.utf8.count < 2_000,
      !text.contains("${")
    else { return "unknown_value" }
    switch node.scalar {
    case .null?: return "None"
    case .boolean(let flag)?: return flag ? "True" : "False"
    default: break
    }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case _ where scalar.value < 0x20: quoted += " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
