/// What went wrong, to what, and what to do next: printed as it is, with exit code 1.
struct Complaint: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}
