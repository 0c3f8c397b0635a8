import Core
import FileSystem

/// Everything that stands below a root.
struct Listing: Sendable {
  struct Link: Sendable {
    let path: RelativePath
    let target: [UInt8]
  }

  /// A folder and what the system said of it before it was listed.
  struct Folder: Sendable {
    /// Empty for the root.
    let path: [UInt8]
    let facts: FileFacts
  }

  /// Regular files by what the folder says; whoever opens one looks closer.
  var files: [RelativePath] = []
  var links: [Link] = []
  var folders: [Folder] = []
  var exclusions: [Exclusion] = []
  var problems: [CrawlProblem] = []

  mutating func add(_ other: Listing) {
    files += other.files
    links += other.links
    folders += other.folders
    exclusions += other.exclusions
    problems += other.problems
  }

  /// By path, so that nothing depends on who listed what first.
  mutating func sort() {
    files.sort()
    links.sort { $0.path < $1.path }
    folders.sort { $0.path.lexicographicallyPrecedes($1.path) }
    exclusions.sort { $0.path < $1.path }
    problems.sort()
  }
}
