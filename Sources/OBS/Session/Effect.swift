import Switching

/// What a session wants done, in this order.
enum Effect: Hashable {
  case send(Outgoing)
  case ping
  case report(SwitcherReport)
  case inventory(Inventory)
  /// Close the connection; come again unless `final`.
  case close(reason: String, final: Bool)
}
