public import Mappings
public import Surfaces

/// Another table, between two presses.
extension Director {
  /// Takes another mapping, or another description of the same controls, into use.
  ///
  /// What is held down ends as it began. A slider whose binding is another has to take over again. The page stays
  /// where the new mapping has one of its name.
  ///
  /// - Parameter surface: must have the same controls; else nothing is done, and that is said.
  public mutating func use(_ new: Mapping, on surface: Surface, at now: Duration, into decision: inout Decision) {
    guard surface.hasSameControls(as: self.surface) else {
      return decision.entries.append(
        .remark("the surface \(surface.name) has other controls now: start again to use them; the old ones stay"))
    }
    let names = situation.pages
    let isThere = new.pageNames.contains(names[pages.current])
    pages.move { new.pageNames.firstIndex(of: names[$0]) }
    let (old, page) = (table, pages.current)
    mapping = new
    self.surface = surface
    tables = new.pageNames.indices.map { new.table(for: surface, page: $0) }
    table = tables[page]
    changeDesk {
      ($0.pages, $0.page, $0.allowsScripts) = (new.pageNames, page, new.allowsScripts)
    }
    lookUpLamps()
    let changed = table.indices.filter { table[$0] != old[$0] }
    forgetMoves()
    for control in changed {
      takeover.arm(control)
      rebind(control, at: now, into: &decision)
    }
    let count = changed.count == 1 ? "1 control does" : "\(changed.count) controls do"
    decision.entries.append(.remark("the mapping is read again: \(count) something else on this page"))
    if !isThere {
      decision.entries.append(.remark("the page that was turned to is gone: this is \(new.pageNames[page])"))
    }
  }
}

extension Surface {
  /// Whether the same controls, with the same lights, are in the same places.
  fileprivate func hasSameControls(as other: Surface) -> Bool {
    name == other.name
      && controls.map(\.name) == other.controls.map(\.name) && controls.map(\.kind) == other.controls.map(\.kind)
      && controls.map(\.hasLight) == other.controls.map(\.hasLight)
  }
}
