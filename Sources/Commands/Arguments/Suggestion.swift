/// Finds what somebody meant who mistyped a word.
enum Suggestion {
  /// The nearest of `words` to `word`, or nil when none is near enough to be meant.
  static func nearest(to word: String, among words: some Sequence<String>) -> String? {
    let typed = Array(word.utf8)
    guard typed.count <= 64 else { return nil }
    var best: (distance: Int, word: String)?
    for candidate in words {
      let distance = distance(typed, Array(candidate.utf8))
      if distance < best?.distance ?? Int.max { best = (distance, candidate) }
    }
    guard let best, best.distance <= max(1, typed.count / 3) else {
      // An abbreviation is far from its word by count, but plainly meant.
      let extended = words.filter { typed.count >= 2 && $0.hasPrefix(word) }
      return extended.count == 1 ? extended.first : nil
    }
    return best.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours between two words.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let same = left[row - 1] == right[column - 1]
        var cost = min(
          last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          cost = min(cost, beforeLast[column - 2] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
