/// The pages of the mapping that are turned to: one for good, and over it those that buttons hold.
///
/// Pure.
struct TurnedPages: Sendable {
  private var base = 0
  /// In the order in which they were pressed.
  private var held: [(control: Int, page: Int)] = []

  /// The page that holds now, by its place.
  var current: Int { held.last?.page ?? base }

  /// Turns to a page for good: no button holds one any more.
  mutating func turn(to page: Int) {
    base = page
    held.removeAll()
  }

  /// Turns to a page for as long as a button is held.
  mutating func hold(_ page: Int, by control: Int) { held.append((control, page)) }

  /// A button came up.
  ///
  /// - Returns: whether it held a page.
  mutating func release(_ control: Int) -> Bool {
    let count = held.count
    held.removeAll { $0.control == control }
    return held.count < count
  }

  /// The pages have other places now.
  ///
  /// - Parameter place: where a page is; `nil` where it is gone.
  mutating func move(_ place: (Int) -> Int?) {
    base = place(base) ?? 0
    held = held.compactMap { hold in place(hold.page).map { (hold.control, $0) } }
  }
}
