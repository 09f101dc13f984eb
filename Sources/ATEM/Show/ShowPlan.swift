package import Switching

/// What carries the layers of a show on a switcher, and what cannot be carried, with the reason.
///
/// Layers down from the topmost with live inputs are sources of the program bus, of which the highest that is not blank
/// is seen. What lies above are keys, each filled from a media player of its own, the highest layer by the highest key.
/// Stills and clips are found in the media pool by their name; nothing is ever written there.
package struct ShowPlan: Hashable, Sendable {
  package enum Carrier: Hashable, Sendable {
    case bus
    case key(Key, player: UInt8)
    /// Why there is none, and what to do.
    case none(String)
  }

  package enum Picture: Hashable, Sendable {
    case source(SourceID)
    case still(UInt8, player: UInt8)
    case clip(UInt8, player: UInt8)
    /// Why it cannot be shown, and what to do.
    case none(String)
  }

  package struct Layer: Hashable, Sendable {
    package var name: String
    package var carrier: Carrier
    /// Slot 1 is the first.
    package var pictures: [Picture]
  }

  package private(set) var layers: [Layer] = []
  /// The media player that the layers of the program bus share; `nil` where every player fills a key.
  package let busPlayer: UInt8?

  package init(_ show: Show, on state: ATEMState) {
    let visual = show.layers.indices.filter { index in show.layers[index].shots.contains(where: \.isSeen) }
    let bus = visual.first { show.layers[$0].shots.contains(where: \.isLive) } ?? visual.last ?? show.layers.count
    var keys = state.filledKeys
    let carriers = show.layers.indices.map { index -> Carrier in
      let layer = show.layers[index]
      if index >= bus { return .bus }
      if !layer.shots.contains(where: \.isSeen) {
        return .none(layer.shots.isEmpty ? "it is empty" : "an ATEM plays no sound files: play them elsewhere")
      }
      guard !keys.isEmpty else {
        return .none("no key is left that a media player fills: choose a media player as a key's fill in the switcher")
      }
      let (key, player) = keys.removeFirst()
      return .key(key, player: player)
    }
    let taken = carriers.compactMap { if case .key(_, let player) = $0 { player } else { nil } }
    busPlayer = state.players.keys.sorted().first { !taken.contains($0) }
    var stills = MediaPool(state.stills, of: "still")
    var clips = MediaPool(state.clipNames, of: "clip")
    layers = zip(show.layers, carriers).map { layer, carrier in
      let player: UInt8? = if case .key(_, let player) = carrier { player } else { busPlayer }
      return Layer(
        name: layer.name, carrier: carrier,
        pictures: layer.shots.map { shot in
          if case .none(let reason) = carrier { return .none(reason) }
          return state.picture(of: shot, on: player, &stills, &clips)
        })
    }
  }

  /// What cannot be carried, a sentence for each layer or shot, with what to do.
  package func objections(in show: Show) -> [String] {
    zip(layers, show.layers).flatMap { planned, layer -> [String] in
      if case .none(let reason) = planned.carrier {
        return layer.shots.isEmpty ? [] : ["layer \(quoted(layer.name)): \(reason)"]
      }
      return zip(planned.pictures, layer.shots).compactMap { picture, shot in
        guard case .none(let reason) = picture else { return nil }
        return "layer \(quoted(layer.name)), shot \(quoted(shot.name)): \(reason)"
      }
    }
  }
}

/// The stills of the media pool, or its clips, and which of its free places a missing one is to be loaded into.
private struct MediaPool {
  private let names: [UInt16: String]
  private let kind: String
  private var free: [UInt16]

  init(_ names: [UInt16: String], of kind: String) {
    self.names = names
    self.kind = kind
    free = names.filter { $0.value.isEmpty }.keys.sorted()
  }

  /// The place of a shot: what has its name, with or without its ending and the number in front.
  func place(of shot: Shot) -> UInt8? {
    let wanted = [shot.name, shot.stem, shot.title]
    let found = names.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.first { _, name in
      let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
      return wanted.contains(name) || wanted.contains(stem)
    }
    return found.flatMap { UInt8(exactly: $0.key) }
  }

  mutating func advice(for shot: Shot) -> String {
    guard !names.isEmpty else { return "it has no room for a \(kind): play it elsewhere, as an input of the switcher" }
    guard !free.isEmpty else { return "all \(names.count) places are taken: free one and load it there by hand" }
    return "load it into \(kind) \(free.removeFirst() + 1) by hand"
  }
}

extension ATEMState {
  /// The keys that media players fill, the highest first, each player once.
  fileprivate var filledKeys: [(key: Key, player: UInt8)] {
    var players: Set<UInt8> = []
    return keySources.keys.sorted { $0.height > $1.height }.compactMap { key in
      guard keys[key] != nil, let fill = keySources[key]?.fill, let player = player(showing: fill),
        players.insert(player).inserted
      else { return nil }
      return (key, player)
    }
  }

  /// - Parameter player: the media player that the layer's stills and clips go on.
  fileprivate func picture(
    of shot: Shot, on player: UInt8?, _ stills: inout MediaPool, _ clips: inout MediaPool
  ) -> ShowPlan.Picture {
    func pooled(_ pool: inout MediaPool, _ picture: (UInt8, UInt8) -> ShowPlan.Picture) -> ShowPlan.Picture {
      guard let player else { return .none("every media player fills a key: take one off its key in the switcher") }
      return pool.place(of: shot).map { picture($0, player) }
        ?? .none("it is not in the media pool: \(pool.advice(for: shot))")
    }
    switch shot.content {
    case .live(let name):
      guard let id = names.id(named: name), sources[id]?.isScene == true else {
        return .none("the switcher has no source of this name: rename its input, or the shot in show.yaml")
      }
      return .source(id)
    case .image: return pooled(&stills) { .still($0, player: $1) }
    case .video: return pooled(&clips) { .clip($0, player: $1) }
    case .slideshow: return .none("an ATEM shows no slideshow: make each image a shot of its own")
    case .colour: return .none("an ATEM's colours are set in the switcher: make `live: Color 1` the shot")
    case .text: return .none("an ATEM writes no text: make an image of it")
    case .audio: return .none("an ATEM plays no sound files: play it elsewhere")
    }
  }
}

extension Key {
  /// Downstream keys lie over upstream ones, and higher numbers over lower.
  fileprivate var height: Int {
    switch self {
    case .upstream(let number): number
    case .downstream(let number): 1000 + number
    }
  }
}

extension Shot {
  fileprivate var isLive: Bool { if case .live = content { true } else { false } }
  fileprivate var isSeen: Bool { if case .audio = content { false } else { true } }
}
