/// What the parameters of a called function are worth in one call.
final class PythonFrame {
  let function: PythonCallee.Definition
  let arguments: [PythonName: PythonValue]
  /// Frames of other functions that hold as well: those that the call was made from.
  let outer: PythonFrame?
  /// Whether it stands for one round of a comprehension, whose names `memo` holds from the start.
  let isRound: Bool
  /// Whether what some call gave is among the arguments.
  private(set) lazy var holdsResults = arguments.values.contains(where: \.holdsResult)
  /// Names already worked out under this frame.
  var memo: [UInt64: PythonEvaluator.Memo] = [:]

  init(
    function: PythonCallee.Definition, arguments: [PythonName: PythonValue], outer: PythonFrame?,
    isRound: Bool = false
  ) {
    self.function = function
    self.arguments = arguments
    self.outer = outer
    self.isRound = isRound
  }

  /// The argument for a parameter of `function`, in the innermost frame that has it.
  static func argument(
    _ name: PythonName, of function: PythonCallee.Definition, in frame: PythonFrame?
  ) -> PythonValue? {
    var frame = frame
    while let current = frame {
      if current.function == function { return current.arguments[name] }
      frame = current.outer
    }
    return nil
  }
}
