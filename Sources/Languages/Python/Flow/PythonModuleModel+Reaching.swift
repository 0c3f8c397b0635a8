extension PythonModuleModel {
  /// The bindings of `name` in `scope` that can hold at `offset` in `block`, newest first.
  ///
  /// With `offset` nil the question is asked from another scope: what holds at the scope's end.
  func reaching(_ name: PythonName, scope: Int, block: Int, offset: Int?) -> [Int] {
    guard let head = hasBinding(name, in: scope) else { return [] }
    var found: [Int] = []
    var covered: Set<Int> = []
    var coverage: [UInt32: Int] = [:]
    var dominating: Int?
    var next = Int(head)
    var seen = 0
    while next >= 0, seen < 200, found.count < 24 {
      seen += 1
      let index = next
      let binding = bindings[index]
      next = Int(older[index])
      if binding.isForeign {
        found.append(index)
        continue
      }
      if let offset, binding.order > offset { continue }
      switch relation(of: binding.block, to: block, covered: covered) {
      case .hidden: continue
      case .dominates:
        found.append(index)
        dominating = index
        next = -1
      case .mayReach:
        found.append(index)
        if cover(binding.block, &covered, &coverage, use: block) {
          dominating = index
          next = -1
        }
      }
    }
    if let offset {
      addLoopBindings(
        &found, head: Int(head), block: block, offset: offset, dominating: dominating)
    }
    return found
  }

  private enum Relation {
    case dominates, mayReach, hidden
  }

  private func relation(of inner: Int, to use: Int, covered: Set<Int>) -> Relation {
    // Climb to the common ancestor, remembering the children below it on both sides.
    var left = inner
    var right = use
    var leftChild = -1
    var rightChild = -1
    while left != right {
      if left < 0 || right < 0 { return .mayReach }
      if blocks[left].depth >= blocks[right].depth {
        if covered.contains(left) { return .hidden }
        // What a suite that ends in return or raise binds is not seen behind it.
        if blocks[left].leaving == .function, blocks[left].kind != .tryBody { leftChild = -2 }
        if leftChild != -2 { leftChild = left }
        left = blocks[left].parent
      } else {
        rightChild = right
        right = blocks[right].parent
      }
    }
    if covered.contains(left) { return .hidden }
    if leftChild == -1 { return .dominates }
    if leftChild == -2 { return .hidden }
    if rightChild >= 0, blocks[leftChild].owner == blocks[rightChild].owner,
      blocks[leftChild].branch != blocks[rightChild].branch, blocks[leftChild].kind == .branch
    {
      return .hidden
    }
    return .mayReach
  }

  /// Marks a block as one that always binds the name; answers whether it then holds at the use.
  private func cover(
    _ block: Int, _ covered: inout Set<Int>, _ coverage: inout [UInt32: Int], use: Int
  ) -> Bool {
    var block = block
    while block >= 0 {
      covered.insert(block)
      let parent = blocks[block].parent
      guard parent >= 0 else { return true }
      switch blocks[block].kind {
      case .with, .finally, .expression: break
      case .branch, .tryBody:
        let owner = blocks[block].owner
        var count = coverage[owner] ?? leavingBranches(of: block)
        if blocks[block].leaving == .no { count += 1 }
        coverage[owner] = count
        guard blocks[block].exhaustive > 0, count >= blocks[block].exhaustive else { return false }
      default: return false
      }
      block = parent
      if isBlock(use, in: block) { return true }
    }
    return true
  }

  /// How many of the other branches end in a jump and so need not bind anything.
  private func leavingBranches(of block: Int) -> Int {
    let owner = blocks[block].owner
    let parent = blocks[block].parent
    var count = 0
    // Siblings lie close together: suites are numbered in source order.
    var index = parent + 1
    var steps = 0
    while index < statementBlocks, steps < 400 {
      if blocks[index].start > blocks[parent].end { break }
      if blocks[index].owner == owner, blocks[index].kind == .branch, index != block,
        blocks[index].leaving != .no
      {
        count += 1
      }
      index += 1
      steps += 1
    }
    return count
  }

  /// Adds what a later part of a loop binds, since the loop comes round again.
  private func addLoopBindings(
    _ found: inout [Int], head: Int, block: Int, offset: Int, dominating: Int?
  ) {
    var loop: Int?
    var current = block
    while current >= 0, blocks[current].scope == blocks[block].scope {
      if blocks[current].kind == .loop {
        if let dominating, isBlock(bindings[dominating].block, in: current) { break }
        loop = current
      }
      current = blocks[current].parent
    }
    guard let loop else { return }
    var next = head
    var seen = 0
    while next >= 0, seen < 200, found.count < 24 {
      let binding = bindings[next]
      if binding.order > offset, binding.order <= blocks[loop].end,
        isBlock(binding.block, in: loop), !found.contains(next)
      {
        found.append(next)
      }
      next = Int(older[next])
      seen += 1
    }
  }
}
