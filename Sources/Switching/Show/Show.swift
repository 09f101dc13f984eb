/// What a program is made of: layers of pictures and sound, loaded from a directory tree.
public struct Show: Hashable, Sendable, Codable {
  /// For people: the name of the directory.
  public var name: String
  /// Top first: what is higher lies over what is lower.
  public var layers: [Layer]
  /// The path of the directory, by which two shows of the same name are told apart; `nil` where it has none.
  public var directory: String?

  public init(name: String, layers: [Layer], directory: String? = nil) {
    self.name = name
    self.layers = layers
    self.directory = directory
  }

  public func layer(named name: String) -> Int? { layers.firstIndex { $0.name == name } }
}

/// One layer of a show: at any time it shows one of its shots, or nothing.
public struct Layer: Hashable, Sendable, Codable {
  public var name: String
  /// Slot 1 is the first; slot 0, the blank shot, stands in no list.
  public var shots: [Shot]

  public init(name: String, shots: [Shot]) {
    self.name = name
    self.shots = shots
  }

  /// The shot in a slot; `nil` for slot 0 and beyond the last.
  public func shot(_ slot: Int) -> Shot? { shots.indices.contains(slot - 1) ? shots[slot - 1] : nil }

  /// The slot of a shot by its name: whole, without its ending, or without the number in front as well.
  public func slot(named name: String) -> Int? {
    let place =
      shots.firstIndex { $0.name == name } ?? shots.firstIndex { $0.stem == name }
      ?? shots.firstIndex { $0.title == name }
    return place.map { $0 + 1 }
  }
}
