import ShowFiles

extension ContentTree {
  /// What one check more finds in the macros.
  func objections(_ check: (inout MacroCheck) -> Void) -> [String] {
    var macros = MacroCheck(self)
    let before = macros.problems.count
    check(&macros)
    return macros.problems[before...].map(\.description)
  }
}
