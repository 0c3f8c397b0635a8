internal import COpenSSL

/// The name that git gives a file's content: SHA-1 of `blob SIZE`, a NUL, and the bytes.
///
/// Provenance only: SHA-1 is no authority, but a mismatch with a recorded name is worth saying.
package struct GitBlobDigest: Hashable, Sendable {
  /// 40 lower-case hexadecimal digits.
  package let hex: String

  /// Of `bytes`, the whole content; nil when libcrypto refuses.
  package init?(of bytes: Span<UInt8>) {
    var context = SHA_CTX()
    let header = Array("blob \(bytes.count)".utf8) + [0]
    var output = [UInt8](repeating: 0, count: 20)
    let isSound =
      unsafe SHA1_Init(&context) == 1
      && SHA1_Update(&context, header, header.count) == 1
      && bytes.withUnsafeBufferPointer { unsafe SHA1_Update(&context, $0.baseAddress, $0.count) }
        == 1
      && SHA1_Final(&output, &context) == 1
    guard isSound else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    hex = String(
      decoding: output.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
