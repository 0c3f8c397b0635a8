/// Calls inside of functions, worked out again for those who call these.
extension PythonCallers {
  /// Pending calls of one module with what callers pass.
  func replay(
    _ entries: [Entry], _ known: [PythonPendingCall], _ evaluator: PythonEvaluator
  ) -> [PythonPendingCall] {
    guard let first = entries.first else { return [] }
    evaluator.begin(
      budget: PythonCallFinder.budget(program.modules[known[first.inner].reference.module])
        + entries.count * 1_000, question: PythonEvaluator.callerQuestion)
    // Several pending calls stand in the same function: what a caller makes of it is worked out once.
    var frames: [PythonPendingCall.Link: [PythonFrame]] = [:]
    var inside: [InnerFrame: PythonFrame] = [:]
    return entries.flatMap { entry -> [PythonPendingCall] in
      let inner = known[entry.inner]
      let module = program.modules[entry.module]
      let link = PythonPendingCall.Link(
        call: CallReference(module: module.index, node: Int(entry.call.index)),
        function: entry.function)
      guard entry.isTelling else { return [unresolved(inner, entry, link)] }
      let entered = frames[link] ?? self.frames(of: entry, module, evaluator)
      frames[link] = entered
      return entered.flatMap { replay(inner, entry, $0, link, &inside, evaluator) }
    }
  }

  /// What the function that a call enters is given, for each way to enter it.
  func frames(
    of entry: Entry, _ module: PythonModuleModel, _ evaluator: PythonEvaluator
  ) -> [PythonFrame] {
    guard case .call(let function, let nodes)? = module.tree.expression(entry.call) else {
      return []
    }
    var called = entered(by: function, of: entry.call, module, evaluator)
      .filter { $0.function == entry.function }
    if called.isEmpty {
      called = handed(by: entry.call, module, evaluator)
        .filter { $0.function == entry.function }
    }
    return called.map { entered in
      frame(
        of: entered.arguments.isWhole
          ? PythonArguments() : evaluator.evaluate(nodes, module, nil),
        entered.arguments, entered.function,
        isMethod: isMethod(entered.function, evaluator), evaluator)
    }
  }

  /// A pending call of whose arguments a caller says nothing.
  func unresolved(
    _ inner: PythonPendingCall, _ entry: Entry, _ link: PythonPendingCall.Link
  ) -> PythonPendingCall {
    var arguments = PythonArguments()
    arguments.hasOpenPositionals = true
    arguments.hasOpenKeywords = true
    return PythonPendingCall(
      reference: inner.reference, callees: inner.callees, arguments: arguments,
      receiver: inner.receiver, touched: entry.touched,
      calleeTouched: inner.isSite ? [] : entry.touched, isSite: inner.isSite,
      deciding: inner.deciding, isPlain: inner.isPlain, chain: inner.chain + [link],
      origin: entry.inner)
  }

  /// A call that is followed under a frame, which what is known of it keeps alive.
  struct InnerFrame: Hashable {
    let outer: ObjectIdentifier
    let step: PythonPendingCall.Link
  }

  /// A pending call worked out again under the frame of one more caller.
  func replay(
    _ inner: PythonPendingCall, _ entry: Entry, _ outermost: PythonFrame,
    _ link: PythonPendingCall.Link, _ known: inout [InnerFrame: PythonFrame],
    _ evaluator: PythonEvaluator
  ) -> [PythonPendingCall] {
    var frame = outermost
    for step in inner.chain.reversed() {
      let key = InnerFrame(outer: ObjectIdentifier(frame), step: step)
      if let known = known[key] {
        frame = known
        continue
      }
      let module = evaluator.modules[step.call.module]
      let node = PythonNode(index: UInt32(truncatingIfNeeded: step.call.node))
      guard case .call(_, let nodes)? = module.tree.expression(node) else { return [] }
      let arguments = evaluator.evaluate(nodes, module, frame)
      let next = evaluator.frame(
        for: step.function, arguments, isMethod: isMethod(step.function, evaluator), outer: frame)
      known[key] = next
      frame = next
    }
    let module = evaluator.modules[inner.reference.module]
    let node = PythonNode(index: UInt32(truncatingIfNeeded: inner.reference.node))
    let finder = PythonCallFinder(module, program, interest, evaluator)
    let outer = evaluator.touched
    defer { evaluator.touched = outer }
    return finder.pending(node, frame: frame, again: inner).compactMap { one in
      let known = Set(inner.chain.map(\.function) + [link.function])
      let rest = one.touched.filter { !known.contains($0.function) }
      if !one.isSite, rest.isEmpty, entry.touched.isEmpty { return nil }
      return PythonPendingCall(
        reference: one.reference, callees: one.callees, arguments: one.arguments,
        receiver: one.receiver, touched: entry.touched.union(rest),
        calleeTouched: one.isSite ? [] : entry.touched.union(one.calleeTouched.intersection(rest)),
        isSite: one.isSite, deciding: one.deciding, isPlain: one.isPlain,
        chain: inner.chain + [link], origin: entry.inner)
    }
  }
}
