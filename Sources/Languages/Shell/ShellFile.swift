/// What a file that a script writes is run as, by its name and first line.
package enum ShellFile {
  /// A program for an interpreter.
  case script(ShellInterpreter)
  /// Lines with a time and a command.
  case table

  /// Nil for files that nobody runs.
  init?(_ path: String, _ text: [UInt8]) {
    if Self.isTable(path) {
      self = .table
      return
    }
    if text.starts(with: "#!".utf8) {
      let line = text.dropFirst(2).prefix { $0 != 0x0A && $0 != 0x0D }.prefix(256)
      guard let found = ShellInterpreter(command: String(decoding: line, as: UTF8.self)) else {
        return nil
      }
      self = .script(found)
      return
    }
    guard let found = Self.interpreter(path) else { return nil }
    self = .script(found)
  }

  /// Whether a name leaves open that the file is run: one without a suffix may have a first line
  /// that says so.
  static func mayRun(_ path: String) -> Bool {
    let name = lastComponent(path)
    return interpreter(path) != nil || isTable(path) || !name.dropFirst().contains(".")
  }

  /// Whether shells, schedulers or version control run the file without being told.
  package static func runsByItself(_ path: String) -> Bool {
    let name = lastComponent(path)
    if startFiles.contains(name) { return true }
    // The rest is told by folders.
    guard name.utf8.count < path.utf8.count || path == "crontab" else { return false }
    return isTable(path) || path.holds("/profile.d/")
      || path.holds("/cron.daily/") || path.holds("/cron.hourly/")
      || path.holds(".git/hooks/")
  }

  private static func isTable(_ path: String) -> Bool {
    path.holds("/cron.d/") || path.hasSuffix("/crontab") || path == "crontab"
      || path.holds("/spool/cron/")
  }

  private static let startFiles: Set<Substring> = [
    ".bashrc", ".bash_profile", ".bash_login", ".profile", ".zshrc", ".zprofile", ".zshenv",
    ".zlogin", ".xprofile", ".xinitrc", ".envrc", "bash.bashrc", ".bash_aliases", "rc.local",
  ]

  private static func interpreter(_ path: String) -> ShellInterpreter? {
    let name = lastComponent(path)
    if startFiles.contains(name) || path.holds("/profile.d/") || path.holds("/hooks/")
      || path.holds("/cron.daily/") || path.holds("/cron.hourly/")
    {
      return .sh
    }
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[dot...].dropFirst().lowercased() {
    case "sh", "ksh", "command": return .sh
    case "bash": return .bash
    case "zsh": return .zsh
    case "py", "pyw": return .python
    case "ps1": return .powershell
    case "bat", "cmd": return .cmd
    default: return nil
    }
  }

  private static func lastComponent(_ path: String) -> Substring {
    let bytes = path.utf8
    guard let last = bytes.lastIndex(where: { $0 != UInt8(ascii: "/") }) else { return "" }
    let start = bytes[...last].lastIndex(of: UInt8(ascii: "/")).map { bytes.index(after: $0) }
    return path[(start ?? bytes.startIndex)...last]
  }
}
