public import Surfaces

/// Remembers, beyond a crash, what a controller's lights were set to before they were taken.
public protocol LightMemory: Sendable {
  /// What an earlier run took from a controller and did not give back.
  func mode(of controller: String) -> LEDMode?
  func keep(_ mode: LEDMode, of controller: String)
  /// The lights have been given back.
  func forget(_ controller: String)
}

/// For sessions without a controller.
public struct NoLightMemory: LightMemory {
  public init() {}
  public func mode(of controller: String) -> LEDMode? { nil }
  public func keep(_ mode: LEDMode, of controller: String) {}
  public func forget(_ controller: String) {}
}
