internal import Core
internal import FileSystem

/// One thread's part in hashing: a buffer, the folder it is in, and what it has finished.
struct HashWorker<Output: Sendable>: ~Copyable {
  typealias Inspect = @Sendable (Int, HashedFile, Span<UInt8>, borrowing OpenFile) -> Output

  /// Bytes a read of a large file asks for: small enough for the second-level cache, so that hashing
  /// finds the bytes where the copy out of the page cache left them.
  private static var chunk: Int { 1 << 18 }

  private let results: IndexedResults<Result<Output, HashingError>>
  private let roots: [HashRoot]
  private let interval: UInt64
  private let progress: HashProgress?
  private let whileReading: (@Sendable (Int, UInt64) -> Void)?
  private var buffer: [UInt8]
  private var reader: TreeReader?
  private var readerRoot = -1

  init(
    roots: [HashRoot], interval: UInt64,
    results: IndexedResults<Result<Output, HashingError>>, progress: HashProgress?,
    whileReading: (@Sendable (Int, UInt64) -> Void)?
  ) {
    self.roots = roots
    self.interval = interval
    self.results = results
    self.progress = progress
    self.whileReading = whileReading
    // One byte more than the largest small file, to see it grow in the same read.
    buffer = [UInt8](repeating: 0, count: FileHasher.wholeLimit + 1)
  }

  /// Hashes the file of `job`, which nobody looked at yet, unless it is too large to be read at
  /// once: then its facts are the answer.
  mutating func hashUnseen(_ job: HashJob, _ index: Int, _ inspect: Inspect) -> FileFacts? {
    do throws(HashingError) {
      let file = try open(job)
      guard file.facts.size <= min(UInt64(FileHasher.wholeLimit), interval) else {
        return file.facts
      }
      progress?.plan(file.facts.size)
      results.put(.success(try hashWhole(file, job, index, inspect)), at: index)
    } catch {
      results.put(.failure(error), at: index)
    }
    return nil
  }

  /// Reads the file of `job` at once, hashes it and has it inspected.
  mutating func hashSmall(_ job: HashJob, _ index: Int, _ inspect: Inspect) {
    do throws(HashingError) {
      let file = try open(job)
      results.put(.success(try hashWhole(file, job, index, inspect)), at: index)
    } catch {
      results.put(.failure(error), at: index)
    }
  }

  private mutating func hashWhole(
    _ file: borrowing OpenFile, _ job: HashJob, _ index: Int, _ inspect: Inspect
  ) throws(HashingError) -> Output {
    let count = try readWhole(file, job, index)
    let digest = try SHA256Stream.digest(of: buffer.span.extracting(0..<count))
    progress?.advance(UInt64(count))
    let hashed = HashedFile(
      facts: file.facts, digest: digest, checkpoints: [],
      comparison: Self.comparison(
        of: UInt64(count), digest, [], with: job.expected, interval: interval))
    let output = inspect(index, hashed, buffer.span.extracting(0..<count), file)
    try lookAgain(file, job)
    return output
  }

  /// Streams the file of `job` from front to back.
  mutating func hashLarge(_ job: HashJob, _ index: Int, _ inspect: Inspect) {
    do throws(HashingError) {
      let file = try open(job)
      file.willReadSequentially()
      let size = file.facts.size
      var stream = CheckpointedStream(interval: interval)
      try read(file, 0..<size, job, index) { stream.update($0) }
      let whole = try stream.finish()
      let hashed = HashedFile(
        facts: file.facts, digest: whole.digest, checkpoints: whole.checkpoints,
        comparison: Self.comparison(
          of: size, whole.digest, whole.checkpoints, with: job.expected, interval: interval))
      results.put(.success(try conclude(file, job, index, hashed, inspect)), at: index)
    } catch {
      results.put(.failure(error), at: index)
    }
  }

  /// Verifies one range of the file of `job`; whoever does the last one concludes.
  mutating func verify(
    _ job: HashJob, _ index: Int, range: Int, in verification: RangeVerification,
    _ inspect: Inspect
  ) {
    var outcome = Result<Bool, HashingError>.success(false)
    do throws(HashingError) {
      let file = try open(job)
      let values = try values(file, job, index, links: range..<range + 1, in: verification)
      outcome = .success(values == [verification.goal(before: range + 1)])
    } catch {
      outcome = .failure(error)
    }
    guard let verdict = verification.note(range, outcome) else { return }
    do throws(HashingError) {
      results.put(.success(try judge(verdict, job, index, verification, inspect)), at: index)
    } catch {
      results.put(.failure(error), at: index)
    }
  }
}

// Judging a file by its ranges.
extension HashWorker {
  private mutating func judge(
    _ verdict: RangeVerification.Verdict, _ job: HashJob, _ index: Int,
    _ verification: RangeVerification, _ inspect: Inspect
  ) throws(HashingError) -> Output {
    var failing: [Int] = []
    switch verdict {
    case .error(let error): throw error
    case .holds: break
    case .fails(let links): failing = links
    }
    // Every range was read from a file with the listing's facts, and this one has them too: all
    // ranges were read from the same bytes.
    let file = try open(job)
    let expected = verification.expected
    var checkpoints = expected.checkpoints
    var damaged: [Int] = []
    var differing: [Range<Int>] = []
    for run in RangeVerification.runs(of: failing) {
      // A single link that fails between links that hold has other bytes: nothing to tell apart.
      if run.count > 1 {
        let values = try values(file, job, index, links: run, in: verification)
        if values.last == verification.goal(before: run.upperBound) {
          damaged += run.lowerBound..<run.upperBound - 1
          for (link, value) in zip(run.dropLast(), values) { checkpoints[link] = value }
          continue
        }
      }
      differing.append(run)
    }
    var digest = expected.digest
    var comparison = damaged.isEmpty ? HashComparison.same : .damagedCheckpoints(damaged)
    if let first = differing.first {
      // What the bytes really are: from the last proven state to the end.
      let rest = first.lowerBound..<verification.count
      let values = try values(file, job, index, links: rest, in: verification)
      checkpoints.replaceSubrange(first.lowerBound..., with: values.dropLast())
      digest = values.last ?? digest
      comparison = .different(ranges: differing.map(verification.bytes(of:)))
    }
    let hashed = HashedFile(
      facts: file.facts, digest: digest, checkpoints: checkpoints, comparison: comparison)
    return try conclude(file, job, index, hashed, inspect)
  }

  /// The chaining value at the end of each of `links`, for the last of the file its digest, when
  /// hashing starts from the checkpoint before them.
  private mutating func values(
    _ file: borrowing OpenFile, _ job: HashJob, _ index: Int, links: Range<Int>,
    in verification: RangeVerification
  ) throws(HashingError) -> [SHA256Digest] {
    file.willReadSequentially()
    var stream = verification.stream(at: links.lowerBound)
    var values: [SHA256Digest] = []
    for link in links {
      let bytes = verification.bytes(of: link..<link + 1)
      try read(file, bytes, job, index) { stream.update($0) }
      if link + 1 < verification.count, let value = stream.chainingValue { values.append(value) }
    }
    if links.upperBound == verification.count { values.append(try stream.finish()) }
    return values
  }

  /// Has a large file inspected and looks at it again.
  private mutating func conclude(
    _ file: borrowing OpenFile, _ job: HashJob, _ index: Int, _ hashed: HashedFile,
    _ inspect: Inspect
  ) throws(HashingError) -> Output {
    let start = 0..<min(file.facts.size, UInt64(FileHasher.wholeLimit))
    let head: [UInt8]
    do throws(FileSystemError) {
      head = try file.bytes(in: start, job.path.description)
    } catch {
      throw .file(error)
    }
    guard head.count == Int(start.upperBound) else { throw .file(.changed(job, .shrank)) }
    let output = inspect(index, hashed, head.span, file)
    try lookAgain(file, job)
    return output
  }
}

// Reading.
extension HashWorker {
  private mutating func open(_ job: HashJob) throws(HashingError) -> OpenFile {
    do throws(FileSystemError) {
      if readerRoot != job.root || reader == nil {
        reader = try TreeReader(root: roots[job.root].folder)
        readerRoot = job.root
      }
      guard let file = try reader?.open(job.path) else {
        throw FileSystemError.changed(job, .vanished)
      }
      // Between listing and opening somebody may have put another file there.
      if let change = job.facts?.change(to: file.facts) { throw .changed(job, change) }
      return file
    } catch {
      throw .file(error.isMissing ? .changed(job, .vanished) : error)
    }
  }

  /// Fills the buffer with a small file; the count of its bytes.
  private mutating func readWhole(
    _ file: borrowing OpenFile, _ job: HashJob, _ index: Int
  ) throws(HashingError) -> Int {
    let size = Int(clamping: file.facts.size)
    whileReading?(index, 0)
    // Nearly always one call: it asks for more than there is, and gets all.
    var count = try fill(file, job, at: 0, limit: buffer.count)
    if count < size {
      whileReading?(index, UInt64(count))
      // Short for another reason than the end: a network file system, a signal.
      let rest: [UInt8]
      do throws(FileSystemError) {
        rest = try file.bytes(in: UInt64(count)..<UInt64(size), job.path.description)
      } catch {
        throw .file(error)
      }
      buffer.replaceSubrange(count..<count + rest.count, with: rest)
      count += rest.count
    }
    whileReading?(index, UInt64(count))
    if count < size { throw .file(.changed(job, .shrank)) }
    if count > size { throw .file(.changed(job, .grew)) }
    return count
  }

  /// Hands the bytes of `range` to `take`, a chunk at a time.
  private mutating func read(
    _ file: borrowing OpenFile, _ range: Range<UInt64>, _ job: HashJob, _ index: Int,
    _ take: (Span<UInt8>) -> Void
  ) throws(HashingError) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      whileReading?(index, offset)
      let limit = Int(min(range.upperBound - offset, UInt64(Self.chunk)))
      let count = try fill(file, job, at: offset, limit: limit)
      if count == 0 { throw .file(.changed(job, .shrank)) }
      take(buffer.span.extracting(0..<count))
      offset += UInt64(count)
      progress?.advance(UInt64(count))
    }
    whileReading?(index, offset)
  }

  private mutating func fill(
    _ file: borrowing OpenFile, _ job: HashJob, at offset: UInt64, limit: Int
  ) throws(HashingError) -> Int {
    do throws(FileSystemError) {
      return try file.read(into: &buffer, at: offset, limit: limit, job.path.description)
    } catch {
      throw .file(error)
    }
  }

  /// Makes sure that the path still leads to the very file that was read, and that its size and time
  /// stamps are those from before.
  private mutating func lookAgain(
    _ file: borrowing OpenFile, _ job: HashJob
  ) throws(HashingError) {
    do throws(FileSystemError) {
      // One look covers the descriptor too: it is the same file with the same facts.
      guard let facts = try reader?.facts(of: job.path) else { throw .changed(job, .vanished) }
      if let change = file.facts.change(to: facts) { throw .changed(job, change) }
    } catch {
      throw .file(error.isMissing ? .changed(job, .vanished) : error)
    }
  }
}

// Comparing a file that was hashed from front to back.
extension HashWorker {
  private static func comparison(
    of size: UInt64, _ digest: SHA256Digest, _ checkpoints: [SHA256Digest],
    with expected: ExpectedHash?, interval: UInt64
  ) -> HashComparison {
    guard let expected else { return .none }
    if size == expected.size, digest == expected.digest {
      // Recorded checkpoints may be dropped, but those that stand there must be the file's own.
      if expected.checkpoints.isEmpty || expected.checkpoints == checkpoints { return .same }
      let recorded = expected.checkpoints
      let wrong = (0..<max(recorded.count, checkpoints.count)).filter {
        $0 >= recorded.count || $0 >= checkpoints.count || recorded[$0] != checkpoints[$0]
      }
      return .damagedCheckpoints(wrong)
    }
    // Equal checkpoints at the front prove that nothing differs before them.
    let equal = zip(checkpoints, expected.checkpoints).prefix { $0 == $1 }.count
    let start = UInt64(equal) * interval
    return .different(ranges: start < size ? [start..<size] : [])
  }
}

extension FileSystemError {
  fileprivate static func changed(_ job: HashJob, _ what: FileChange) -> FileSystemError {
    .changedWhileRead(path: job.path.description, what: what)
  }
}
