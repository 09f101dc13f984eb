import Mappings
import ShowFiles
import Switching

/// What there is to say of a show before the night.
struct ShowReport {
  /// Only worth knowing.
  private(set) var remarks: [String] = []
  /// Each with what to do.
  private(set) var problems: [String] = []
  /// `5 layers, 14 shots`.
  let size: String

  /// - Parameter mapping: says which layers and shots have controls; `nil` where there is none to say.
  init(_ tree: ContentTree, _ mapping: Mapping?, directory: String) {
    let shots = tree.show.layers.reduce(0) { $0 + $1.shots.count }
    size = "\(tree.show.layers.count) layers, \(shots) shots"
    remarks = tree.notes.filter(\.advice.isEmpty).map(\.description)
    problems = tree.notes.filter { !$0.advice.isEmpty }.map(\.description)
    problems += mapping?.gaps(in: tree.show) ?? []
    for name in MacroCheck.optional where tree.macros[name] == nil {
      remarks.append("there is no macro \(quoted(name)), which is fine: its button then does nothing")
    }
    let slots = ShowSlots(tree, directory: directory)
    var macros = MacroCheck(tree)
    macros.check(slots.objection)
    problems += macros.problems.map(\.description)
    // Layers and shots are among the gaps.
    for binding in mapping?.allBindings ?? [] {
      for action in binding.actions where action.calledMacro != nil || action.calledScript != nil {
        guard let objection = slots.objection(to: action) else { continue }
        problems.append("the mapping's \(binding.control): \(objection.message): \(objection.advice)")
      }
    }
  }
}

extension SwitcherReading {
  /// What the switcher cannot do of the show that it was read with.
  func objections(to show: Show) -> [String] {
    if let showObjections { return showObjections }
    if let words = objection(to: .show(.open(show))) { return [words] }
    let known = Set(state.scenes + state.inputs.map(\.name) + state.items.keys.map(\.name))
    return show.layers.flatMap { layer in
      layer.shots.compactMap { shot in
        guard case .live(let name) = shot.content, !known.contains(name) else { return nil }
        return "layer \(quoted(layer.name)): the switcher has no scene or input \(quoted(name)): "
          + (nearest(to: name, among: known).map { "did you mean \(quoted($0))?" }
            ?? "make it there, or rename it in show.yaml")
      }
    }
  }
}
