/// Where a scene is seen, be it through keys or boxes: what the lamps on cameras show.
public struct Tally: Hashable, Sendable, Codable {
  public var isOnProgram: Bool
  public var isOnPreview: Bool

  public init(isOnProgram: Bool, isOnPreview: Bool) {
    self.isOnProgram = isOnProgram
    self.isOnPreview = isOnPreview
  }
}
