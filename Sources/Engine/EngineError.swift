package import Core
package import FileSystem
package import Inventory
package import Lockfile

/// Why a use case could not give an answer.
package enum EngineError: Error, Sendable {
  /// The tree could not be crawled.
  case crawl(CrawlError)
  /// The lockfile at `path` is not valid.
  case lockfile(path: String, LockfileError)
  /// There is no lockfile at `path`.
  case noLockfile(path: String)
  /// The lockfile is a symbolic link, and was not named by the operator.
  case lockfileIsLink(path: String)
  /// Recorded checkpoints are not those of the recorded digest: indices by file.
  case damagedCheckpoints(path: String, file: RelativePath, indices: [Int])
  /// Nothing can be written beside this tree: why.
  case needsOutput(tree: String, reason: String)
  /// A lockfile has to be named, since none can lie beside this tree.
  case needsLockfile(tree: String, reason: String)
  /// The configuration is not valid; line 0 when no line is to blame.
  case configuration(path: String, line: Int, reason: String)
  /// An exclude or rule pattern is malformed.
  case pattern(String, reason: String)
  /// Two things that were asked for do not go together, or a value makes no sense.
  case argument(String)
  /// No rule of this name; `nearest` is what was probably meant.
  case unknownRule(String, nearest: String?)
  /// No finding, or more than one, has this fingerprint.
  case fingerprint(String, matches: Int)
  /// The fingerprint is accepted already.
  case alreadyAccepted(fingerprint: String, line: Int)
  /// A command that needs a configuration got none.
  case noConfiguration
  /// git said no, or something that makes no sense: what was asked of it, and its words.
  case git(command: String, reason: String)
  /// The index holds something a commit cannot be made of.
  case staged(String)
  /// A file could not be read or written.
  case file(FileSystemError)
}

extension EngineError: ExplainedError {
  package var description: String {
    switch self {
    case .crawl(let error): error.description
    case .lockfile(let path, let error):
      error.line > 0
        ? "\(path):\(error.line): \(LockfileError(error.reason, line: 0))" : "\(path): \(error)"
    case .noLockfile(let path): "no lockfile at \(path)"
    case .lockfileIsLink(let path): "\(path) is a symbolic link"
    case .damagedCheckpoints(let path, let file, let indices):
      "\(path): checkpoint \(indices.first.map { "\($0)" } ?? "") of \(file) is not one of its digest"
    case .needsOutput(let tree, let reason): "no lockfile can be written beside \(tree): \(reason)"
    case .needsLockfile(let tree, let reason): "no lockfile lies beside \(tree): \(reason)"
    case .configuration(let path, let line, let reason):
      line > 0 ? "\(path):\(line): \(reason)" : "\(path): \(reason)"
    case .pattern(let pattern, let reason): "the pattern `\(pattern)` is malformed: \(reason)"
    case .argument(let reason): reason
    case .unknownRule(let name, _): "no rule is called `\(name)`"
    case .fingerprint(let text, 0): "no finding has the fingerprint `\(text)`"
    case .fingerprint(let text, let count): "\(count) findings have a fingerprint like `\(text)`"
    case .alreadyAccepted(let fingerprint, let line):
      "`\(fingerprint)` is accepted already, on line \(line) of the configuration"
    case .noConfiguration: "no configuration is named"
    case .git(let command, let reason): "git \(command): \(reason)"
    case .staged(let reason): reason
    case .file(let error): error.description
    }
  }

  package var hint: String? {
    switch self {
    case .crawl(let error): error.hint
    case .lockfile(_, let error): error.hint
    case .noLockfile: "run `modelpin lock` in the model's folder, or name one with --lockfile"
    case .lockfileIsLink: "name the file it leads to with --output or --lockfile"
    case .damagedCheckpoints:
      "the lockfile is damaged, the file is not; restore it from version control"
    case .needsOutput: "say where with --output"
    case .needsLockfile: "name it with --lockfile"
    case .configuration: nil
    case .pattern: nil
    case .argument: nil
    case .unknownRule(_, let nearest):
      nearest.map { "did you mean `\($0)`?" } ?? "`modelpin rules` lists them"
    case .fingerprint(_, 0): "`modelpin scan` shows the fingerprint of every finding"
    case .fingerprint: "write more of its digits"
    case .alreadyAccepted: "edit the entry to change its reason or its expiry"
    case .noConfiguration: "name one with --config or MODELPIN_CONFIG"
    case .git: "the hook runs inside a git repository's working tree"
    case .staged: nil
    case .file(let error): error.hint
    }
  }

  package var kind: ErrorKind {
    switch self {
    case .crawl(.missing): .invalid
    case .crawl, .file, .git, .staged: .unfinished
    case .lockfile(_, let error): error.kind
    default: .invalid
    }
  }
}
