import Core
import Engine
import Foundation
import Lockfile
import TestSupport
import Testing

/// A copy of a small model in a folder of its own, and what tests do with it.
struct TestModel {
  let folder: TemporaryFolder
  /// Where lockfiles outside the tree go.
  let outside: TemporaryFolder

  /// A copy of one of the models in Fixtures/models.
  init(_ name: String = "tiny-ticket-classifier") throws {
    folder = try TemporaryFolder()
    outside = try TemporaryFolder()
    try folder.copy(project: "Fixtures/models/\(name)", to: "model")
    if !folder.exists("model/latest.safetensors") {
      try folder.link("model/latest.safetensors", to: "model.safetensors")
    }
    try folder.write(
      "#!/bin/sh\nexec python3 scripts/distill.py\n", to: "model/run.sh", isExecutable: true)
  }

  /// The tree's path.
  var path: String { folder.path("model") }

  /// The usual lockfile's path below `folder`.
  static let lockfile = "model/modelpin.lock"

  static func context(
    jobs: Int = 2, configuration: Configuration? = nil
  ) throws -> RunContext {
    RunContext(
      generator: "modelpin test", jobs: jobs, today: try #require(CalendarDate("2026-11-28")),
      configuration: configuration)
  }

  /// Locks, with other options than the usual on request.
  @discardableResult
  func lock(
    update: Bool = false, configuration: Configuration? = nil,
    _ change: (inout Lock.Options) -> Void = { _ in }
  ) throws -> Lock.Outcome {
    var options = Lock.Options(tree: Tree(path), update: update)
    change(&options)
    return try Lock.run(options, in: Self.context(configuration: configuration))
  }

  /// Verifies, with other options than the usual on request.
  func verify(
    configuration: Configuration? = nil, _ change: (inout Verify.Options) -> Void = { _ in }
  ) throws -> Verify.Outcome {
    var options = Verify.Options(tree: Tree(path))
    change(&options)
    return try Verify.run(options, in: Self.context(configuration: configuration))
  }

  /// The differences as short texts.
  static func texts(_ outcome: Verify.Outcome) -> [String] {
    outcome.differences.map { difference in
      switch difference.kind {
      case .content: "\(difference.path) changed"
      case .missing: "\(difference.path) missing"
      case .extra: "\(difference.path) extra"
      case .type: "\(difference.path) type"
      case .executable(let found): "\(difference.path) executable \(found)"
      case .target(_, let found):
        "\(difference.path) leads to \(String(decoding: found, as: UTF8.self))"
      case .renamed(let from, _): "\(from) renamed to \(difference.path)"
      }
    }
  }
}
