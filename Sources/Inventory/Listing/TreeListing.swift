import Core
import FileSystem
import Hashing

/// Lists a tree level by level, the folders of one level on all workers.
///
/// Nothing is followed: each folder is opened component by component from the root's descriptor.
/// Levels instead of recursion, so that depth costs no stack.
struct TreeListing: Sendable {
  let root: HashRoot
  let rules: ExclusionRules
  let limits: CrawlLimits
  let pool: WorkerPool

  /// A folder still to list; `reason` when it is left out and only its names are recorded.
  private struct Task: Sendable {
    let path: [UInt8]
    let reason: Exclusion.Reason?
  }

  private struct Outcome: Sendable {
    var listing = Listing()
    var tasks: [Task] = []
  }

  func list() throws(CrawlError) -> Listing {
    var whole = Listing()
    var level = [Task(path: [], reason: nil)]
    var depth = 0
    while !level.isEmpty {
      let tasks = level
      let outcomes = pool.map(tasks.count) { list(tasks[$0]) }
      level = []
      for outcome in outcomes {
        whole.add(outcome.listing)
        level += outcome.tasks
      }
      depth += 1
      if depth > limits.depth, let deep = level.first {
        whole.problems.append(
          CrawlProblem(path: deep.path, reason: "more than \(limits.depth) folders deep"))
        break
      }
      guard whole.files.count + whole.links.count + whole.exclusions.count <= limits.entries else {
        throw .limit("the tree has more than \(limits.entries) entries")
      }
    }
    whole.sort()
    return whole
  }

  /// Looks at every listed folder once more.
  func changes(since listing: Listing) -> [CrawlProblem] {
    pool.map(listing.folders.count, batch: 16) { index -> CrawlProblem? in
      let folder = listing.folders[index]
      let shown = folder.path.isEmpty ? Array(".".utf8) : folder.path
      do throws(FileSystemError) {
        let facts = try open(folder.path).facts()
        guard folder.facts.change(to: facts) == nil else {
          return CrawlProblem(path: shown, reason: "the folder changed during the crawl")
        }
        return nil
      } catch {
        return CrawlProblem(path: shown, reason: error.reason)
      }
    }.compactMap(\.self)
  }

  private func open(_ path: [UInt8]) throws(FileSystemError) -> Folder {
    var folder = try root.folder.duplicate()
    for name in path.split(separator: UInt8(ascii: "/")) {
      let next = try folder.openFolder(name)
      folder = next
    }
    return folder
  }

  private func list(_ task: Task) -> Outcome {
    var outcome = Outcome()
    do throws(FileSystemError) {
      let folder = try open(task.path)
      let facts = try folder.facts()
      let names = try folder.entries()
      if task.reason == nil {
        outcome.listing.folders.append(Listing.Folder(path: task.path, facts: facts))
      }
      let prefix = task.path.isEmpty ? [] : task.path + [UInt8(ascii: "/")]
      for entry in names { add(entry, prefix + entry.name, folder, task, &outcome) }
    } catch {
      let path = task.path.isEmpty ? Array(".".utf8) : task.path
      // What is left out cannot stop the crawl; that it was left out is on record.
      if let reason = task.reason {
        if let path = try? RelativePath(bytes: task.path) {
          outcome.listing.exclusions.append(
            Exclusion(path: path, isFolder: true, reason: reason, role: nil))
        }
      } else {
        outcome.listing.problems.append(CrawlProblem(path: path, reason: error.reason))
      }
    }
    return outcome
  }

  private func add(
    _ entry: FolderEntry, _ bytes: [UInt8], _ folder: borrowing Folder, _ task: Task,
    _ outcome: inout Outcome
  ) {
    let path: RelativePath
    do throws(RelativePathError) {
      path = try RelativePath(bytes: bytes)
    } catch {
      if task.reason == nil {
        outcome.listing.problems.append(CrawlProblem(path: bytes, reason: error.description))
      }
      return
    }
    var kind = entry.kind
    let leaves = task.reason ?? (kind == .folder ? nil : rules.reason(file: bytes))
    do throws(FileSystemError) {
      if kind == .unknown {
        guard let facts = try folder.facts(of: entry.name[...]) else {
          throw .changedWhileRead(path: path.description, what: .vanished)
        }
        kind = facts.kind
      }
      if kind == .folder {
        let reason = task.reason ?? rules.reason(folder: bytes)
        if let reason {
          outcome.listing.exclusions.append(
            Exclusion(path: path, isFolder: true, reason: reason, role: nil))
          // The names below are recorded: something loadable may be among them.
          guard case .pattern = reason else { return }
        }
        outcome.tasks.append(Task(path: bytes, reason: reason))
        return
      }
      if let reason = leaves {
        outcome.listing.exclusions.append(ExclusionRules.exclusion(path, reason))
        return
      }
      switch kind {
      case .file:
        outcome.listing.files.append(path)
      case .link:
        let target = try folder.linkTarget(entry.name[...])
        outcome.listing.links.append(Listing.Link(path: path, target: target))
      case .folder: break
      case .fifo, .socket, .characterDevice, .blockDevice, .unknown:
        throw .special(path: path.description, kind: kind)
      }
    } catch {
      outcome.listing.problems.append(CrawlProblem(path: bytes, reason: error.reason))
    }
  }
}
