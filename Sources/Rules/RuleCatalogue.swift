package import Core

/// Every rule that modelpin has.
package enum RuleCatalogue {
  /// The rules, sorted by name; a test compares the list with the files under Rules/.
  package static let all: [any Rule.Type] = [
    RemoteCode.self,
    HubKernel.self,
    CloudStorage.self,
    Dataset.self,
    HTTPDownload.self,
    HuggingFaceHub.self,
    LibraryWeights.self,
    ModelRegistry.self,
    PretrainedModel.self,
    PythonGitClone.self,
    AddedLocally.self,
    ByteCompiledPython.self,
    CollidingNames.self,
    DanglingLink.self,
    ExcludedLoadable.self,
    InterruptedDownload.self,
    MixedCommits.self,
    NotExamined.self,
    ProvenanceMismatch.self,
    ShippedConfiguration.self,
    IncompleteShards.self,
    LFSPointer.self,
    NativeExecutable.self,
    StartupCode.self,
    UnparsedPython.self,
    RedirectedDownloads.self,
    ForeignAutoMap.self,
    ConfiguredCode.self,
    ForeignModule.self,
    ConfiguredDownload.self,
    ChatTemplate.self,
    UnpinnedRequirement.self,
    UnpinnedBuildRequirement.self,
    UnhashedRequirement.self,
    UnpinnedGitDependency.self,
    UnpinnedAction.self,
    UnpinnedImage.self,
    UnpinnedPreCommitHook.self,
    UnpinnedSystemPackage.self,
    PinnedDependency.self,
    LockfileOutOfDate.self,
    DependencyConfusion.self,
    TLSDisabled.self,
    UnreadableManifest.self,
  ].sorted { $0.documentation.id < $1.documentation.id }

  /// The rule of this name.
  package static func rule(_ id: RuleID) -> (any Rule.Type)? {
    all.first { $0.documentation.id == id }
  }
}
