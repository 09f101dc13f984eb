/// A rectangle on the page, in millimetres from its upper left corner.
public struct TextBox: Hashable, Sendable {
  public var x: Double, y: Double, width: Double, height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  public func overlaps(_ other: TextBox) -> Bool {
    x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
  }

  public func contains(_ other: TextBox) -> Bool {
    other.x >= x && other.y >= y && other.x + other.width <= x + width && other.y + other.height <= y + height
  }

  func inset(_ distance: Double) -> TextBox {
    TextBox(x: x + distance, y: y + distance, width: width - 2 * distance, height: height - 2 * distance)
  }
}
