/// Commands of PowerShell, whose names do not depend on case.
enum WindowsCommands {
  /// Whether a command runs the text that it is given.
  static func evaluates(_ name: String) -> Bool {
    guard isCandidate(name) else { return false }
    return ["iex", "invoke-expression"].contains(name.lowercased())
  }

  /// Whether a command runs or loads the file that it names.
  static func runs(_ name: String) -> Bool {
    guard isCandidate(name) else { return false }
    return [
      "start-process", "saps", "invoke-item", "ii", "import-module", "ipmo", "add-type",
      "install-package", "add-appxpackage",
    ].contains(name.lowercased())
  }

  /// Whether a command installs modules or scripts from a gallery.
  static func installs(_ name: String) -> Bool {
    guard isCandidate(name) else { return false }
    return ["install-module", "install-script", "install-psresource"].contains(name.lowercased())
  }

  /// Whether a command unpacks the archive that it names.
  static func unpacks(_ name: String) -> Bool {
    isCandidate(name) && name.lowercased() == "expand-archive"
  }

  /// Whether a command fetches an address.
  static func fetches(_ name: String) -> Bool {
    guard isCandidate(name) else { return false }
    return ["invoke-webrequest", "invoke-restmethod", "iwr", "irm", "start-bitstransfer"]
      .contains(name.lowercased())
  }

  /// Most commands leave by their length and first letter.
  private static func isCandidate(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count < 24 else { return false }
    return "aeis".utf8.contains(first | 0x20)
  }
}
