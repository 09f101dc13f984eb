/// What went wrong, to what, and what to do next: printed as it is, with exit code 1.
struct Complaint: Error, CustomStringConvertible {
  var description: String

  /// - Parameter description: may hold what a switcher said.
  init(_ description: String) { self.description = Terminal.harmless(description) }
}
