/// A whole number of any size, as versions have them: `20240101000000000001` is a fair release.
package struct VersionNumber: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral,
  CustomStringConvertible
{
  /// Decimal digits without leading zeros; empty for zero.
  private let digits: [UInt8]

  /// The number that decimal digits write; anything else counts as no digit.
  package init(digits: some Sequence<UInt8>) {
    self.digits = Array(
      digits.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        .drop { $0 == UInt8(ascii: "0") })
  }

  package init(integerLiteral value: UInt) {
    self.init(digits: String(value).utf8)
  }

  package var isZero: Bool { digits.isEmpty }

  /// The number plus one.
  package var successor: VersionNumber {
    var next = digits
    var place = next.count
    while place > 0 {
      place -= 1
      if next[place] < UInt8(ascii: "9") {
        next[place] += 1
        return VersionNumber(digits: next)
      }
      next[place] = UInt8(ascii: "0")
    }
    return VersionNumber(digits: [UInt8(ascii: "1")] + next)
  }

  package static func < (left: VersionNumber, right: VersionNumber) -> Bool {
    if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
    return left.digits.lexicographicallyPrecedes(right.digits)
  }

  package var description: String {
    digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self)
  }
}
