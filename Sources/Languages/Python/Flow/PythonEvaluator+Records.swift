/// Objects that a command line fills field by field: what the parsers of dataclasses return.
extension PythonEvaluator {
  /// What a library's parser gives for the classes that it was given; nil for other functions.
  func parsedRecords(
    _ target: PythonCallee, _ arguments: PythonArguments,
    _ receiver: PythonValue.Alternative?
  ) -> PythonValue? {
    switch target.last {
    case "parse_args_into_dataclasses", "parse_args_and_config", "parse_json_file",
      "parse_yaml_file", "parse_dict":
      guard case .instance(_, let made?)? = receiver?.atom, let given = self.arguments(of: made)
      else { return nil }
      let classes = given.argument("dataclass_types", at: 0)
      guard let classes, classes.alternatives.count == 1 else { return nil }
      var records: [PythonValue]
      if case .list(let items, _) = classes.alternatives[0].atom {
        records = items.map { record($0) }
      } else {
        records = [record(classes)]
      }
      let hasRest = arguments.keywords.contains {
        ["return_remaining_strings", "return_remaining_args"].contains($0.name)
      }
      if hasRest { records.append(.unknown) }
      return PythonValue(.list(records, kind: .tuple))
    case "parse_args", "parse_known_args", "from_args":
      // Classes that parse themselves: `Arguments().parse_args()`.
      guard case .instance(let callee, _)? = receiver?.atom, let own = callee.definition,
        isRecord(own)
      else { return nil }
      return PythonValue(.instance(of: callee, made: nil))
    default: break
    }
    let isParser: Bool =
      switch target.top {
      case "tyro", "jsonargparse": ["cli", "CLI", "auto_cli"].contains(target.last)
      case "pyrallis", "draccus", "simple_parsing": target.last == "parse"
      case "chz": target.last == "entrypoint"
      case "datargs", "argparse_dataclass": ["parse", "parse_args"].contains(target.last)
      case "omegaconf": target.last == "structured"
      default: false
      }
    guard isParser, let first = arguments.positional.first ?? arguments.keywords.first?.value else {
      return nil
    }
    let classes = first.references.filter { isClass($0) }
    guard !classes.isEmpty else { return nil }
    return PythonValue.join(classes.map { PythonValue(.instance(of: $0, made: nil)) })
  }

  /// An object of a class, its fields as a user fills them.
  private func record(_ value: PythonValue) -> PythonValue {
    PythonValue.join(
      value.alternatives.map { alternative in
        guard case .reference(let callee) = alternative.atom, isClass(callee) else {
          // A library's class: its fields are options by whatever name they are asked for.
          return PythonValue(.unknown(.option("")))
        }
        return PythonValue(.instance(of: callee, made: nil))
      })
  }

  private func isClass(_ callee: PythonCallee) -> Bool {
    guard let definition = callee.definition else { return false }
    return modules[definition.module].scopes[definition.scope].kind == .classBody
  }

  /// An object of the class that a parameter is annotated with, when its fields are filled by name.
  func annotatedRecord(_ parameter: PythonParameter, _ module: PythonModuleModel) -> PythonValue? {
    guard let annotation = parameter.annotation else { return nil }
    let kind = module.tree.kind(annotation)
    guard kind == .name || kind == .attribute else { return nil }
    let classes = value(annotation, module).references.filter { callee in
      guard isClass(callee), let definition = callee.definition else { return false }
      return isRecord(definition)
    }
    guard !classes.isEmpty else { return nil }
    return PythonValue.join(classes.map { PythonValue(.instance(of: $0, made: nil)) })
  }
}
