/// A module, class, function, lambda or comprehension: where names live.
struct PythonScope: Sendable {
  enum Kind: Sendable {
    case module, classBody, function, lambda, comprehension
  }

  let kind: Kind
  /// The enclosing scope; -1 for the module.
  let parent: Int
  /// The definition, lambda or comprehension; nil for the module.
  let node: PythonNode?
  /// The block of its body.
  let block: Int
  /// The name of a definition; nil for the others.
  var name: PythonName?
  var parameters: [PythonParameter] = []
  /// What its `return` statements return, with a lambda's body among them.
  var returns: [PythonNode] = []
  var globals: Set<PythonName> = []
  /// `from x import *` statements.
  var starImports: [PythonNode] = []
  var decorators: PythonNodeList?
  /// A class's bases and keywords.
  var bases: PythonNodeList?
  var isGenerator = false
}

/// A suite of statements that run one after another, or an expression scope's inside.
struct PythonBlock: Sendable {
  enum Kind: Sendable {
    case body  // of the module, a function or a class
    case branch  // of an if, a match or a handler: excludes its siblings
    case tryBody, finally, with, loop, loopElse
    case expression
  }

  enum Leaving: Sendable {
    case no
    /// `break` or `continue`.
    case loop
    /// `return`, `raise`, or a call that ends the program.
    case function
  }

  let kind: Kind
  let parent: Int
  let scope: Int
  /// The compound statement that it belongs to, by node index.
  let owner: UInt32
  /// Its number among the owner's branches.
  let branch: Int
  let start: Int
  let end: Int
  let depth: Int
  /// What is last in it.
  var leaving = Leaving.no
  /// Of the owner: how many branches have to bind a name so that it is bound behind; 0 = never.
  var exhaustive = 0
}

/// One place where a name gets a value.
struct PythonBinding: Sendable {
  enum Kind: Sendable {
    /// `name = value`, or part of what is unpacked from it.
    case value(PythonNode, path: [Int])
    case augmented(PythonNode, PythonOperator)
    /// An element of an iterable, or part of one.
    case element(PythonNode, path: [Int])
    /// `with value as name`.
    case context(PythonNode)
    /// `import a.b`, by its alias.
    case module(PythonNode)
    /// `from m import a`: the statement and the alias.
    case member(PythonNode, PythonNode)
    case function(scope: Int)
    case classDefinition(scope: Int)
    case parameter(index: Int)
    /// Something that is not followed: an exception, a pattern, the rest of an unpacking.
    case opaque
  }

  let name: PythonName
  let scope: Int
  let block: Int
  /// The offset from which on it holds.
  let order: Int
  let kind: Kind
  /// Made from within another scope through `global` or `nonlocal`.
  let isForeign: Bool
}

/// `object.name = value`, or `object[index] = value`.
struct PythonStore: Sendable {
  let target: PythonNode
  let value: PythonNode
  let scope: Int
  let order: Int
  let isAugmented: Bool
}

/// Where an expression stands.
struct PythonPlace: Sendable {
  let scope: Int
  let block: Int
}
