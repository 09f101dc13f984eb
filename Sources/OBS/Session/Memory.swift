import Switching

/// What one connection leaves to the next, so that a mapping goes on meaning the same.
struct Memory {
  /// More names of a kind than any show has; a server that makes up names gets no further.
  static let capacity = 10_000

  /// Renames seen so far.
  var renamed = Renames()
  /// The audio inputs in their order: whoever is new comes last.
  var inputOrder: [String] = []
  /// The show that is open, to be found again.
  var show: Show?
  /// Names by UUID, to notice what was renamed while nobody listened.
  var sceneNames: [String: String] = [:]
  var inputNames: [String: String] = [:]
}
