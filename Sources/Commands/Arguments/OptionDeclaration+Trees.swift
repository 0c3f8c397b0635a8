import Core
import Engine
import Inventory

/// Options of the commands that work on a tree.
extension OptionDeclaration {
  static let reading = OptionDeclaration(
    "--as", value: .choice("KIND", FileReading.allCases.map(\.rawValue)),
    "Take a file for a file or for an archive; without it, its content decides")
  static let exclude = OptionDeclaration(
    "--exclude", value: .text("GLOB"), repeats: true,
    "Leave out what matches; `**` crosses folders")
  static let lockfile = OptionDeclaration(
    "--lockfile", value: .file("FILE"), "Use this lockfile instead of the one in the tree")
}

extension OperandDeclaration {
  static let tree = OperandDeclaration(
    "PATH", .path, optional: true,
    "A folder, a file, an archive, or - for an archive on standard input; . unless given")
}

extension Arguments {
  /// The tree that the operand at `index` names; the current folder unless given.
  func tree(_ index: Int = 0) -> Tree {
    Tree(
      operand(index) ?? ".", reading: value(of: .reading).flatMap(FileReading.init(rawValue:)))
  }

  /// The severity that an option names; parsing has checked it.
  func severity(of option: OptionDeclaration) -> Severity? {
    value(of: option).flatMap(Severity.init(rawValue:))
  }
}
