import Foundation

/// Lines over a logarithmic axis, as SVG.
struct Plot {
  struct Series {
    var name: String
    var points: [(x: Double, y: Double)]
  }

  var title: String
  /// What the horizontal axis counts.
  var axis: String
  var series: [Series]

  private static let (width, height, left, bottom, top) = (720.0, 400.0, 60.0, 350.0, 50.0)
  private static let dashes = ["none", "7 4", "2 3", "12 3 2 3", "1 6"]

  var document: String {
    let points = series.flatMap(\.points)
    let (low, high) = (log10(points.map(\.x).min() ?? 1), log10(points.map(\.x).max() ?? 10))
    let tallest = (points.map(\.y).max() ?? 1) * 1.15
    func x(_ value: Double) -> Double {
      Self.left + (log10(value) - low) / max(high - low, 0.1) * (Self.width - Self.left - 20)
    }
    func y(_ value: Double) -> Double { Self.bottom - value / tallest * (Self.bottom - Self.top) }
    func number(_ value: Double) -> String { String(format: "%.1f", value) }
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 510" font-family="sans-serif" font-size="13">"#,
      #"<rect width="720" height="510" fill="white"/>"#,
      #"<text x="60" y="28" font-size="16">\#(title)</text>"#,
      #"<path d="M60 50V350H700" fill="none" stroke="black"/>"#,
    ]
    for power in Int(low.rounded(.up))...Int(high) {
      let at = number(x(pow(10, Double(power))))
      lines.append(#"<text x="\#(at)" y="368" text-anchor="middle">\#(Int(pow(10, Double(power))))</text>"#)
    }
    for part in 1...4 {
      let value = tallest * Double(part) / 4
      lines.append(#"<path d="M60 \#(number(y(value)))H700" stroke="silver"/>"#)
      lines.append(#"<text x="54" y="\#(number(y(value) + 4))" text-anchor="end">\#(Int(value))</text>"#)
    }
    lines.append(#"<text x="54" y="36" text-anchor="end">us</text>"#)
    lines.append(#"<text x="380" y="386" text-anchor="middle">\#(axis)</text>"#)
    for (index, series) in series.enumerated() {
      let path = series.points.map { "\(number(x($0.x))) \(number(y($0.y)))" }.joined(separator: "L")
      let dash = Self.dashes[index % Self.dashes.count]
      lines.append(#"<path d="M\#(path)" fill="none" stroke="black" stroke-width="2" stroke-dasharray="\#(dash)"/>"#)
      let row = 410 + 22 * index
      lines.append(#"<path d="M60 \#(row - 4)H110" stroke="black" stroke-width="2" stroke-dasharray="\#(dash)"/>"#)
      lines.append(#"<text x="120" y="\#(row)">\#(series.name)</text>"#)
    }
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }
}
