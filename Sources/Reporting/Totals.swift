import Engine

extension TreeTotals {
  /// `12 files and 1 link (1.20 GiB)`.
  var phrase: String {
    var text = Amount.counted(files, "file")
    if links > 0 { text += " and \(Amount.counted(links, "link"))" }
    return text + " (\(Amount.bytes(bytes)))"
  }

  /// Members of a JSON object.
  var members: [(String, JSONOutput?)] {
    [("files", .integer(files)), ("links", .integer(links)), ("bytes", .unsigned(bytes))]
  }
}
