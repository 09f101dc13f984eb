/// The open show, as the switcher has confirmed it.
public struct ShowState: Hashable, Sendable, Codable {
  public var show: Show
  /// How many shots are loaded so far; `nil` once all are.
  public var loaded: Int?
  /// The slot of each layer in the picture that a take puts on air. `nil`: a shot that the show no longer has.
  public var preview: [Int?]
  /// The same of the picture on air; `nil` while the show is not on air.
  public var program: [Int?]?

  public init(show: Show, loaded: Int? = nil, preview: [Int?]? = nil, program: [Int?]? = nil) {
    self.show = show
    self.loaded = loaded
    self.preview = preview ?? Array(repeating: 0, count: show.layers.count)
    self.program = program
  }

  /// The slots of the shots that another show's slots meant, by layer and name.
  public func slots(_ slots: [Int?], of old: Show) -> [Int?] {
    show.layers.map { layer in
      guard let place = old.layer(named: layer.name), slots.indices.contains(place), let slot = slots[place] else {
        return 0
      }
      return slot == 0 ? 0 : old.layers[place].shot(slot).flatMap { layer.slot(named: $0.name) }
    }
  }
}

/// One thing that has changed of the open show.
public enum ShowUpdate: Hashable, Sendable, Codable {
  /// Another show, or none.
  case show(ShowState?)
  /// So many shots are loaded; `nil`: all.
  case loaded(Int?)
  case picture(preview: [Int?], program: [Int?]?)
}

extension SwitcherState {
  mutating func apply(_ update: ShowUpdate) {
    switch update {
    case .show(let state): show = state
    case .loaded(let count): show?.loaded = count
    case .picture(let preview, let program):
      show?.preview = preview
      show?.program = program
    }
  }
}
