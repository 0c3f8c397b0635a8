import Core
import Engine
import TestSupport
import Testing

@Suite struct InspectTests {
  private let folder: TemporaryFolder
  private let context: RunContext

  init() throws {
    folder = try TemporaryFolder()
    context = RunContext(
      generator: "modelpin test", jobs: 1, today: try #require(CalendarDate("2026-01-01")))
  }

  private func inspect(_ name: String, _ bytes: [UInt8]) throws -> Inspect.Outcome {
    try folder.write(bytes, to: name)
    return try Inspect.run(folder.path(name), in: context)
  }

  @Test func `tensors and metadata of safetensors are listed`() throws {
    let header =
      #"{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
    let outcome = try inspect(
      "model.safetensors", length + Array(header.utf8) + [UInt8](repeating: 0, count: 8))
    #expect(outcome.tensors.map(\.name) == ["w"])
    #expect(outcome.metadata.map(\.value) == ["pt"])
    #expect(outcome.remarks == [])
    #expect(outcome.format?.name == "safetensors")
  }

  @Test func `a damaged header is a remark with its place`() throws {
    let header = #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
    let outcome = try inspect("model.safetensors", length + Array(header.utf8))
    #expect(outcome.remarks.count == 1)
    #expect(outcome.remarks.first?.contains("beyond the file") == true)
  }

  @Test func `imports of a pickle are listed`() throws {
    let outcome = try inspect("model.pkl", Array("cos\nsystem\n(S'id'\ntR.".utf8))
    #expect(outcome.imports == ["os.system"])
  }

  @Test func `what has no reader is said`() throws {
    let outcome = try inspect("notes.txt", Array("hello\n".utf8))
    #expect(outcome.remarks.first?.contains("no reader") == true)
  }

  @Test func `a folder and a missing file are errors`() {
    #expect(throws: EngineError.self) { try Inspect.run(folder.path, in: context) }
    #expect(throws: EngineError.self) { try Inspect.run(folder.path("none"), in: context) }
  }
}
