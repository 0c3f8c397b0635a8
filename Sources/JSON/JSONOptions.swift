/// What a JSON reader accepts beyond RFC 8259, and its limits.
package struct JSONOptions: Sendable {
  /// What happens to a member named twice in one object.
  package enum DuplicateKeys: Sendable {
    /// An error at the second one.
    case reject
    /// Both are kept; `JSONObject.duplicates` lists the later ones and a look-up finds the last.
    case keep
  }

  package var duplicateKeys: DuplicateKeys
  /// `NaN`, `Infinity` and `-Infinity`, which Python writes and reads.
  package var allowsNonFinite: Bool
  /// A byte order mark before the document.
  package var allowsByteOrderMark: Bool
  /// An escaped half of a surrogate pair becomes U+FFFD instead of an error; Python writes them.
  package var replacesLoneSurrogates: Bool
  /// How deeply objects and arrays may nest.
  package var depthLimit: Int
  /// How many bytes a document may have.
  package var sizeLimit: Int

  package init(
    duplicateKeys: DuplicateKeys, allowsNonFinite: Bool, allowsByteOrderMark: Bool,
    replacesLoneSurrogates: Bool, depthLimit: Int = 200, sizeLimit: Int = 1 << 30
  ) {
    self.duplicateKeys = duplicateKeys
    self.allowsNonFinite = allowsNonFinite
    self.allowsByteOrderMark = allowsByteOrderMark
    self.replacesLoneSurrogates = replacesLoneSurrogates
    self.depthLimit = depthLimit
    self.sizeLimit = sizeLimit
  }

  /// RFC 8259 to the letter, duplicate keys rejected: for files that modelpin itself writes.
  package static let strict = JSONOptions(
    duplicateKeys: .reject, allowsNonFinite: false, allowsByteOrderMark: false,
    replacesLoneSurrogates: false)

  /// What Python's `json` module reads, duplicate keys kept and listed: for files of a model.
  package static let lenient = JSONOptions(
    duplicateKeys: .keep, allowsNonFinite: true, allowsByteOrderMark: true,
    replacesLoneSurrogates: true)
}
