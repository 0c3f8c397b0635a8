import Core
import Languages

/// What a call fetches and how firmly it is fixed.
struct FetchVerdict {
  let pinning: Pinning
  /// What is fetched, for people and for the lockfile.
  let target: String
  /// The revision asked for, nil when none is.
  let revision: String?
  /// Why the target is not fixed, to follow "downloads X"; nil when it is.
  let flaw: String?
  /// What to write instead.
  let fix: String
  /// How many targets the call can have.
  var choices = 1
}

extension FetchVerdict {
  /// Judges a call of `fetcher`; nil when the call fetches nothing.
  static func judge(_ call: CallSite, as fetcher: Fetcher, in tree: TreePaths) -> FetchVerdict? {
    guard fetcher.onlyWhen.allSatisfy({ $0.holds(for: call, in: tree) }) else { return nil }
    let reader = FetchTargetReader(form: fetcher.form, tree: tree)
    let slot = fetcher.target.first { call.value(of: $0) != nil }
    let value = slot.flatMap { call.value(of: $0) }
    var targets = value.map(reader.targets(of:)) ?? []
    if let value, targets.isEmpty, !value.isOpen {
      // `revision=None, pretrained=False`: nothing is asked for.
      return nil
    }
    if targets.isEmpty, !fetcher.target.isEmpty, !fetcher.form.hasDefault {
      // The target is not among the arguments: given by `**kwargs`, or left out.
      if !call.hasOpenKeywords && !call.hasOpenPositionals && slot == nil { return nil }
      targets = [FetchTarget("arguments that could not be resolved", .dynamic)]
    }
    targets = targets.withoutUserAlternatives
    let shown = targets.map(\.text).filter { $0 != "…" && !$0.isEmpty }.joined(separator: ", ")
    let target = shown.isEmpty ? call.shownCallee : shown
    let own = targets.map(\.pinning).max() ?? .branch
    let ownRevision = targets.compactMap(\.revision).first

    func verdict(_ pinning: Pinning, _ revision: String? = nil, _ flaw: String?, fix: String)
      -> FetchVerdict
    {
      FetchVerdict(
        pinning: pinning, target: target, revision: revision, flaw: flaw, fix: fix,
        choices: targets.count)
    }
    if own == .local || call.isOffline
      || fetcher.localWhen.contains(where: { $0.holds(for: call, in: tree) })
    {
      return verdict(.local, nil, nil, fix: "")
    }
    let digest = call.checks.strongest
    if digest == .literal { return verdict(.content, nil, nil, fix: "") }

    switch fetcher.fixing {
    case .revision(let slots):
      return byRevision(call, slots, own: own, ownRevision: ownRevision, verdict)
    case .inTarget:
      if own.isFixed { return verdict(own, ownRevision, nil, fix: "") }
      return verdict(
        own, ownRevision, own == .dynamic ? .unresolved : .noCommit(ownRevision),
        fix: fetcher.form == .github
          ? "write `owner/repository:COMMIT` with the full 40-digit commit"
          : "write the full 40-digit commit behind the name: `owner/name@COMMIT`")
    case .digest(let slots, let digits):
      return byDigest(call, slots, digits: digits, own: own, verdict)
    case .address:
      if own.isFixed { return verdict(own, ownRevision, nil, fix: "") }
      if let strength = call.hashInName(targets: targets.map(\.text)) {
        return verdict(strength, nil, strength == .content ? nil : .shortHash, fix: .checkDigest)
      }
      if digest == .unresolved {
        return verdict(
          own == .dynamic ? .dynamic : .library, ownRevision, .digestNotLiteral, fix: .checkDigest)
      }
      return verdict(
        own, ownRevision, own == .dynamic ? .unresolvedAddress : .noDigest, fix: .checkDigest)
    case .library:
      if own == .local { return verdict(.local, nil, nil, fix: "") }
      return verdict(.library, nil, .libraryDecides, fix: .pinLibrary)
    case .version(let slots):
      if slots.contains(where: { call.value(of: $0).map { !$0.isNone } ?? false }) {
        return verdict(.version, nil, .versionOnly, fix: .checkDigest)
      }
      return verdict(own == .dynamic ? .dynamic : .branch, nil, .noVersion, fix: .nameVersion)
    case .versionInTarget:
      if own <= .commit { return verdict(own, ownRevision, nil, fix: "") }
      if own == .version { return verdict(.version, ownRevision, .versionOnly, fix: .checkDigest) }
      return verdict(
        own, ownRevision, own == .dynamic ? .unresolved : .noVersion, fix: .nameVersion)
    case .never(let recipe):
      return verdict(
        own == .dynamic ? .dynamic : .branch, ownRevision, .cannotBePinned, fix: recipe)
    }
  }

  private static func byRevision(
    _ call: CallSite, _ slots: [ArgumentSlot], own: Pinning, ownRevision: String?,
    _ verdict: (Pinning, String?, String?, String) -> FetchVerdict
  ) -> FetchVerdict {
    let given = slots.lazy.compactMap { call.value(of: $0) }.first
    guard let given, !given.isNone else {
      if ownRevision != nil, own.isFixed { return verdict(own, ownRevision, nil, "") }
      let pinning: Pinning =
        own == .dynamic ? .dynamic : max(own, ownRevision == nil ? .branch : own)
      let flaw: String = own == .dynamic ? .unresolved : .noCommit(ownRevision)
      return verdict(pinning, ownRevision, flaw, .passRevision)
    }
    let texts = given.texts
    let shown = texts.first ?? given.alternatives.first?.atom.shortDescription
    if texts.isEmpty || given.isOpen && texts.allSatisfy({ Revision($0).pinning.isFixed }) {
      return verdict(.dynamic, shown, .revisionUnresolved, .passRevision)
    }
    let worst = texts.map { Revision($0).pinning }.max() ?? .dynamic
    if worst.isFixed, !given.mayBeNone { return verdict(worst, shown, nil, "") }
    let revision = texts.first { !Revision($0).pinning.isFixed } ?? shown
    return verdict(
      max(worst, given.mayBeNone ? .branch : worst), revision, .noCommit(revision),
      .passRevision)
  }

  private static func byDigest(
    _ call: CallSite, _ slots: [ArgumentSlot], digits: Int, own: Pinning,
    _ verdict: (Pinning, String?, String?, String) -> FetchVerdict
  ) -> FetchVerdict {
    if own.isFixed { return verdict(own, nil, nil, "") }
    let given = slots.lazy.compactMap { call.value(of: $0) }.first
    guard let given, !given.isNone else {
      return verdict(own == .dynamic ? .dynamic : .branch, nil, .noDigest, .checkDigest)
    }
    let texts = given.texts.map { text in
      text.split(separator: ":").last.map(String.init) ?? text
    }
    guard !texts.isEmpty, !given.isOpen else {
      return verdict(.library, nil, .digestNotLiteral, .checkDigest)
    }
    let isLong = texts.allSatisfy {
      $0.utf8.count >= digits && $0.utf8.allSatisfy(\.isHexadecimalDigit)
    }
    return isLong && !given.mayBeNone
      ? verdict(.content, nil, nil, "")
      : verdict(.tag, nil, .weakDigest, .checkDigest)
  }
}

extension [FetchTarget] {
  /// Without the alternatives that only say "a user can pass something else", when a default tells
  /// what usually happens; all of them where no default does.
  fileprivate var withoutUserAlternatives: [FetchTarget] {
    let known = filter { $0.pinning != .dynamic }
    return known.isEmpty ? self : known
  }
}

extension TargetForm {
  /// Whether the call has a target even when the argument is left out.
  fileprivate var hasDefault: Bool {
    switch self {
    case .catalogue, .catalogueOrFile, .handle: true
    case .hub, .hubWithRevision, .hubPath, .address, .github, .remotePath: false
    }
  }
}

extension CallSite {
  /// What is called, for people: a name that is not known is `…`.
  fileprivate var shownCallee: String {
    let name = callees.first?.name ?? ""
    return name.hasSuffix(".?") ? "\(name.dropLast())…" : name
  }

  /// The argument in this slot; a keyword wins over a position.
  func value(of slot: ArgumentSlot) -> PythonValue? {
    for keyword in slot.keywords {
      if let value = argument(keyword) { return value }
    }
    guard let position = slot.position, position < positional.count else { return nil }
    return positional[position]
  }

  /// For torch's loaders: what `check_hash=True` proves. It compares the digits between the last
  /// `-` and the suffix of the file's name, and proves nothing, silently, when there are none.
  fileprivate func hashInName(targets: [String]) -> Pinning? {
    guard let check = argument("check_hash", at: 4), check.bool == true, !targets.isEmpty else {
      return nil
    }
    let names = argument("file_name", at: 5)?.texts ?? targets
    let lengths = names.map { name -> Int in
      let file = name.split(separator: "/").last ?? ""
      guard let dash = file.lastIndex(of: "-") else { return 0 }
      let digits = file[file.index(after: dash)...].prefix { $0 != "." }
      return digits.utf8.allSatisfy(\.isHexadecimalDigit) ? digits.utf8.count : 0
    }
    guard let shortest = lengths.min(), shortest >= 8 else { return nil }
    return shortest >= 64 ? .content : .library
  }
}

/// How much the digest checks of a call prove.
private enum DigestStrength {
  case literal, unresolved
}

extension [DigestCheck] {
  fileprivate var strongest: DigestStrength? {
    var strongest: DigestStrength?
    for check in self where check.isEnforced && Self.strong.contains(check.algorithm) {
      let texts = check.expected.texts
      let isLiteral =
        !check.expected.isOpen && !texts.isEmpty
        && texts.allSatisfy { $0.utf8.count >= 64 && $0.utf8.allSatisfy(\.isHexadecimalDigit) }
      if isLiteral { return .literal }
      strongest = .unresolved
    }
    return strongest
  }

  private static let strong: Set<String> = [
    "sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s",
  ]
}

extension Condition {
  func holds(for call: CallSite, in tree: TreePaths) -> Bool {
    switch self {
    case .isTrue(let slot):
      return call.value(of: slot)?.mayBeCertainlyTrue ?? false
    case .isLeftToCallers(let slot):
      guard let value = call.value(of: slot) else { return false }
      return value.mayBeCertainlyTrue || call.wrapped == nil && value.isOpen
    case .startsWith(let slot, let text):
      return call.value(of: slot)?.texts.contains { $0.hasPrefix(text) } ?? false
    case .isFalse(let slot):
      guard let value = call.value(of: slot) else { return false }
      return value.bool == false || value.isNone
    case .given(let slot):
      guard let value = call.value(of: slot) else { return false }
      return !value.isNone && value.bool != false
    case .isLeftOut(let slot):
      guard let value = call.value(of: slot) else {
        return !call.hasOpenKeywords && !call.hasOpenPositionals
      }
      return value.isNone
    case .equals(let slot, let text):
      return call.value(of: slot)?.texts == [text]
    case .isAddress(let slot):
      guard let value = call.value(of: slot) else { return false }
      let reader = FetchTargetReader(form: .address, tree: tree)
      return reader.targets(of: value).contains { Address($0.text) != nil }
    case .readsLocalFiles:
      let files = call.value(of: .named("data_files")) ?? call.value(of: .named("data_dir"))
      guard let files, !files.isNone else { return false }
      let isNamed = call.value(of: .at(0, "path"))?.texts.contains { $0.contains("/") } ?? false
      return !isNamed && !Condition.isAddress(.named("data_files")).holds(for: call, in: tree)
    case .namesHub(let slot):
      return call.value(of: slot)?.texts.contains {
        $0.contains("/") && !$0.isExplicitlyLocal && !tree.contains($0)
      } ?? false
    }
  }
}

extension PythonValue {
  /// Whether some alternative is written as true.
  var mayBeCertainlyTrue: Bool {
    alternatives.contains { alternative in
      switch alternative.atom {
      case .bool(let value): value
      case .integer(let value): value != 0
      default: false
      }
    }
  }
}

extension PythonValue.Atom {
  /// A few words for people.
  var shortDescription: String {
    switch self {
    case .text(let text): text
    case .partialText(let parts): parts.description
    case .path(let path): path.description
    case .integer(let number): String(number)
    case .bool(let value): value ? "True" : "False"
    case .none: "None"
    case .unknown(let reason): reason.description
    default: "a computed value"
    }
  }
}

extension String {
  fileprivate static let unresolved = "whose name could not be resolved"
  fileprivate static let unresolvedAddress = "from an address that could not be resolved"
  fileprivate static let revisionUnresolved = "at a revision that could not be resolved"
  fileprivate static let noDigest = "without comparing a digest"
  fileprivate static let weakDigest =
    "and compares less than a SHA-256 digest, which does not fix the content"
  fileprivate static let digestNotLiteral =
    "and compares a digest that is not written in the code"
  fileprivate static let shortHash =
    "and compares only the few digits of the digest in the file's name"
  fileprivate static let libraryDecides = "which the library's version alone decides"
  fileprivate static let noVersion = "without naming a version"
  fileprivate static let versionOnly = "by version, without comparing a digest"
  fileprivate static let cannotBePinned = "through a call that cannot be pinned"

  fileprivate static let passRevision = "pass revision= with the full 40-digit commit"
  fileprivate static let checkDigest =
    "compare the SHA-256 digest of what arrived with a literal before using it"
  fileprivate static let pinLibrary =
    "pin the library by version and hash, or ship the file and pass its path"
  fileprivate static let nameVersion = "name a version, and compare the SHA-256 of what arrives"

  fileprivate static func noCommit(_ revision: String?) -> String {
    guard let revision else { return "without a revision" }
    if Revision(revision).isAbbreviated {
      return "at `\(revision)`, an abbreviated commit, which is ambiguous and can be a branch"
    }
    return "at `\(revision)`, which can move"
  }
}
