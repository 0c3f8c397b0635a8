/// Numbers as people read them.
package enum Amount {
  /// `1 file`, `3 files`.
  package static func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? singular : plural ?? singular + "s")"
  }

  /// Digits in groups of three: `1,234,567`.
  package static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var result = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result
  }

  /// Bytes with a binary unit: `512 bytes`, `1.50 GiB`.
  package static func bytes(_ count: UInt64) -> String {
    if count < 1024 { return "\(count) byte" + (count == 1 ? "" : "s") }
    var unit: UInt64 = 1024
    var names = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"][...]
    while names.count > 1, count / unit >= 1024 {
      unit *= 1024
      names = names.dropFirst()
    }
    return "\(decimal(count, unit)) \(names.first ?? "")"
  }

  /// `count / unit` with three significant digits, rounded down.
  private static func decimal(_ count: UInt64, _ unit: UInt64) -> String {
    let whole = count / unit
    // The remainder is below `unit`, at most 2^60: times ten it still fits.
    let tenths = count % unit * 10 / unit
    if whole >= 100 { return "\(whole)" }
    if whole >= 10 { return "\(whole).\(tenths)" }
    let hundredths = (count % unit * 10 % unit) * 10 / unit
    return "\(whole).\(tenths)\(hundredths)"
  }

  /// Seconds as `0:07`, `12:30`, `1:02:03`.
  package static func duration(seconds: UInt64) -> String {
    func two(_ number: UInt64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}
