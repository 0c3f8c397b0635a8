import Core
import Languages
import TestSupport
import Testing

struct ModelfileTests {
  private static func bases(_ text: String) -> [String] {
    Modelfile(Array(text.utf8)).bases.map { "\($0.start.line):\($0.start.column) \($0.name)" }
  }

  @Test func `bases are the values of FROM`() {
    #expect(Self.bases("# x\nFROM llama3:8b\n") == ["2:6 llama3:8b"])
    #expect(Self.bases("  from  \"./a b.gguf\"  \r\nFROM x\n") == ["1:10 ./a b.gguf", "2:6 x"])
    #expect(Self.bases("SYSTEM \"\"\"\nFROM here\n\"\"\"\nFROM y") == ["4:6 y"])
    #expect(
      Self.bases("SYSTEM \"\"\"FROM here\"\"\"\nFROMAGE x\nFROM\nFROM \nPARAMETER from x") == [])
  }

  @Test func `damaged files never crash the reader`() {
    let sample = Array("FROM \"a:b\"\nTEMPLATE \"\"\"{{ .x }}\nFROM y\n\"\"\"\nADAPTER ./z\n".utf8)
    var random = TestRandom(seed: 65)
    for _ in 0..<500 { _ = Modelfile(Mutation.of(sample, using: &random)).bases.count }
    _ = Modelfile(Array(String(repeating: "\"", count: 100_000).utf8)).bases.count
  }
}
