/// The difference between two texts in the form that `patch` reads.
public enum UnifiedDiff {
  private static let context = 3

  fileprivate enum Line {
    case same(Substring)
    case removed(Substring)
    case added(Substring)
  }

  /// Empty where the texts are equal.
  public static func text(from old: String, to new: String, name: String) -> String {
    guard !old.isWritten(as: new) else { return "" }
    let lines = diff(split(old), split(new))
    var output = "--- \(name)\n+++ \(name)\n"
    var index = 0
    var (oldLine, newLine) = (1, 1)
    while index < lines.count {
      guard let first = lines[index...].firstIndex(where: \.isChange) else { break }
      let start = max(index, first - context)
      for line in lines[index..<start] { line.count(&oldLine, &newLine) }
      var end = first + 1
      var quiet = 0
      while end < lines.count, quiet < 2 * context {
        quiet = lines[end].isChange ? 0 : quiet + 1
        end += 1
      }
      end = min(lines.count, end - max(0, quiet - context))
      output += hunk(lines[start..<end], &oldLine, &newLine)
      index = end
    }
    return output
  }

  private static func hunk(_ lines: ArraySlice<Line>, _ oldLine: inout Int, _ newLine: inout Int) -> String {
    let (oldStart, newStart) = (oldLine, newLine)
    var body = ""
    for line in lines {
      line.count(&oldLine, &newLine)
      body += line.written
    }
    let (olds, news) = (oldLine - oldStart, newLine - newStart)
    return "@@ -\(olds == 0 ? oldStart - 1 : oldStart),\(olds) +\(news == 0 ? newStart - 1 : newStart),\(news) @@\n"
      + body
  }

  /// Lines with their breaks.
  private static func split(_ text: String) -> [Substring] {
    var lines: [Substring] = []
    var rest = text[...]
    while !rest.isEmpty {
      let end = rest.unicodeScalars.firstIndex(of: "\n").map { rest.unicodeScalars.index(after: $0) } ?? rest.endIndex
      lines.append(Substring(rest.unicodeScalars[..<end]))
      rest = Substring(rest.unicodeScalars[end...])
    }
    return lines
  }

  private static func diff(_ old: [Substring], _ new: [Substring]) -> [Line] {
    let difference = new.difference(from: old) { $0.isWritten(as: $1) }
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [Line] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if removed.contains(i) {
        lines.append(.removed(old[i]))
        i += 1
      } else if added.contains(j) {
        lines.append(.added(new[j]))
        j += 1
      } else {
        lines.append(.same(old[i]))
        (i, j) = (i + 1, j + 1)
      }
    }
    return lines
  }
}

extension UnifiedDiff.Line {
  fileprivate var isChange: Bool { if case .same = self { false } else { true } }

  fileprivate var written: String {
    let (mark, text) =
      switch self {
      case .same(let text): (" ", text)
      case .removed(let text): ("-", text)
      case .added(let text): ("+", text)
      }
    return mark + text + (text.unicodeScalars.last == "\n" ? "" : "\n\\ No newline at end of file\n")
  }

  fileprivate func count(_ old: inout Int, _ new: inout Int) {
    if case .added = self {} else { old += 1 }
    if case .removed = self {} else { new += 1 }
  }
}
