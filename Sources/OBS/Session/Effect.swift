import Switching

/// What a session wants done, in this order.
enum Effect: Hashable {
  case send(Outgoing)
  case ping
  case report(SwitcherReport)
  case inventory(Inventory)
  /// Copy the files of a shot.
  case copy(ShotKey, Shot)
  /// Remove all copies but those of these names.
  case keepCopies(Set<String>)
  /// Close the connection; come again unless `final`.
  case close(reason: String, final: Bool)
}
