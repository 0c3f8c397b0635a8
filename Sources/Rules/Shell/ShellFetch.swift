package import Core
package import Languages

/// Something that a command fetches, judged.
package struct ShellFetch: Sendable {
  package enum Kind: Hashable, Sendable {
    /// A file over HTTP, FTP and the like.
    case file
    /// From object storage, another host, a data registry.
    case storage
    /// A model, data set or package of models from a hub.
    case hub
    case gitClone
    case packages
    case image
    /// What a cluster or an installer takes from an address.
    case manifest
  }

  /// What arrives.
  package enum Cargo: Hashable, Sendable {
    case code, weights, archive, data
    /// Answers of a service: nothing is written to disk.
    case answer
  }

  package let kind: Kind
  /// The place of its script in `Subject.shell`, and of the command in that.
  package let script: Int
  package let command: Int
  /// What is fetched, for people and for the lockfile.
  package var target: String
  package var revision: String?
  package var pinning: Pinning
  package var cargo: Cargo
  /// Why the target is not fixed, to follow "downloads X"; empty when it is.
  package var flaw: String
  package var fix: String
  /// The file that is written, as far as known; nil for standard output.
  package var output: ShellValue?
  package var isOutputKnown: Bool
  package var packages: [ShellPackage] = []
  /// The verb of the message: downloads, installs, clones, pulls.
  package var verb: String
  /// Whether it is listed without being a flaw of its own: a name handed to a program that is judged
  /// by its own text.
  package var isInventory = false
  /// Whether others tell most of it: a project of this machine, whose manifests say what it depends
  /// on.
  package var isMinor = false
  /// Whether it is worth telling only when something becomes of it: looking up a name, say.
  package var countsOnlyWhenUsed = false
  /// What becomes of it.
  package var use: ShellUse?
  /// The command that checks it before use.
  package var check: ShellPlaceReference?
}

/// A package that an installing command names.
package struct ShellPackage: Hashable, Sendable {
  package let ecosystem: String
  package let name: String
  /// As written behind the name; empty when there is none.
  package let requirement: String
  package let pinning: Pinning
  package let end: TextPosition
}

/// A command of a script.
package struct ShellPlaceReference: Hashable, Sendable {
  package let script: Int
  package let command: Int
}

/// What is done with a fetched thing.
package struct ShellUse: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Read by an interpreter through a pipe or a substitution.
    case piped
    /// Run, installed, sourced.
    case run
    /// Unpacked.
    case unpacked
    /// Trusted as a signing key or a list of package sources.
    case trusted
  }

  package let kind: Kind
  /// `is run by bash`, `is unpacked by tar`.
  package let text: String
  package let place: ShellPlaceReference
}
