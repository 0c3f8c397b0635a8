import Core

extension Location {
  /// The place as lockfiles write it: `path:line`, `path@offset` or `path`.
  var place: String {
    if let start { return "\(path):\(start.line)" }
    return description
  }
}
