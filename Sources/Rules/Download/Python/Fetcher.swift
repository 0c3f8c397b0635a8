/// A Python callable that fetches something, and how its arguments say what and how firmly.
///
/// The tables of fetchers are facts about libraries; `FetchVerdict` turns one of them and a call
/// into a verdict. A new library is a new line in a table.
package struct Fetcher: Sendable {
  /// Qualified names, see `CalleePattern`.
  let callees: [CalleePattern]
  /// What arrives.
  let cargo: Cargo
  /// Where the target stands; the first one given counts.
  let target: [ArgumentSlot]
  /// What the target's text means.
  let form: TargetForm
  /// How the call can fix its target.
  let fixing: Fixing
  /// Only a call for which all of these hold fetches anything.
  let onlyWhen: [Condition]
  /// A call for which any of these holds touches no network.
  let localWhen: [Condition]

  init(
    _ callees: [CalleePattern], _ cargo: Cargo, target: [ArgumentSlot], form: TargetForm = .hub,
    fixing: Fixing, onlyWhen: [Condition] = [], localWhen: [Condition] = []
  ) {
    self.callees = callees
    self.cargo = cargo
    self.target = target
    self.form = form
    self.fixing = fixing
    self.onlyWhen = onlyWhen
    self.localWhen = localWhen
  }
}

extension Fetcher {
  /// Every argument that the table's line speaks of.
  var slots: [ArgumentSlot] { target + fixing.slots + (onlyWhen + localWhen).compactMap(\.slot) }
}

/// What a fetch brings, which decides how bad an unpinned one is.
enum Cargo: Sendable {
  /// Code that the call itself runs.
  case code
  /// Weights of any format, or a whole repository that may hold some.
  case weights
  /// Data, configuration, a tokenizer.
  case data
  /// Whatever the target's name tells.
  case file
}

/// What the text of a target means.
enum TargetForm: Sendable {
  /// `owner/name` on a hub, or a local folder.
  case hub
  /// Like `hub`, with `@revision` allowed behind the name and `hf-hub:`-like schemes before it.
  case hubWithRevision
  /// A path of the hub's file system: `[hf://][datasets/]owner/name[@revision]/file`.
  case hubPath
  /// An address; anything without a scheme is a local path.
  case address
  /// `owner/repository[:ref]` on GitHub.
  case github
  /// A path on another machine.
  case remotePath
  /// A name in a catalogue inside the library, or a local file.
  case catalogue
  /// A name in a catalogue; a file of that name in the working folder is used instead.
  case catalogueOrFile
  /// A registry handle with a version in its path.
  case handle
}

/// How a call can fix its target.
enum Fixing: Sendable {
  /// By a revision argument that holds a full commit.
  case revision([ArgumentSlot])
  /// By `@COMMIT` inside the target.
  case inTarget
  /// By a digest argument of at least this many hexadecimal digits.
  case digest([ArgumentSlot], digits: Int)
  /// By a commit or digest in the address, or by a digest check of what arrived.
  case address
  /// The library pins its targets inside itself: pin the library.
  case library
  /// By a version argument that names an immutable release.
  case version([ArgumentSlot])
  /// By a version inside the handle.
  case versionInTarget
  /// Not at all; the text says what to do instead.
  case never(String)
}

extension Fixing {
  fileprivate var slots: [ArgumentSlot] {
    switch self {
    case .revision(let slots), .digest(let slots, _), .version(let slots): slots
    case .inTarget, .address, .library, .versionInTarget, .never: []
    }
  }
}

/// An argument by position, by keyword, or by either.
struct ArgumentSlot: Sendable, Hashable {
  let position: Int?
  let keywords: [String]

  static func at(_ position: Int, _ keywords: String...) -> ArgumentSlot {
    ArgumentSlot(position: position, keywords: keywords)
  }

  static func named(_ keywords: String...) -> ArgumentSlot {
    ArgumentSlot(position: nil, keywords: keywords)
  }
}

/// A fact about a call's arguments.
enum Condition: Sendable {
  /// The argument is given and true in at least one branch.
  case isTrue(ArgumentSlot)
  /// The argument is given and false (or None) in every branch.
  case isFalse(ArgumentSlot)
  /// The argument is given and true in at least one branch, or it stands inside a function whose
  /// callers decide.
  case isLeftToCallers(ArgumentSlot)
  /// Some alternative of the argument begins with the text.
  case startsWith(ArgumentSlot, String)
  /// The argument is given and not None in at least one branch.
  case given(ArgumentSlot)
  /// The argument is not given, or None in every branch.
  case isLeftOut(ArgumentSlot)
  /// The argument is the text in every branch.
  case equals(ArgumentSlot, String)
  /// The argument is an address.
  case isAddress(ArgumentSlot)
  /// The argument is a text of the form `owner/name`, with or without more behind it.
  case namesHub(ArgumentSlot)
  /// A builder of `datasets` reads files that are given by name, none of them by an address.
  case readsLocalFiles
}

extension Condition {
  fileprivate var slot: ArgumentSlot? {
    switch self {
    case .isTrue(let slot), .isFalse(let slot), .given(let slot), .isLeftOut(let slot),
      .equals(let slot, _),
      .isAddress(let slot), .namesHub(let slot), .isLeftToCallers(let slot),
      .startsWith(let slot, _):
      slot
    case .readsLocalFiles: nil
    }
  }
}

/// A qualified name with `**` for any number of components in between: libraries re-export freely,
/// so `transformers.models.auto.AutoModel.from_pretrained` is `transformers.**.from_pretrained`.
struct CalleePattern: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The components before `**`; all of them when there is no `**`.
  let head: [String]
  /// The components after `**`; nil when there is no `**`.
  let tail: [String]?

  init(stringLiteral text: String) {
    self.init(text)
  }

  init(_ text: String) {
    let parts = text.split(separator: ".").map(String.init)
    if let wildcard = parts.firstIndex(of: "**") {
      head = Array(parts[..<wildcard])
      tail = Array(parts[(wildcard + 1)...])
    } else {
      head = parts
      tail = nil
    }
  }

  /// Whether `name`, split at its dots, is one of those that the pattern stands for.
  func matches(_ name: [String]) -> Bool {
    guard let tail else { return name == head }
    return name.count >= head.count + tail.count && name.starts(with: head)
      && name.suffix(tail.count).elementsEqual(tail)
  }

  /// The last component, the key of an index of patterns; empty when any last component matches.
  var last: String {
    guard let tail else { return head.last ?? "" }
    return tail.last ?? ""
  }
}
