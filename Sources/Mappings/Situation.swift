public import Switching

/// What an action may look at when it decides.
public struct Situation: Sendable {
  /// What the switcher has confirmed.
  public var state = SwitcherState()
  /// Whether a press goes to air at once.
  public var autoLive = false
  /// The names of the mapping's pages, and the place of the one that is turned to.
  public var pages = [Mapping.mainPage]
  public var page = 0
  /// The macros on their way, by name.
  public var runningMacros: Set<String> = []
  /// The macros that are being read.
  public var awaitedMacros: Set<String> = []
  /// Whether the mapping allows scripts to be run.
  public var allowsScripts = false
  /// The scripts that run, by name.
  public var runningScripts: Set<String> = []

  public init() {}

  /// The scene that a binding means.
  public func scene(_ target: Target) -> String? {
    target.resolve(among: state.scenes, renamed: state.renamed)
  }

  /// The audio input that a binding means.
  public func input(_ target: Target) -> AudioInput? {
    switch target {
    case .number(let number): state.inputs.indices.contains(number - 1) ? state.inputs[number - 1] : nil
    case .name(let name): state.input(named: name) ?? state.input(named: state.renamed[name])
    }
  }
}
