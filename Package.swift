// swift-tools-version: 6.3
import PackageDescription

/// Settings of every target: Swift 6 mode with the strict checks, warnings as errors.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["TestSupport"], swiftSettings: strict)
}

let package = Package(
  name: "modelpin",
  products: [.executable(name: "modelpin", targets: ["modelpin"])],
  targets: [
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

    library("Core"),
    library("JSON", ["Core"]),
    library("FileSystem", ["Core"]),
    library("Hashing", ["Core", "FileSystem", "COpenSSL"]),
    library("Archives", ["Core", "FileSystem", "CArchive"]),
    library("Languages", ["Core", "JSON", "CYAML"]),
    library("Formats", ["Core", "JSON"]),
    library(
      "Inventory",
      ["Core", "JSON", "FileSystem", "Hashing", "Archives", "Languages", "Formats"]),
    library("Rules", ["Core", "JSON", "Languages", "Formats"]),
    library("Lockfile", ["Core", "JSON", "Hashing"]),
    library(
      "Engine",
      [
        "Core", "JSON", "FileSystem", "Hashing", "Archives", "Languages", "Formats", "Inventory",
        "Rules", "Lockfile",
      ]),
    library("Reporting", ["Core", "JSON", "Rules", "Lockfile", "Engine"]),
    library(
      "Commands",
      [
        "Core", "JSON", "FileSystem", "Hashing", "Inventory", "Rules", "Lockfile", "Engine",
        "Reporting",
      ]),
    .executableTarget(name: "modelpin", dependencies: ["Commands"], swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Core"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("Core", ["Core"]),
    tests("JSON", ["Core", "JSON"]),
    tests("FileSystem", ["Core", "FileSystem"]),
    tests("Hashing", ["Core", "FileSystem", "Hashing"]),
    tests("Archives", ["Core", "FileSystem", "Archives"]),
    tests("Languages", ["Core", "JSON", "Languages"]),
    tests("Formats", ["Core", "JSON", "Formats"]),
    tests(
      "Inventory",
      ["Core", "JSON", "FileSystem", "Hashing", "Archives", "Languages", "Formats", "Inventory"]),
    tests("Rules", ["Core", "JSON", "Languages", "Formats", "Rules"]),
    tests("Lockfile", ["Core", "JSON", "Hashing", "Lockfile"]),
    tests(
      "Engine",
      [
        "Core", "JSON", "FileSystem", "Hashing", "Archives", "Languages", "Formats", "Inventory",
        "Rules", "Lockfile", "Engine",
      ]),
    tests("Reporting", ["Core", "JSON", "Rules", "Lockfile", "Engine", "Reporting"]),
    tests(
      "Commands",
      [
        "Core", "JSON", "FileSystem", "Hashing", "Inventory", "Rules", "Lockfile", "Engine",
        "Reporting", "Commands", "modelpin",
      ]),
    tests("Convention", ["Core", "Rules", "Reporting", "Commands", "modelpin"]),
  ]
)
