import Core
import Synchronization

/// A parsed module with its scopes and everything that binds a name in it.
final class PythonModuleModel: Sendable {
  let index: Int
  let source: PythonModuleSource
  let tree: PythonSyntaxTree
  let scopes: [PythonScope]
  let blocks: [PythonBlock]
  /// How many of `blocks` are suites of statements; those are in order of their start.
  let statementBlocks: Int
  /// Indices of expression blocks by start.
  let expressionBlocks: [Int]
  let bindings: [PythonBinding]
  /// Each binding's next older one of the same name and scope, -1 at the end.
  let older: [Int32]
  /// The newest binding by scope and name.
  let newest: [UInt64: Int32]
  /// What kinds of binding a name has anywhere in the module.
  let nameFlags: [NameFlags]
  let attributeStores: [PythonName: [PythonStore]]
  let subscriptStores: [PythonStore]
  /// Scopes of definitions, lambdas and comprehensions by node index.
  let scopeOfNode: [UInt32: Int]
  /// Every call expression, in order of index.
  let calls: [PythonNode]
  /// The last `from m import *` of each scope.
  let starImports: [PythonNode]
  private let knownMutatingCalls = Mutex<[UInt64: [PythonNode]]?>(nil)

  struct NameFlags: OptionSet, Sendable {
    let rawValue: UInt8
    static let definition = Self(rawValue: 1)
    static let imported = Self(rawValue: 2)
    static let assigned = Self(rawValue: 4)
    static let parameter = Self(rawValue: 8)
  }

  init(index: Int, source: PythonModuleSource, tree: PythonSyntaxTree, binder: PythonBinder) {
    self.index = index
    self.source = source
    self.tree = tree
    scopes = binder.scopes
    blocks = binder.blocks
    statementBlocks = binder.statementBlocks
    expressionBlocks = binder.expressionBlocks
    bindings = binder.bindings
    older = binder.older
    newest = binder.newest
    nameFlags = binder.nameFlags
    attributeStores = binder.attributeStores
    subscriptStores = binder.subscriptStores
    scopeOfNode = binder.scopeOfNode
    calls = binder.calls
    starImports = binder.scopes.flatMap { $0.starImports.suffix(8) }
  }

  /// The dotted name of a definition; of one that stands very deep, the inner part of it.
  func qualifiedName(ofScope scope: Int) -> String {
    var parts: [String] = []
    var current = scope
    while current > 0, parts.count < 32 {
      parts.append(name(ofScope: current) ?? "<lambda>")
      current = scopes[current].parent
    }
    if !source.name.isEmpty { parts.append(source.name) }
    return parts.reversed().joined(separator: ".")
  }

  /// The name of a function or class; nil for other scopes.
  func name(ofScope scope: Int) -> String? { scopes[scope].name.map(tree.string) }

  /// The innermost scope and block around an offset.
  func place(at offset: Int) -> PythonPlace {
    var low = 0
    var high = statementBlocks
    while high - low > 1 {
      let middle = (low + high) / 2
      if blocks[middle].start <= offset { low = middle } else { high = middle }
    }
    var block = low
    while block > 0, blocks[block].end <= offset { block = blocks[block].parent }
    if !expressionBlocks.isEmpty {
      low = 0
      high = expressionBlocks.count
      while low < high {
        let middle = (low + high) / 2
        if blocks[expressionBlocks[middle]].start <= offset {
          low = middle + 1
        } else {
          high = middle
        }
      }
      if low > 0 {
        var inner = expressionBlocks[low - 1]
        while blocks[inner].kind == .expression {
          if offset < blocks[inner].end {
            if blocks[inner].start >= blocks[block].start {
              return PythonPlace(scope: blocks[inner].scope, block: inner)
            }
            break
          }
          inner = blocks[inner].parent
        }
      }
    }
    return PythonPlace(scope: blocks[block].scope, block: block)
  }

  /// The place of a node.
  func place(of node: PythonNode) -> PythonPlace { place(at: tree.range(node).lowerBound) }

  /// The bindings of `name` in exactly this scope, newest first.
  func hasBinding(_ name: PythonName, in scope: Int) -> Int32? {
    newest[UInt64(scope) << 32 | UInt64(name.index)]
  }

  /// Whether `inner` is `outer` or lies in it.
  func isBlock(_ inner: Int, in outer: Int) -> Bool {
    var block = inner
    let depth = blocks[outer].depth
    while block >= 0, blocks[block].depth > depth { block = blocks[block].parent }
    return block == outer
  }

  /// The innermost function or lambda around a scope, the scope itself included.
  func function(around scope: Int) -> Int? {
    var scope = scope
    while scope > 0 {
      switch scopes[scope].kind {
      case .function, .lambda: return scope
      case .comprehension, .classBody: scope = scopes[scope].parent
      case .module: return nil
      }
    }
    return nil
  }

  /// The class that a function is a method of.
  func classScope(ofMethod scope: Int) -> Int? {
    let parent = scopes[scope].parent
    guard scopes[scope].kind == .function, parent >= 0, scopes[parent].kind == .classBody else {
      return nil
    }
    return parent
  }

  /// Calls of `append` and its like on a name, by scope and name, in order; found out when first
  /// asked for.
  var mutatingCalls: [UInt64: [PythonNode]] {
    if let known = knownMutatingCalls.withLock({ $0 }) { return known }
    let methods = ["append", "extend", "insert", "update"].compactMap(tree.name)
    var found: [UInt64: [PythonNode]] = [:]
    for call in methods.isEmpty ? [] : calls {
      guard case .call(let function, _)? = tree.expression(call),
        case .attribute(let base, let name)? = tree.expression(function), methods.contains(name),
        let target = tree.identifier(base)
      else { continue }
      let scope = place(of: call).scope
      found[UInt64(scope) << 32 | UInt64(target.index), default: []].append(call)
    }
    knownMutatingCalls.withLock { $0 = found }
    return found
  }

  /// Where a node stands in the file.
  func location(_ node: PythonNode) -> Location { location(tree.range(node)) }

  /// Where a stretch of the text stands in the file.
  func location(_ range: Range<Int>) -> Location {
    Location(
      source.path, start: position(at: range.lowerBound), end: position(at: range.upperBound))
  }

  /// The place in the file of an offset in the text.
  func position(at offset: Int) -> TextPosition {
    source.map?.position(offset) ?? tree.position(at: offset)
  }

  /// A node's source on one line, runs of blanks as one, comments left out, at most 400 bytes.
  func construct(_ node: PythonNode) -> String {
    var bytes: [UInt8] = []
    var quote: UInt8 = 0
    var isBlank = false
    var isComment = false
    for byte in tree.slice(node).prefix(4_000) {
      if isComment {
        if byte == 0x0A { isComment = false }
        continue
      }
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "#") {
        isComment = true
        continue
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      }
      if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0x0C
        || byte == UInt8(ascii: "\\") && quote == 0
      {
        isBlank = true
        continue
      }
      if isBlank, let last = bytes.last, quote != 0 || Self.isWord(last) && Self.isWord(byte) {
        bytes.append(0x20)
      }
      isBlank = false
      bytes.append(byte)
      if bytes.count >= 400 { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
