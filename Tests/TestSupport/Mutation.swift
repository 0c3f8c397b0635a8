/// Damage done to a text for tests that want no crash.
package enum Mutation {
  private static let special =
    Array("[]{}()<>=\"'`#@:;,.$|&*%!~^\\/- \t\r\n".utf8) + [0, 0x80, 0xFF]

  /// `bytes` with up to six bytes changed, taken out or put in, or cut off somewhere.
  package static func of(_ bytes: [UInt8], using random: inout TestRandom) -> [UInt8] {
    var changed = bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) where !changed.isEmpty {
      let index = Int.random(in: changed.indices, using: &random)
      switch Int.random(in: 0..<16, using: &random) {
      case 0..<5: changed[index] = special.randomElement(using: &random) ?? 0
      case 5..<10: changed.insert(special.randomElement(using: &random) ?? 0, at: index)
      case 10..<13: changed.remove(at: index)
      case 13..<15: changed[index] = UInt8.random(in: 0...255, using: &random)
      default: changed.removeSubrange(index...)
      }
    }
    return changed
  }
}
