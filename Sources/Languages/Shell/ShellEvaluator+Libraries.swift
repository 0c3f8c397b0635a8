import Core

/// Scripts that a script takes in: what they define holds from there on; what they run stands in
/// their own list.
extension ShellEvaluator {
  /// How many files one script takes in, those of its libraries included.
  private static let maximumLibraries = 24

  mutating func takeIn(_ command: ShellCommand) {
    guard let field = command.arguments.first, taken < Self.maximumLibraries,
      level < Self.maximumLevel / 2,
      let library = libraries.library(
        field.values[0], from: fragment.path, in: command.directory)
    else { return }
    taken += 1
    steps += library.size / 16
    let (place, outerSite) = (source, callSite)
    if !sources[source].isForeign { callSite = command.position }
    source = sources.count
    sources.append(
      Source(
        positions: ShellPositionMap(), hereDocuments: library.hereDocuments, isForeign: true))
    let counts = (commands.count, programs.count)
    let (kept, readers, ended) = (origins, waitingReaders, state.hasEnded)
    let (outerProblems, outerLimits) = (problems, limits)
    level += 8
    evaluate(library.node)
    level -= 8
    commands.removeSubrange(counts.0...)
    programs.removeSubrange(counts.1...)
    (origins, waitingReaders, state.hasEnded) = (kept, readers, ended)
    (problems, limits) = (outerProblems, outerLimits)
    (source, callSite) = (place, outerSite)
  }

  /// Marks what a function of another file runs whatever it is called with: that is told where the
  /// function stands.
  mutating func markElsewhere(from first: Int, arguments: [[ShellValue]]?) {
    let told = (arguments ?? []).flatMap { $0 }.filter { $0.isKnown && $0.bytes.count > 2 }
    steps += (commands.count - first) * (1 + told.count)
    for index in first..<max(first, commands.count) {
      let isOwn = commands[index].words.contains { word in
        word.values.contains { value in
          told.contains { value.bytes.firstRange(of: $0.bytes) != nil }
        }
      }
      if !isOwn { commands[index].isElsewhere = true }
    }
  }
}
