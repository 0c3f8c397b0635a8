import FileSystem
import TestSupport
import Testing

@Suite struct ChildProcessTests {
  @Test func `input, output, errors and status go through`() throws {
    let input = [UInt8](repeating: 7, count: 1_000_000)
    let echoed = try ChildProcess.run(["cat"], input: input)
    #expect(echoed.output == input)
    #expect(echoed.status == 0)
    let failed = try ChildProcess.run(["sh", "-c", "echo out; echo err >&2; exit 3"])
    #expect(failed.output == Array("out\n".utf8))
    #expect(failed.errors == Array("err\n".utf8))
    #expect(failed.status == 3)
    #expect(try ChildProcess.run(["sh", "-c", "kill -9 $$"]).status == 137)
  }

  @Test func `a child that does not read its input is no error`() throws {
    let input = [UInt8](repeating: 7, count: 1_000_000)
    #expect(try ChildProcess.run(["true"], input: input).status == 0)
  }

  @Test func `arguments are handed over as they are`() throws {
    let result = try ChildProcess.run(["printf", "%s|", "a b", "$HOME", "*", "é"])
    #expect(result.output == Array("a b|$HOME|*|é|".utf8))
  }

  @Test func `endless output is cut off`() throws {
    let error = #expect(throws: FileSystemError.self) {
      try ChildProcess.run(["yes"], limit: 100_000)
    }
    #expect(error == .childOutputTooLarge(program: "yes", limit: 100_000))
  }

  @Test(arguments: ["", "no-such-program-of-ours", "./sh", "bin/sh"])
  func `only PATH's absolute folders are searched`(name: String) throws {
    #expect(throws: FileSystemError.noProgram(name: name)) { try ChildProcess.run([name]) }
  }
}
