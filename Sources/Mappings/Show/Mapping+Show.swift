public import Switching

/// How a mapping and a show fit together.
extension Mapping {
  /// The controls that carry shots, by layer and slot; slot 0 is the one that empties the layer.
  public func carriers(of show: Show) -> [String: [Int: String]] {
    var carriers: [String: [Int: String]] = [:]
    for (control, action) in layerActions {
      guard let place = show.layer(named: action.layer) else { continue }
      let slot: Int? =
        switch action.wish {
        case .clear: 0
        case .shot(.number(let number)): number
        case .shot(.name(let name)): show.layers[place].slot(named: name)
        case .next, .previous: nil
        }
      if let slot { carriers[action.layer, default: [:]][slot] = carriers[action.layer]?[slot] ?? control }
    }
    return carriers
  }

  /// What of the show no control reaches, and what controls reach for in vain; in words, with what to do.
  public func gaps(in show: Show) -> [String] {
    let mapped = layerActions.map(\.action.layer)
    var gaps: [String] = []
    for layer in mapped.unique where show.layer(named: layer) == nil {
      let near = nearest(to: layer, among: show.layers.lazy.map(\.name).filter { !mapped.contains($0) })
      gaps.append(
        "the mapping has a layer \(quoted(layer)), and the show has none: "
          + (near.map { "rename the folder \(quoted($0))?" } ?? "make the folder \(quoted(layer))"))
    }
    let carriers = carriers(of: show)
    for layer in show.layers {
      guard mapped.contains(layer.name) else {
        gaps.append("no control is bound to the layer \(quoted(layer.name)): bind `layer \(quoted(layer.name)) shot 1`")
        continue
      }
      if steps(through: layer.name) { continue }
      let lost = layer.shots.indices.filter { carriers[layer.name]?[$0 + 1] == nil }
      guard let first = lost.first else { continue }
      let names = lost.prefix(3).map { quoted(layer.shots[$0].name) } + (lost.count > 3 ? ["…"] : [])
      gaps.append(
        "layer \(quoted(layer.name)) has \(lost.count) shots that no button carries, from slot \(first + 1) on "
          + "(\(names.joined(separator: ", "))): bind `layer \(quoted(layer.name)) shot next`, or move them")
    }
    return gaps
  }

  private var layerActions: [(control: String, action: LayerAction)] {
    allBindings.flatMap { binding in
      binding.actions.compactMap { action in (action.bare as? LayerAction).map { (binding.control, $0) } }
    }
  }

  /// Whether a control goes through all shots of a layer.
  private func steps(through layer: String) -> Bool {
    layerActions.contains { $0.action.layer == layer && ($0.action.wish == .next || $0.action.wish == .previous) }
  }
}

extension [String] {
  fileprivate var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
