import Switching

extension SwitcherState {
  /// Whether this is the state that a command to the show asks for.
  func shows(_ command: ShowCommand) -> Bool {
    switch command {
    case .open(let wanted): show?.show == wanted && show?.loaded == nil
    case .close: show == nil
    case .shot(let layer, let slot): show.flatMap { $0.slot(of: layer, in: $0.preview) } == slot
    case .airShot(let layer, let slot): show.flatMap { $0.slot(of: layer, in: $0.program) } == slot
    case .take, .cut: false
    }
  }
}

extension ShowState {
  fileprivate func slot(of layer: String, in picture: [Int?]?) -> Int? {
    guard let place = show.layer(named: layer), let picture, picture.indices.contains(place) else { return nil }
    return picture[place]
  }

  /// The preview as it will be once the commands under way are carried out.
  func preview(after commands: [Command]) -> [Int?] {
    commands.reduce(into: preview) { preview, command in
      switch command {
      case .show(.shot(let layer, let slot)), .show(.airShot(let layer, let slot)):
        if let place = show.layer(named: layer), preview.indices.contains(place) { preview[place] = slot }
      default: break
      }
    }
  }
}
