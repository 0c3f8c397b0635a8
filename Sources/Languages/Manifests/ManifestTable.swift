package import Core

/// The manifests that are known by their names, one line each: what a file is called, and who reads
/// it. `Formats/FileKind/NameTables.swift` has the same names, so that the crawl keeps the texts.
package enum ManifestTable {
  /// The whole names in the table.
  package static var names: [String] { named.flatMap(\.names) }

  typealias Reader = @Sendable (ManifestContext, inout ManifestCollector) -> Void

  /// The reader of a file; nil where the name alone does not tell.
  static func reader(of path: RelativePath) -> Reader? {
    byName[path.name] ?? forms.first { $0.isNamed(path) }?.read
  }

  /// Manifests that have no reader, and whose they are: they are told, so that silence about them
  /// means nothing.
  package static func unread(_ path: RelativePath) -> String? {
    unreadNames[path.name] ?? unreadSuffixes[path.suffix]
  }

  private static let unreadNames: [String: String] = [
    "Aptfile": "apt", "Brewfile": "Homebrew", "Cartfile": "Carthage", "bower.json": "Bower",
    "build.sbt": "sbt", "deps.edn": "Clojure", "dub.json": "D", "elm.json": "Elm",
    "ivy.xml": "Ivy", "mix.exs": "Elixir", "paket.dependencies": "Paket", "pdm.toml": "PDM",
    "project.clj": "Leiningen", "pubspec.yaml": "Dart", "rebar.config": "Erlang",
    "shard.yml": "Crystal", "snapcraft.yaml": "Snap", "stack.yaml": "Haskell",
  ]
  private static let unreadSuffixes = [
    "cabal": "Haskell", "nimble": "Nim", "opam": "OCaml", "podspec": "CocoaPods",
    "rockspec": "LuaRocks",
  ]

  /// Whole names.
  static let byName: [String: Reader] = {
    var table: [String: Reader] = [:]
    for (names, reader) in named {
      for name in names { table[name] = reader }
    }
    return table
  }()

  private static let named: [(names: [String], reader: Reader)] = [
    (["pyproject.toml"], PyprojectManifest.read),
    (["Pipfile"], PipfileManifest.read),
    (["pixi.toml"], PixiManifest.read),
    (["setup.cfg", "tox.ini"], SetupConfiguration.read),
    (["Cargo.toml"], CargoManifest.read),
    (["go.mod"], GoModule.read),
    (["Gemfile", "gems.rb"], Gemfile.read),
    (["Package.swift"], SwiftPackage.read),
    ([".gitmodules"], GitModules.read),
    (["noxfile.py"], NoxScript.read),
    (["tasks.py", "fabfile.py"], TaskScript.read),
    (["README.md"], SpaceHeader.read),
    (["dvc.yaml", "MLproject", "Procfile"], CommandFiles.read),
    (["package.json"], NodeManifest.readUnlessInstalled),
    (["devcontainer.json", ".devcontainer.json"], DevcontainerConfiguration.read),
    (["tox.toml"], ToxSettings.readFile),
    (["pip.conf", "pip.ini"], PipConfiguration.read),
    ([".npmrc"], NodeConfiguration.read),
    ([".yarnrc.yml", ".yarnrc"], YarnConfiguration.read),
    ([".condarc", "condarc"], CondaConfiguration.read),
    (["gradle-wrapper.properties", "maven-wrapper.properties"], BuildWrapper.read),
    (["python_env.yaml"], PythonEnvironment.read),
    (["bentofile.yaml", "bentofile.yml"], BentoManifest.read),
    (["spack.yaml"], SpackEnvironment.read),
    (["DESCRIPTION"], RDescription.read),
    (["pom.xml"], MavenProject.read),
    (["Podfile"], Podfile.read),
    (["conanfile.txt"], ConanFile.read),
    (["conanfile.py"], ConanScript.read),
    (["uv.toml"], UVSettings.read),
    (["Project.toml", "JuliaProject.toml"], JuliaProject.read),
    (["vcpkg.json"], VcpkgManifest.read),
    (["composer.json"], ComposerManifest.read),
    (["deno.json", "deno.jsonc", "import_map.json", "importmap.json"], DenoConfiguration.read),
    (["mise.toml", ".mise.toml"], ToolVersions.readTOML),
    ([".tool-versions"], ToolVersions.read),
    (
      [
        "Taskfile.yml", "Taskfile.yaml", "Taskfile.dist.yml", "Taskfile.dist.yaml", "taskfile.yml",
        "taskfile.yaml",
      ], Taskfile.read
    ),
  ]

  /// Names with a part that varies, or of a folder.
  private static let forms: [(isNamed: @Sendable (RelativePath) -> Bool, read: Reader)] = [
    (SetupScript.isNamed, SetupScript.read),
    (SingularityDefinition.isNamed, SingularityDefinition.read),
    (CMakeFile.isNamed, CMakeFile.read),
    (BazelFile.isNamed, BazelFile.read),
    (MesonWrap.isNamed, MesonWrap.read),
    (GradleScript.isNamed, GradleScript.read),
    (GradleCatalogue.isNamed, GradleCatalogue.read),
    (NuGetProject.isNamed, NuGetProject.read),
    (Gemspec.isNamed, Gemspec.read),
    (CondaRecipe.isNamed, CondaRecipe.read),
    (DataVersionFile.isNamed, DataVersionFile.read),
    (SnakemakeManifest.isNamed, SnakemakeManifest.read),
    (UnitFile.isNamed, UnitFile.read),
    (GitCommands.isNamed, GitCommands.read),
    (RepositoryBuild.isNamed, RepositoryBuild.read),
    (CommandDocument.isNamed, CommandDocument.readTOML),
    (
      WebPage.isNamed,
      { context, collector in
        WebPage.read(context, into: &collector)
        WebImports.read(context, into: &collector)
      }
    ),
    (WebImports.isNamed, WebImports.read),
    (ToolConfiguration.isNamed, ToolConfiguration.read),
  ]
}
