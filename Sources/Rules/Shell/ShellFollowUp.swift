import Core
import Languages

/// Follows what was fetched through the commands after it: checked, run, unpacked, renamed.
///
/// All commands of one sequence (the `RUN`s of a stage, the steps of a job) are one course.
struct ShellFollowUp {
  let scripts: [ShellScript]
  var fetches: [ShellFetch]
  let tree: TreePaths

  /// The places of fetches by the name of the file that they write.
  var written: [String: [Int]] = [:]
  /// What commands of this course printed into files.
  var printed: [String: [ShellValue]] = [:]
  /// Fetches by the command that makes them.
  var byCommand: [ShellPlaceReference: [Int]] = [:]
  var clones: [(fetch: Int, folder: String)] = []
  /// Fetches whose digest PowerShell has taken, to be compared.
  var hashed: [Int] = []

  init(scripts: [ShellScript], fetches: [ShellFetch], tree: TreePaths) {
    self.scripts = scripts
    self.fetches = fetches
    self.tree = tree
    for (index, fetch) in fetches.enumerated() {
      byCommand[ShellPlaceReference(script: fetch.script, command: fetch.command), default: []]
        .append(index)
    }
  }

  /// Fills in `use`, `check` and what follows from them.
  mutating func run() {
    var courses: [String: [Int]] = [:]
    var order: [String] = []
    for (index, script) in scripts.enumerated() {
      let fragment = script.analysis.fragment
      var name = fragment.sequence.map { "\(script.path) \($0)" } ?? "#\(index)"
      // The calls of a program work on the same files, one after another.
      if fragment.sequence == nil, case .python = fragment.place { name = "\(script.path) python" }
      if courses[name] == nil { order.append(name) }
      courses[name, default: []].append(index)
    }
    for name in order {
      written = [:]
      printed = [:]
      clones = []
      hashed = []
      for script in inOrder(courses[name] ?? []) {
        for command in scripts[script].analysis.commands.indices {
          follow(ShellPlaceReference(script: script, command: command))
        }
      }
    }
  }

  /// The scripts of a course in the order in which they run: calls of a program as they stand in it.
  private func inOrder(_ course: [Int]) -> [Int] {
    guard course.count > 1, let first = course.first,
      case .python = scripts[first].analysis.fragment.place
    else { return course }
    func position(_ script: Int) -> TextPosition {
      scripts[script].analysis.commands.first?.position ?? TextPosition(line: 0, column: 0)
    }
    return course.sorted { (position($0), $0) < (position($1), $1) }
  }

  /// Whether what stops the script is told by the check itself.
  private func isPowerShell(_ place: ShellPlaceReference) -> Bool {
    scripts[place.script].analysis.fragment.interpreter == .powershell
  }

  private func command(_ place: ShellPlaceReference) -> ShellCommand {
    scripts[place.script].analysis.commands[place.command]
  }

  private mutating func follow(_ place: ShellPlaceReference) {
    let command = command(place)
    remember(command, place)
    if let checked = checked(by: command, place) {
      // A check that lets the script go on proves nothing.
      for fetch in checked where fetches[fetch].use == nil {
        if command.isFailureIgnored, !isPowerShell(place) {
          if !fetches[fetch].pinning.isFixed {
            fetches[fetch].flaw = "and goes on when the check of its digest fails"
          }
          continue
        }
        fetches[fetch].check = place
        fetches[fetch].pinning = min(fetches[fetch].pinning, .content)
        fetches[fetch].flaw = ""
      }
    } else {
      use(by: command, place)
    }
    checkout(command, place)
    for index in byCommand[place] ?? [] { arrive(index, command, place) }
  }

  /// A fetch happens: what reads its output, and which file holds it from here on.
  private mutating func arrive(
    _ index: Int, _ command: ShellCommand, _ place: ShellPlaceReference
  ) {
    let fetch = fetches[index]
    if fetch.kind == .gitClone {
      clones.append((index, fetch.output.map { ShellFetchReader.lastComponent($0) } ?? ""))
      return
    }
    if let output = fetch.output, fetch.isOutputKnown {
      written[ShellFetchReader.lastComponent(output), default: []].append(index)
      let path = output.display
      if path.holds("/bin/") || path.hasSuffix("/bin"), fetch.cargo != .code {
        fetches[index].cargo = .code
      }
      runByItself(index, output, place)
      return
    }
    // What an installer prints is not what it fetched.
    if fetch.kind != .packages { flow(index, command, place) }
  }

  /// How many filters in a row are followed.
  private static let maximumFilters = 12

  /// Follows what a fetch puts on standard output through the filters of its pipe.
  private mutating func flow(_ index: Int, _ command: ShellCommand, _ place: ShellPlaceReference) {
    let analysis = scripts[place.script].analysis
    var source = command
    for _ in 0..<Self.maximumFilters {
      guard let range = source.output?.clamped(to: analysis.commands.indices), !range.isEmpty
      else { return }
      var next: ShellCommand?
      for reader in range.prefix(256) {
        let command = analysis.commands[reader]
        let readerPlace = ShellPlaceReference(script: place.script, command: reader)
        if let use = Self.pipeUse(of: command, readerPlace) {
          if isStronger(use.kind, than: fetches[index].use?.kind) { fetches[index].use = use }
          if use.kind == .piped || use.kind == .run { return }
        }
        var files = command.redirects.filter(\.isOutputToFile).compactMap(\.values.first)
        if command.name == "tee" {
          files += command.arguments.filter { !$0.display.hasPrefix("-") }.map { $0.values[0] }
        }
        for file in files { land(index, in: file, place: readerPlace) }
        if next == nil, !(command.output?.isEmpty ?? true) { next = command }
      }
      guard let filter = next, filter.output?.lowerBound ?? 0 > range.lowerBound else { return }
      source = filter
    }
  }

  /// What arrives is in `file` from here on.
  private mutating func land(_ index: Int, in file: ShellValue, place: ShellPlaceReference) {
    written[ShellFetchReader.lastComponent(file), default: []].append(index)
    let cargo = ShellFetchReader.cargo(of: [file.display])
    if fetches[index].cargo == .answer || fetches[index].cargo == .data, cargo != .data {
      fetches[index].cargo = cargo
    }
    runByItself(index, file, place)
  }

  /// Files that shells, schedulers and hooks run on their own are run without being named again.
  private mutating func runByItself(_ index: Int, _ file: ShellValue, _ place: ShellPlaceReference)
  {
    guard ShellFile.runsByItself(file.display), isStronger(.run, than: fetches[index].use?.kind)
    else { return }
    fetches[index].use = ShellUse(
      kind: .run, text: "is run from \(ShellFetchReader.lastComponent(file))", place: place)
  }
}
