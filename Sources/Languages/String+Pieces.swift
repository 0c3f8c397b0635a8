extension StringProtocol {
  /// Whether `piece` stands somewhere in the text, byte for byte; `piece` must not be empty.
  package func holds(_ piece: StaticString) -> Bool {
    let wanted = piece.description.utf8
    guard let first = wanted.first else { return true }
    var rest = utf8[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: wanted) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
