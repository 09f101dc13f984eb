public import Surfaces

/// The table that says what each control of a surface asks for.
public struct Mapping: Equatable, Sendable {
  /// The name of the surface that it is for.
  public var surface: String
  /// In the order of the file; they hold on every page that does not bind the control itself.
  public var bindings: [Binding]
  /// In the order of the file.
  public var pages: [Page]
  /// The names of the switchers that it speaks of; empty where it does not say.
  public var switchers: [String]
  /// Whether programs of the show may be run.
  public var allowsScripts: Bool

  /// A bank of bindings laid over the common ones.
  public struct Page: Equatable, Sendable {
    public var name: String
    public var bindings: [Binding]

    public init(name: String, bindings: [Binding]) { (self.name, self.bindings) = (name, bindings) }
  }

  public init(
    surface: String, bindings: [Binding], pages: [Page] = [], switchers: [String] = [], allowsScripts: Bool = false
  ) {
    self.surface = surface
    self.bindings = bindings
    self.pages = pages
    self.switchers = switchers
    self.allowsScripts = allowsScripts
  }

  /// The common bindings, then those of each page.
  public var allBindings: [Binding] { bindings + pages.flatMap(\.bindings) }

  /// The names of the switchers that its actions are for, in the order in which they first come.
  public var addressed: [String] {
    var names: [String] = []
    for binding in allBindings {
      for action in binding.actions {
        if let name = action.switcher, !names.contains(name) { names.append(name) }
      }
    }
    return names
  }

  /// The name of the page with nothing laid over the common bindings.
  public static let mainPage = "main"

  /// The names of all pages, the main one first.
  public var pageNames: [String] { [Self.mainPage] + pages.map(\.name) }

  /// The bindings of a page by the place of their control, as the line wants them: one look, no search.
  ///
  /// A control that the surface does not have is left out; the reader of mapping files reports it.
  ///
  /// - Parameter page: its place among ``pageNames``.
  public func table(for surface: Surface, page: Int = 0) -> [Binding?] {
    var table = [Binding?](repeating: nil, count: surface.controls.count)
    let laidOver = page > 0 ? pages[page - 1].bindings : []
    for var binding in bindings + laidOver {
      if binding.onHold == nil, binding.guardian == nil { binding.onHold = binding.action?.whenHeld }
      if let id = surface.control(named: binding.control) { table[id.rawValue] = binding }
    }
    return table
  }
}
