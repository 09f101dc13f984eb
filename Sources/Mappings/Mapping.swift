public import Surfaces

/// The table that says what each control of a surface asks for.
public struct Mapping: Equatable, Sendable {
  /// The name of the surface that it is for.
  public var surface: String
  /// In the order of the file.
  public var bindings: [Binding]

  public init(surface: String, bindings: [Binding]) {
    self.surface = surface
    self.bindings = bindings
  }

  /// The bindings by the place of their control, as the line wants them: one look, no search.
  ///
  /// A control that the surface does not have is left out; the reader of mapping files reports it.
  public func table(for surface: Surface) -> [(any Action)?] {
    var table = [(any Action)?](repeating: nil, count: surface.controls.count)
    for binding in bindings {
      if let id = surface.control(named: binding.control) { table[id.rawValue] = binding.action }
    }
    return table
  }
}
