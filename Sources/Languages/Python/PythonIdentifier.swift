/// Identifiers beyond ASCII.
enum PythonIdentifier {
  /// The bytes by which Python compares a name: its NFKC form in UTF-8.
  static func normalised(_ scalars: String.UnicodeScalarView) -> [UInt8] {
    Array(String(scalars).utf8)
  }
}
