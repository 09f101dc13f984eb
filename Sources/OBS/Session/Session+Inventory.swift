import Switching

extension Session {
  /// Asks what OBS has that its state does not tell.
  mutating func takeInventory() -> [Effect] {
    send([Request("GetHotkeyList")], for: .inventory)
    defer { effects.removeAll() }
    return effects
  }

  /// Any input may play: plug-ins bring kinds that nobody here knows.
  mutating func take(inventory responses: [Response]) {
    let hotkeys = responses.first?.fields?.optional("hotkeys", as: [String].self)
    effects.append(.inventory(Inventory(hotkeys: hotkeys, media: catalog.inputs.sorted())))
  }
}
