/// Finds what was probably meant by a mistyped name.
enum NearestName {
  /// The candidate that fewest edits separate from `name`; nil when none is near.
  static func of(_ name: String, among candidates: [String]) -> String? {
    let typed = Array(name.utf8.prefix(128))
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(typed, Array(candidate.utf8.prefix(128)))
      if distance < best?.distance ?? max(3, typed.count / 3 + 1) { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Insertions, deletions and replacements that turn one into the other.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (place, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = place + 1
      for column in right.indices {
        let replaced = diagonal + (right[column] == byte ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
