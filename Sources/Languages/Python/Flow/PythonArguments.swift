/// The arguments of a call, worked out.
struct PythonArguments {
  var positional: [PythonValue] = []
  var keywords: [KeywordValue] = []
  /// A `*args` could not be expanded: what stands behind it has no known place.
  var hasOpenPositionals = false
  /// A `**options` could not be expanded.
  var hasOpenKeywords = false
  /// Whether these are all arguments of a call, not only those given beforehand.
  var isWhole = false

  /// The argument called `name`, or else at `position`.
  func argument(_ name: String, at position: Int) -> PythonValue? {
    if let keyword = keywords.last(where: { $0.name == name }) { return keyword.value }
    return position < positional.count ? positional[position] : nil
  }

  /// The calls whose results are among the arguments.
  var sources: [PythonValue.Alternative] {
    var found: [PythonValue.Alternative] = []
    for value in positional + keywords.map(\.value) {
      value.visit { atom in
        if case .result = atom, found.count < 8 {
          found.append(PythonValue.Alternative(atom))
        }
      }
    }
    return found
  }
}
