extension Surface {
  /// The lights on the strip of a control, from the top: of the controls whose names end in the same number, as `slider-3`,
  /// `solo-3`, `mute-3` do.
  public func strip(of control: Control) -> [Control.ID] {
    guard let number = control.strip else { return [] }
    let lit = controls.indices.filter { controls[$0].hasLight && controls[$0].strip == number }
    return lit.sorted { (controls[$0].place?.y ?? 0, $0) < (controls[$1].place?.y ?? 0, $1) }
      .map { Control.ID(rawValue: $0) }
  }
}

extension Control {
  fileprivate var strip: Substring? {
    guard let dash = name.lastIndex(of: "-") else { return nil }
    let number = name[name.index(after: dash)...]
    return number.isEmpty || !number.allSatisfy(\.isNumber) ? nil : number
  }
}
