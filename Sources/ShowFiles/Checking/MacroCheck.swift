public import Mappings
import Switching

/// What is wrong with the macros of a show: each alone, and all together.
public struct MacroCheck {
  /// The macros that can be read.
  public private(set) var macros: [String: Macro] = [:]
  public private(set) var problems: [Problem] = []
  private let paths: [String: String]

  /// Reads all macros of a show.
  public init(_ tree: ContentTree) {
    paths = tree.macros
    for (name, path) in paths.sorted(by: { $0.key < $1.key }) {
      do { macros[name] = try MacroFile.read(path, name: name) } catch { problems += error.list }
    }
    for name in macros.keys.sorted() {
      checkCalls(of: name)
      if let circle = Self.circle(from: name, in: macros), circle.min() == name {
        report(
          name, "the macro calls itself: \((circle + [name]).joined(separator: " → "))",
          "take one of the calls out; it would be refused in the show")
      }
    }
  }

  /// Those that every show has a button for, and need not have.
  public static let optional = ["intro", "outro"]

  /// What keeps a macro from running to its end; one that is not there is no problem of its own.
  func problem(of name: String) -> Problem? { problems.first { $0.file == paths[name].map(printable) } }

  /// What there is to say of a macro that is called and not there.
  func absence(of name: String) -> (message: String, advice: String)? {
    if paths[name] != nil { return nil }
    return (
      "there is no macro \(name)",
      nearest(to: name, among: paths.keys.sorted()).map { "did you mean \($0)?" }
        ?? "make Scripts/\(name).yaml, or call another"
    )
  }

  /// Checks each step against something outside the macros.
  ///
  /// - Parameter objection: what speaks against an action, and what to do.
  public mutating func check(_ objection: (any Action) -> (message: String, advice: String)?) {
    for (name, macro) in macros.sorted(by: { $0.key < $1.key }) {
      // A call of what is not there is among the problems already.
      for action in macro.actions where action.calledMacro.map({ paths[$0] != nil }) ?? true {
        if let objection = objection(action) { report(name, objection.message, objection.advice) }
      }
    }
  }

  /// Checks whether each step that names a switcher names one of these.
  public mutating func check(switchers names: [String]) {
    check { action in
      guard let name = action.switcher, !names.contains(name) else { return nil }
      return (
        "\(action.words): there is no switcher \(name)",
        nearest(to: name, among: names).map { "did you mean \($0)?" } ?? "start with --switcher \(name)=URL"
      )
    }
  }

  private mutating func checkCalls(of name: String) {
    for called in macros[name]?.calls ?? [] {
      if let absence = absence(of: called) { report(name, absence.message, absence.advice) }
    }
  }

  /// The macros on the way from one back to itself; `nil` where there is none.
  static func circle(from start: String, in macros: [String: Macro]) -> [String]? {
    var seen: Set<String> = []
    func path(from name: String) -> [String]? {
      for called in macros[name]?.calls ?? [] {
        if called == start { return [name] }
        guard seen.insert(called).inserted else { continue }
        if let rest = path(from: called) { return [name] + rest }
      }
      return nil
    }
    return path(from: start)
  }

  private mutating func report(_ name: String, _ message: String, _ advice: String) {
    problems.append(Problem(file: printable(paths[name] ?? name), message: message, advice: advice))
  }
}

extension Macro {
  /// The macros that it runs.
  fileprivate var calls: [String] { actions.compactMap(\.calledMacro) }
}
