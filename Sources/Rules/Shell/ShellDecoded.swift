import Languages

/// An interpreter that runs what another command decodes, where the text is not known.
struct ShellDecoded {
  /// The places of both commands in their script.
  let interpreter: Int
  let decoder: Int

  /// How many filters in a row are looked through.
  private static let maximumFilters = 6

  /// All of them in a script, in order.
  static func all(in analysis: ShellAnalysis) -> [ShellDecoded] {
    let decoders = analysis.commands.indices.filter { analysis.commands[$0].decodesInput }
    guard !decoders.isEmpty else { return [] }
    return analysis.commands.indices.compactMap { index in
      let decoder =
        piped(to: index, analysis, decoders)
        ?? ShellFollowUp.programs(of: analysis.commands[index]).lazy.flatMap {
          analysis.origins(of: $0)
        }.compactMap { last(of: decoders, in: $0) }.first
      return decoder.map { ShellDecoded(interpreter: index, decoder: $0) }
    }
  }

  /// The decoder in the pipe that ends at an interpreter reading its program.
  private static func piped(
    to index: Int, _ analysis: ShellAnalysis, _ decoders: [Int]
  ) -> Int? {
    let command = analysis.commands[index]
    guard !command.isInputKnown, let input = command.input, !input.isEmpty else { return nil }
    let place = ShellPlaceReference(script: 0, command: index)
    guard ShellFollowUp.pipeUse(of: command, place)?.kind == .piped else { return nil }
    var range = input
    for _ in 0..<maximumFilters {
      if let decoder = last(of: decoders, in: range) { return decoder }
      guard let first = range.first, analysis.commands.indices.contains(first),
        let next = analysis.commands[first].input, !next.isEmpty
      else { return nil }
      range = next
    }
    return nil
  }

  /// The greatest of ascending numbers that lies in `range`.
  private static func last(of numbers: [Int], in range: Range<Int>) -> Int? {
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < range.upperBound { low = middle + 1 } else { high = middle }
    }
    return low > 0 && numbers[low - 1] >= range.lowerBound ? numbers[low - 1] : nil
  }
}
