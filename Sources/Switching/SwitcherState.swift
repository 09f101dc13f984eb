/// All that a switcher has confirmed of itself. What is `nil` is unknown, and is shown as unknown.
public struct SwitcherState: Hashable, Sendable, Codable {
  /// Name and version: `OBS 29.0.2`.
  public var product: String?
  /// The scene on air.
  public var program: String?
  /// The scene that a take puts on air; `nil` also where the preview bus is off.
  public var preview: String?
  public var previewBus: Bool?
  /// In the switcher's own order, top first: `scene 1` is the first.
  public var scenes: [String] = []
  public var isInTransition = false
  public var transitions: [String] = []
  public var transition: String?
  /// `nil` where the transition has a fixed length.
  public var transitionDuration: Int?
  /// Where the switcher counts that in frames: how.
  public var frameClock: FrameClock?
  /// In the switcher's own order: `audio 1` is the first.
  public var inputs: [AudioInput] = []
  /// The law of the switcher's own faders.
  public var faderLaw = FaderLaw.logarithmic
  /// `nil` where the switcher has no master level.
  public var masterLevel: Decibels?
  /// `nil` where the switcher has no fade to black.
  public var isBlack: Bool?
  public var keys: [Key: Bool] = [:]
  /// The source on each auxiliary bus, counted from 1.
  public var auxiliaries: [Int: String] = [:]
  /// The scenes seen on program or preview, through keys too; empty where the switcher does not say.
  public var tally: [String: Tally] = [:]
  /// The names of the macros stored in the switcher.
  public var macros: [String] = []
  public var outputs: [Output: OutputState] = [:]
  public var items: [ItemKey: Bool] = [:]
  public var filters: [FilterKey: Bool] = [:]
  /// The open show; `nil` where none is.
  public var show: ShowState?
  /// Names that were changed while connected, old to new, so that a mapping's names go on meaning the same.
  public var renamed: Renames = Renames()

  public init() {}

  /// An item in a scene.
  public struct ItemKey: Hashable, Sendable, Codable {
    public var scene: String, name: String
    public init(scene: String, name: String) { (self.scene, self.name) = (scene, name) }
  }

  /// A filter on a source.
  public struct FilterKey: Hashable, Sendable, Codable {
    public var source: String, name: String
    public init(source: String, name: String) { (self.source, self.name) = (source, name) }
  }

  public func input(named name: String) -> AudioInput? { inputs.first { $0.name == name } }
}
