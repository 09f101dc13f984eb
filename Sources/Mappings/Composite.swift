public import Switching

/// A whole picture that is kept under a name.
public enum Composite: Hashable, Sendable, Codable {
  /// Of each layer of a show the shot, by its name; `nil`: the layer is empty.
  case picture(layers: [String: String?])
  /// A scene, and which of its items are seen.
  case scene(name: String, items: [String: Bool])

  /// What is on air. Of a show that is open and not on air, what is in preview.
  ///
  /// - Throws: the reason why nothing can be kept.
  public init(_ state: SwitcherState) throws(Objection) {
    if let open = state.show {
      var layers: [String: String?] = [:]
      for (layer, slot) in zip(open.show.layers, open.program ?? open.preview) {
        guard let slot, slot == 0 || layer.shot(slot) != nil else {
          throw Objection(Reason("layer @ shows a shot that the show no longer has", layer.name))
        }
        layers.updateValue(layer.shot(slot)?.name, forKey: layer.name)
      }
      self = .picture(layers: layers)
    } else {
      guard let program = state.program else { throw Objection(Reason("nobody knows yet what is on air")) }
      let items = state.items.filter { $0.key.scene == program }.map { ($0.key.name, $0.value) }
      self = .scene(name: program, items: Dictionary(items) { first, _ in first })
    }
  }

  /// Why a composite can be neither stored nor recalled.
  public struct Objection: Error, Hashable, Sendable {
    public var reason: Reason
    init(_ reason: Reason) { self.reason = reason }
  }

  /// The commands that make the preview this picture; with AutoLive, the program.
  ///
  /// All of it is told, not only what differs: something else may be on its way.
  func commands(in state: SwitcherState, autoLive: Bool) throws(Objection) -> [Command] {
    switch self {
    case .picture(let layers):
      guard let open = state.show else {
        throw Objection(Reason("no show is open, and it is a picture of one: `show open` opens one"))
      }
      let slots = try slots(layers, in: open.show)
      return open.show.layers.compactMap { layer in
        slots[layer.name].map { .show(.shot(layer: layer.name, slot: $0)) }
      } + (autoLive ? [.show(.take)] : [])
    case .scene(let name, let items):
      let scene = try Self.scene(name, in: state)
      let wanted = try Self.items(items, of: scene, in: state)
      let commands = wanted.sorted { $0.key < $1.key }.map {
        Command.item(scene: scene, name: $0.key, visible: $0.value)
      }
      if autoLive { return commands + (state.program == scene ? [] : [.air(scene: scene)]) }
      guard state.show == nil else {
        throw Objection(Reason("it is a scene, and a show is open, of which a take would take the picture: close it"))
      }
      guard state.previewBus != false else {
        throw Objection(
          Reason("the preview bus is off: turn it on in the switcher (OBS: Studio Mode) or bind `preview-bus on`"))
      }
      guard state.program == scene else { return commands + [.preview(scene: scene)] }
      guard Self.shows(wanted, of: scene, state) else {
        throw Objection(
          Reason("scene @ is on air, where it would change at once: turn AutoLive on if it should", scene))
      }
      return [.preview(scene: scene)]
    }
  }

  /// Solid where it is on air, blinking where it is in preview.
  func light(in state: SwitcherState) -> Light {
    switch self {
    case .picture(let layers):
      guard let open = state.show, let slots = try? slots(layers, in: open.show) else { return .dark }
      func isShown(_ picture: [Int?]) -> Bool {
        zip(open.show.layers, picture).allSatisfy { slots[$0.name] == nil || slots[$0.name] == $1 }
      }
      if let program = open.program, isShown(program) { return .solid }
      return isShown(open.preview) ? .blink : .dark
    case .scene(let name, let items):
      guard let scene = try? Self.scene(name, in: state), let items = try? Self.items(items, of: scene, in: state),
        Self.shows(items, of: scene, state)
      else { return .dark }
      return state.program == scene ? .solid : state.preview == scene ? .blink : .dark
    }
  }

  // MARK: What the names mean today

  private func slots(_ layers: [String: String?], in show: Show) throws(Objection) -> [String: Int] {
    var slots: [String: Int] = [:]
    for (name, shot) in layers.sorted(by: { $0.key < $1.key }) {
      guard let place = show.layer(named: name) else {
        throw Objection(Reason("the show @ has no layer @", show.name, name))
      }
      guard let shot else {
        slots[name] = 0
        continue
      }
      guard let slot = show.layers[place].slot(named: shot) else {
        throw Objection(Reason("layer @ has no shot @ any more", name, shot))
      }
      slots[name] = slot
    }
    return slots
  }

  private static func scene(_ name: String, in state: SwitcherState) throws(Objection) -> String {
    let scene = state.renamed[name]
    guard state.scenes.contains(scene) else { throw Objection(Reason("the switcher has no scene @ any more", name)) }
    return scene
  }

  private static func items(
    _ items: [String: Bool], of scene: String, in state: SwitcherState
  ) throws(Objection) -> [String: Bool] {
    var wanted: [String: Bool] = [:]
    for (name, visible) in items {
      let item = state.renamed[name]
      guard state.items[SwitcherState.ItemKey(scene: scene, name: item)] != nil else {
        throw Objection(Reason("scene @ has no item @ any more", scene, name))
      }
      wanted[item] = visible
    }
    return wanted
  }

  private static func shows(_ items: [String: Bool], of scene: String, _ state: SwitcherState) -> Bool {
    items.allSatisfy { state.items[SwitcherState.ItemKey(scene: scene, name: $0.key)] == $0.value }
  }
}
